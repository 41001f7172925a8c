import type { Finding } from "../rules/finding";
import { claimCertificateFindings } from "../rules/provisioning/clientCertificates";
import { functionArnFindings } from "../rules/provisioning/lambdaFunctions";
import { nameFindings } from "../rules/provisioning/names";
import { sameCertificateFindings } from "../rules/provisioning/singleCertificate";
import { templateFindings } from "../rules/provisioning/templateFindings";
import type { ClaimCertificateSettings, ReadProvisioningSettings } from "./provisioning";
import type { ProvisioningContext, ProvisioningNames } from "./provisioningContext";

/** Everything about claims that takes more than one value to judge. */
export function claimFindings(
    settings: ReadProvisioningSettings,
    names: ProvisioningNames,
    context: ProvisioningContext,
): Finding[] {
    const { claim } = settings;
    if (claim === undefined) {
        return [];
    }
    const path = "provisioning.claim";
    const certificates = Object.entries(claim.certificates);
    return [
        ...nameFindings("provisioningTemplate", names.provisioningTemplate, `${path}.templateName`),
        ...certificates.flatMap(([name, certificate]) =>
            claimCertificateChecks(certificate, `${path}.certificates.${name}`, context),
        ),
        ...sameCertificateFindings(
            certificates.map(([name, { certificate }]) => [`${path}.certificates.${name}.certificate`, certificate]),
        ),
        ...(certificates.some(([, { active }]) => active) ? [] : [noActiveCertificate(`${path}.certificates`)]),
        ...templateFindings(claim.template, "FLEET_PROVISIONING", names.devicePolicy, `${path}.template`),
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
    { at }: ProvisioningContext,
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
