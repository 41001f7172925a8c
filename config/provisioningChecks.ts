import type { Finding } from "../rules/finding";
import { authorizerFindings } from "../rules/provisioning/authorizer";
import { certificateAuthorityFindings } from "../rules/provisioning/clientCertificates";
import { devicePolicy } from "../rules/provisioning/devicePolicy";
import { iotPolicyFindings } from "../rules/provisioning/iotPolicy";
import { functionArnFindings } from "../rules/provisioning/lambdaFunctions";
import { nameFindings } from "../rules/provisioning/names";
import { permissionsLengthFindings } from "../rules/provisioning/role";
import { sameCertificateFindings } from "../rules/provisioning/singleCertificate";
import { templateFindings } from "../rules/provisioning/templateFindings";
import { claimFindings } from "./claimChecks";
import type { ProvisioningSettings, ReadProvisioningSettings } from "./provisioning";
import {
    provisionedResources,
    provisioningNames,
    type ProvisioningContext,
    type ProvisioningNames,
} from "./provisioningContext";
import { readReferences } from "./references";

const root = "provisioning";

/** As long as an account's ID, which is not known before AWS is asked and matters to lengths only. */
const anyAccount = "0".repeat(12);

/** Settings of provisioning that components can use, if no finding is a fault. */
export interface ReadProvisioning {
    readonly settings: ReadProvisioningSettings;
    /** Everything that takes more than one value to judge, advice of severity `low` included. */
    readonly findings: readonly Finding[];
}

/**
 * Reads the files and secrets that a configuration of provisioning refers to, and judges the whole.
 *
 * @param parsed What the schema made of the configuration.
 */
export function readProvisioning(parsed: ProvisioningSettings, context: ProvisioningContext): ReadProvisioning {
    const { settings, findings: unread } = readReferences(parsed, context.material, root);
    // Of what could not be read, nothing more can be told.
    const isOfUnread = ({ path }: Finding): boolean => unread.some((each) => path.startsWith(each.path));
    const judged = judge(settings, context).filter((finding) => !isOfUnread(finding));
    return { settings, findings: [...unread, ...judged] };
}

function judge(settings: ReadProvisioningSettings, context: ProvisioningContext): Finding[] {
    const names = provisioningNames(settings, context.stack);
    const { regions } = context;
    return [
        ...nameFindings("policy", names.devicePolicy, `${root}.devicePolicy.name`),
        ...policyFindings(settings, regions),
        ...permissionsLengthFindings(
            { account: anyAccount, regions: [longestOf(regions)] },
            provisionedResources(settings, names),
            root,
        ),
        ...claimFindings(settings, names, context),
        ...justInTimeFindings(settings, names, context),
        ...authorizerChecks(settings, names, context),
    ];
}

/** The form of the policy is right by construction; its length depends on the topics and the region's name. */
function policyFindings({ devicePolicy: topics }: ReadProvisioningSettings, regions: readonly string[]): Finding[] {
    const document = devicePolicy({ region: longestOf(regions), account: anyAccount }, topics);
    return iotPolicyFindings(document, `${root}.devicePolicy`).filter(({ rule }) => rule === "iot-policy-length");
}

/** The region whose name makes the longest ARNs. */
function longestOf(regions: readonly string[]): string {
    return [...regions].sort((left, right) => right.length - left.length)[0] ?? "";
}

function justInTimeFindings(
    { justInTime }: ReadProvisioningSettings,
    names: ProvisioningNames,
    { regions, at }: ProvisioningContext,
): Finding[] {
    if (justInTime === undefined) {
        return [];
    }
    const path = `${root}.justInTime`;
    const authorities = Object.entries(justInTime.certificateAuthorities);
    return [
        ...(authorities.length > 0 ? [] : [noAuthority(`${path}.certificateAuthorities`)]),
        ...authorities.flatMap(([name, authority]) => {
            const place = `${path}.certificateAuthorities.${name}`;
            const given = { ...authority, certificatePem: authority.certificate, privateKeyPem: authority.privateKey };
            return [...certificateAuthorityFindings(given, regions, place, at)];
        }),
        ...sameCertificateFindings(
            authorities.map(([name, { certificate }]) => [
                `${path}.certificateAuthorities.${name}.certificate`,
                certificate,
            ]),
        ),
        ...templateFindings(justInTime.template, "JITP", names.devicePolicy, `${path}.template`),
    ];
}

function noAuthority(path: string): Finding {
    return {
        rule: "certificate-authorities",
        severity: "high",
        path,
        got: "none",
        expected: "at least one CA",
        remedy: "add one, or take justInTime out altogether",
    };
}

function authorizerChecks(
    { authorizer }: ReadProvisioningSettings,
    names: ProvisioningNames,
    { regions }: ProvisioningContext,
): Finding[] {
    if (authorizer === undefined) {
        return [];
    }
    const path = `${root}.authorizer`;
    const { functionArns, function: deployed } = authorizer;
    return [
        ...authorizerFindings({ ...authorizer, name: names.authorizer }, path),
        ...((functionArns === undefined) === (deployed === undefined)
            ? [
                  {
                      rule: "authorizer-function",
                      severity: "high" as const,
                      path,
                      got: deployed === undefined ? "neither functionArns nor function" : "functionArns and function",
                      expected: "one of functionArns and function",
                      remedy: "give the ARNs of functions that are there, or the folder of one to deploy",
                  },
              ]
            : []),
        ...(functionArns === undefined ? [] : functionArnFindings(functionArns, regions, `${path}.functionArns`)),
        ...(deployed === undefined ? [] : nameFindings("lambdaFunction", names.authorizer, `${path}.name`)),
    ];
}
