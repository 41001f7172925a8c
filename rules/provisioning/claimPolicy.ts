import type { Finding } from "../finding";
import { iotArn, type Location } from "./arns";
import { negationFindings } from "./devicePolicyFindings";
import { parseResource } from "./iotActions";
import { locationFindings } from "./policyLocation";
import {
    allowStatements,
    asList,
    policyLanguageVersion,
    type PolicyDocument,
    type PolicyStatement,
} from "./policyDocument";

/**
 * How a device gets its certificate, and the topics of each way.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html
 */
export const certificateTopics = {
    /** AWS makes the key pair and sends it to the device. */
    CreateKeysAndCertificate: "$aws/certificates/create/*",
    /** The device makes its key, which never leaves it, and sends a signing request. */
    CreateCertificateFromCsr: "$aws/certificates/create-from-csr/*",
} as const;

/** An operation of {@link certificateTopics}. */
export type CertificateOperation = keyof typeof certificateTopics;

/** What a claim certificate is for. */
export interface ClaimUse {
    readonly templateName: string;
    readonly operations: readonly CertificateOperation[];
    /** Beginning of every client ID under which devices claim. @default any client ID */
    readonly clientIdPrefix?: string;
}

const claimActions: readonly string[] = ["iot:connect", "iot:publish", "iot:receive", "iot:subscribe"];
const templateTopic = /^\$aws\/provisioning-templates\/[0-9A-Za-z_-]+\/provision\//;
const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-wo-cert.html#claim-based";

/**
 * The policy of a claim certificate: what provisioning takes and nothing else.
 *
 * Every device of a fleet holds the same claim, so it counts as known to everybody.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-wo-cert.html#claim-based
 */
export function claimPolicy(location: Location, use: ClaimUse): PolicyDocument {
    const topics = [
        ...use.operations.map((operation) => certificateTopics[operation]),
        `$aws/provisioning-templates/${use.templateName}/provision/*`,
    ];
    const resources = (kind: string) => topics.map((topic) => iotArn(location, `${kind}/${topic}`));
    return {
        Version: policyLanguageVersion,
        Statement: [
            {
                Effect: "Allow",
                Action: "iot:Connect",
                Resource: iotArn(location, `client/${use.clientIdPrefix ?? ""}*`),
            },
            { Effect: "Allow", Action: ["iot:Publish", "iot:Receive"], Resource: resources("topic") },
            { Effect: "Allow", Action: "iot:Subscribe", Resource: resources("topicfilter") },
        ],
    };
}

/** Whether a policy is one for claims: it allows to ask for certificates or to use a provisioning template. */
export function isClaimPolicy(document: PolicyDocument): boolean {
    return allowStatements(document, "").some(({ statement }) =>
        asList(statement.Resource).some((resource) =>
            /^\$aws\/(certificates|provisioning-templates)\//.test(parseResource(resource).name),
        ),
    );
}

/**
 * Faults of a claim certificate's policy: whatever it allows beyond provisioning.
 *
 * @param region The region in which the policy is, if it is known.
 */
export function claimPolicyFindings(document: PolicyDocument, path: string, region?: string): Finding[] {
    return allowStatements(document, path).flatMap(({ statement, path: at }) => [
        ...negationFindings(statement, at),
        ...asList(statement.Action).flatMap((action) => actionFindings(action, `${at}.Action`)),
        ...topicFindings(statement, at),
        ...locationFindings(statement, at, region),
    ]);
}

function claimFinding(path: string, got: string, expected: string, remedy: string): Finding {
    return { rule: "claim-policy", severity: "high", path, got, expected, remedy, reference: guide };
}

function actionFindings(action: string, path: string): Finding[] {
    return claimActions.includes(action.toLowerCase())
        ? []
        : [
              claimFinding(
                  path,
                  JSON.stringify(action),
                  "iot:Connect, iot:Publish, iot:Receive or iot:Subscribe",
                  "take it out: the claim is the same on every device, so whoever opens one could use it",
              ),
          ];
}

/** Client IDs may be any, as in AWS's own example, and resources of other kinds mean nothing to the four actions. */
function topicFindings(statement: PolicyStatement, path: string): Finding[] {
    if (asList(statement.Action).every((action) => action.toLowerCase() === "iot:connect")) {
        return [];
    }
    return asList(statement.Resource).flatMap((resource, index) => {
        const { kind, name } = parseResource(resource);
        if (kind === "client" || (isTopic(kind) && isTopicOfProvisioning(name))) {
            return [];
        }
        return [
            claimFinding(
                Array.isArray(statement.Resource) ? `${path}.Resource[${index}]` : `${path}.Resource`,
                JSON.stringify(resource.length > 256 ? `${resource.slice(0, 256)}...` : resource),
                "a topic below $aws/certificates/create/ or $aws/provisioning-templates/NAME/provision/",
                name.startsWith("$aws/provisioning-templates/")
                    ? "name the one template that the claim is for, without wildcards"
                    : "take it out: a claim is for provisioning alone",
            ),
        ];
    });
}

function isTopic(kind: string | undefined): boolean {
    return kind === "topic" || kind === "topicfilter";
}

function isTopicOfProvisioning(name: string): boolean {
    return (
        templateTopic.test(name) ||
        Object.values(certificateTopics).some((topic) => name.startsWith(topic.slice(0, -"*".length)))
    );
}
