import { isFault, type Finding } from "../rules/finding";
import { authorizerFindings } from "../rules/provisioning/authorizer";
import { certificateAuthorityFindings, claimCertificateFindings } from "../rules/provisioning/clientCertificates";
import { devicePolicy } from "../rules/provisioning/devicePolicy";
import { iotPolicyFindings } from "../rules/provisioning/iotPolicy";
import { functionArnFindings } from "../rules/provisioning/lambdaFunctions";
import { nameFindings } from "../rules/provisioning/names";
import { partitionFindings, permissionsLengthFindings, type ProvisionedResources } from "../rules/provisioning/role";
import { literalBeginning } from "../rules/provisioning/placeholders";
import { templateBody, type TemplateSettings } from "../rules/provisioning/template";
import { templateBodyFindings } from "../rules/provisioning/templateBodyFindings";
import { templateSettingsFindings } from "../rules/provisioning/templateSettingsFindings";
import type { TemplateType } from "../rules/provisioning/parameters";
import {
    provisioningNames,
    type ClaimCertificateSettings,
    type ProvisioningNames,
    type ProvisioningSettings,
} from "./provisioning";

/** What surrounds the settings that are judged. */
export interface ProvisioningContext {
    readonly stack: string;
    readonly regions: readonly string[];
    /** Whether the configuration's value is encrypted; private keys may stand in no other one. */
    readonly isSecret: boolean;
    readonly at: Date;
}

const root = "provisioning";

/** As long as an account's ID, which is not known before AWS is asked and matters to lengths only. */
const anyAccount = "0".repeat(12);

/**
 * Everything about provisioning that takes more than one value to judge, advice of severity `low` included.
 *
 * @param settings What the schema made of the configuration.
 */
export function provisioningFindings(settings: ProvisioningSettings, context: ProvisioningContext): Finding[] {
    const names = provisioningNames(settings, context.stack);
    const { regions } = context;
    return [
        ...partitionFindings(regions, "regions"),
        ...nameFindings("policy", names.devicePolicy, `${root}.devicePolicy.name`),
        ...policyFindings(settings, regions),
        ...permissionsLengthFindings({ account: anyAccount, regions }, provisionedResources(settings, names), root),
        ...claimFindings(settings, names, context),
        ...justInTimeFindings(settings, names, context),
        ...authorizerChecks(settings, names, context),
    ];
}

/** What the templates of a configuration make and touch. */
export function provisionedResources(settings: ProvisioningSettings, names: ProvisioningNames): ProvisionedResources {
    const templates = [settings.claim?.template, settings.justInTime?.template].filter((each) => each !== undefined);
    return {
        thingNameBeginnings: templates.map(({ thingName }) => literalBeginning(thingName)),
        thingTypeNames: distinct(templates.flatMap(({ thingTypeName }) => thingTypeName ?? [])),
        thingGroupNames: distinct(templates.flatMap(({ thingGroupNames }) => thingGroupNames)),
        policyNames: [names.devicePolicy],
    };
}

function distinct(names: readonly string[]): string[] {
    return [...new Set(names)];
}

/** The form of the policy is right by construction; its length depends on the topics and the region's name. */
function policyFindings({ devicePolicy: topics }: ProvisioningSettings, regions: readonly string[]): Finding[] {
    const longest = [...regions].sort((left, right) => right.length - left.length)[0] ?? "";
    const document = devicePolicy({ region: longest, account: anyAccount }, topics);
    return iotPolicyFindings(document, `${root}.devicePolicy`).filter(({ rule }) => rule === "iot-policy-length");
}

function claimFindings(
    settings: ProvisioningSettings,
    names: ProvisioningNames,
    context: ProvisioningContext,
): Finding[] {
    const { claim } = settings;
    if (claim === undefined) {
        return [];
    }
    const path = `${root}.claim`;
    const certificates = Object.entries(claim.certificates);
    return [
        ...nameFindings("provisioningTemplate", names.provisioningTemplate, `${path}.templateName`),
        ...certificates.flatMap(([name, certificate]) =>
            claimCertificateChecks(certificate, `${path}.certificates.${name}`, context),
        ),
        ...(certificates.some(([, { active }]) => active) ? [] : [noActiveCertificate(`${path}.certificates`)]),
        ...templateFindings(claim.template, "FLEET_PROVISIONING", names, `${path}.template`),
        ...(claim.hook === undefined
            ? [withoutHook(`${path}.hook`)]
            : functionArnFindings(claim.hook, context.regions, `${path}.hook`)),
    ];
}

function finding(
    rule: string,
    severity: Finding["severity"],
    path: string,
    [got, expected, remedy]: readonly [got: string, expected: string, remedy: string],
    reference?: string,
): Finding {
    return { rule, severity, path, got, expected, remedy, reference };
}

const claimGuide = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-wo-cert.html";

function noActiveCertificate(path: string): Finding {
    return finding("claim-certificates", "high", path, [
        "no active certificate",
        "at least one that is active",
        "add one, or take claim out altogether",
    ]);
}

function withoutHook(path: string): Finding {
    return finding(
        "claim-hook",
        "low",
        path,
        [
            "nothing",
            "a Lambda function that knows your devices",
            "add one: without it, whoever opens a device can claim any serial number that is not taken yet",
        ],
        `${claimGuide}#hooks-cli-instruc`,
    );
}

function claimCertificateChecks(
    { certificate, privateKey, generate, active }: ClaimCertificateSettings,
    path: string,
    { isSecret, at }: ProvisioningContext,
): Finding[] {
    if ((certificate === undefined) === (generate === undefined)) {
        return [
            finding("claim-certificate", "high", path, [
                certificate === undefined ? "neither certificate nor generate" : "certificate and generate",
                "one of certificate and generate",
                "give the certificate, or set generate: true",
            ]),
        ];
    }
    return [
        ...secretFindings(privateKey, isSecret, `${path}.privateKey`),
        ...(generate && privateKey !== undefined
            ? [
                  finding("claim-certificate", "high", `${path}.privateKey`, [
                      "a private key",
                      "nothing beside generate",
                      "remove it: the stack makes a key of its own",
                  ]),
              ]
            : []),
        ...(certificate === undefined
            ? []
            : claimCertificateFindings({ certificatePem: certificate, privateKeyPem: privateKey, active }, path, at)),
    ];
}

function secretFindings(privateKey: string | undefined, isSecret: boolean, path: string): Finding[] {
    return privateKey === undefined || isSecret
        ? []
        : [
              finding("private-key-exposed", "critical", path, [
                  "a private key in plain text",
                  "a secret",
                  `set it with: pulumi config set --secret --path iot-domains:${path}; if others could read it, use a new key`,
              ]),
          ];
}

function templateFindings(
    template: TemplateSettings,
    type: TemplateType,
    names: ProvisioningNames,
    path: string,
): Finding[] {
    const findings = templateSettingsFindings(template, type, path);
    return findings.some(isFault)
        ? findings
        : [
              ...findings,
              ...templateBodyFindings(JSON.stringify(templateBody(type, template, names.devicePolicy)), type, path),
          ];
}

function justInTimeFindings(
    { justInTime }: ProvisioningSettings,
    names: ProvisioningNames,
    { regions, isSecret, at }: ProvisioningContext,
): Finding[] {
    if (justInTime === undefined) {
        return [];
    }
    const path = `${root}.justInTime`;
    return [
        ...Object.entries(justInTime.certificateAuthorities).flatMap(([name, authority]) => {
            const place = `${path}.certificateAuthorities.${name}`;
            const given = { ...authority, certificatePem: authority.certificate, privateKeyPem: authority.privateKey };
            return [
                ...secretFindings(authority.privateKey, isSecret, `${place}.privateKey`),
                ...certificateAuthorityFindings(given, regions, place, at),
            ];
        }),
        ...templateFindings(justInTime.template, "JITP", names, `${path}.template`),
    ];
}

function authorizerChecks(
    { authorizer }: ProvisioningSettings,
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
                  finding("authorizer-function", "high", path, [
                      deployed === undefined ? "neither functionArns nor function" : "functionArns and function",
                      "one of functionArns and function",
                      "give the ARNs of functions that are there, or the folder of one to deploy",
                  ]),
              ]
            : []),
        ...(functionArns === undefined ? [] : functionArnFindings(functionArns, regions, `${path}.functionArns`)),
        ...(deployed === undefined ? [] : nameFindings("lambdaFunction", names.authorizer, `${path}.name`)),
    ];
}
