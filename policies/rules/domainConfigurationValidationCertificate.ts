import { checkServerCertificate } from "../../rules/certificates/serverCertificate";
import type { TrustedRoots } from "../../rules/certificates/trustedRoots";
import { servedCertificates } from "../certificates";
import { certificateArn, domainConfiguration, importedCertificate } from "../examples";
import type { ResourceView } from "../framework/resources";
import { defineRule, ExampleFile, type Fault } from "../framework/rule";
import { isSet, isUnknown, knownTextAt, textAt } from "../framework/values";
import { publicRoots, publicRootsSetting } from "../publicRoots";
import { resourceTypes } from "../resourceTypes";

const path = "validationCertificateArn";
const validationArn = certificateArn.replace("11111111", "99999999");

interface ValidationSettings {
    readonly publicRoots: readonly string[];
}

/** A certificate that no public CA vouches for has one beside it that proves who owns the domain. */
export const domainConfigurationValidationCertificate = defineRule<ValidationSettings>({
    name: "domain-configuration-validation-certificate",
    title: "Validation certificate",
    description:
        "A domain configuration with a private or self-signed server certificate has a validation certificate, too.",
    rationale:
        "A certificate of a CA of one's own does not show who owns the domain. AWS IoT Core takes it only together with a " +
        "public certificate of ACM for the same domain.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: "validationCertificateArn: publicCertificate.arn",
        cli: "aws iot create-domain-configuration --domain-configuration-name NAME --domain-name DOMAIN --server-certificate-arns ARN --validation-certificate-arn PUBLIC_ARN",
        console:
            "AWS IoT > Connect > Domain configurations > Create domain configuration > Validation certificate: a public one of ACM",
    },
    settings: { publicRoots: publicRootsSetting },
    examples: {
        compliant: [
            domainConfiguration({ validationCertificateArn: validationArn }),
            importedCertificate({ arn: certificateArn }, "certificate"),
        ],
        violating: [
            domainConfiguration(),
            importedCertificate(
                {
                    arn: certificateArn,
                    certificateBody: new ExampleFile("telemetry-self-signed.pem"),
                    certificateChain: undefined,
                },
                "certificate",
            ),
        ],
    },
    stack: (stack, { now, settings }) =>
        stack
            .resources(resourceTypes.domainConfiguration)
            .filter(({ properties }) => !isSet(properties, path))
            .flatMap((resource) =>
                servedCertificates(stack, resource).flatMap((certificate) =>
                    certificateFaults(certificate, now, () => publicRoots(settings.publicRoots)).map((fault) => ({
                        resource,
                        ...fault,
                    })),
                ),
            ),
});

function certificateFaults(certificate: ResourceView, at: Date, roots: () => TrustedRoots): Fault[] {
    const kind = privateKind(certificate, at, roots);
    return kind === undefined
        ? []
        : [
              {
                  path,
                  got: `none beside ${certificate.name}, a ${kind} certificate`,
                  expected: "a validation certificate: a public one from ACM for the same domain",
                  remedy: `request one from ACM and give its ARN as ${path}`,
              },
          ];
}

/** What a certificate is where it is known not to be public. */
function privateKind({ properties }: ResourceView, at: Date, roots: () => TrustedRoots): string | undefined {
    const authority = textAt(properties, "certificateAuthorityArn");
    if (typeof authority === "string" && authority !== "") {
        return "private";
    }
    const certificate = knownTextAt(properties, "certificateBody");
    const chain = textAt(properties, "certificateChain");
    // While the chain is unknown, it may lead to a public CA.
    if (certificate === undefined || certificate === "" || isUnknown(chain)) {
        return undefined;
    }
    const verdict = checkServerCertificate({ domainName: "", certificate, chain, at, roots: roots() });
    return verdict.certificate === undefined || verdict.kind === "public" ? undefined : verdict.kind;
}
