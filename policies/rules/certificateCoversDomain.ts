import { covers } from "../../rules/domainNames";
import { servedCertificates } from "../certificates";
import { acmCertificate, certificateArn, domainConfiguration } from "../examples";
import type { ResourceView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isUnknown, knownTextAt, listAt, quote, textAt } from "../framework/values";
import { importedCertificate } from "../importedCertificates";
import { resourceTypes } from "../resourceTypes";

/** A domain's server certificate is for that domain. */
export const certificateCoversDomain = defineRule({
    name: "certificate-covers-domain",
    title: "Names of a certificate",
    description: "The server certificate of a domain configuration covers its domain name.",
    rationale:
        "AWS IoT Core marks any other certificate INVALID and does not serve the domain. A wildcard covers exactly one leftmost " +
        "label.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'new aws.acm.Certificate("telemetry", { domainName: "iot.example.com", validationMethod: "DNS", region })',
        cli: "aws acm request-certificate --domain-name iot.example.com --validation-method DNS",
        console:
            "AWS Certificate Manager > Request certificate > Fully qualified domain name: the domain name of the configuration",
    },
    examples: {
        compliant: [domainConfiguration(), acmCertificate({ arn: certificateArn }, "certificate")],
        violating: [
            domainConfiguration(),
            acmCertificate({ arn: certificateArn, domainName: "mqtt.example.com" }, "certificate"),
        ],
    },
    stack: (stack, { now }) =>
        stack.resources(resourceTypes.domainConfiguration).flatMap((resource) => {
            const domainName = knownTextAt(resource.properties, "domainName");
            return domainName === undefined
                ? []
                : servedCertificates(stack, resource).flatMap((certificate) =>
                      coverageFaults(resource, domainName, namesOf(certificate, now)),
                  );
        }),
});

/** The names of a certificate, `undefined` while one of them is not known. */
function namesOf(certificate: ResourceView, now: Date): readonly string[] | undefined {
    const imported = importedCertificate(certificate, now)?.verdict.certificate;
    if (imported !== undefined) {
        const { subjectAlternativeNames, commonName } = imported;
        // The common name counts only where there is no other.
        return subjectAlternativeNames.length > 0 || commonName === undefined ? subjectAlternativeNames : [commonName];
    }
    const first = textAt(certificate.properties, "domainName");
    const others = listAt(certificate.properties, "subjectAlternativeNames");
    if (isUnknown(first) || first === undefined || isUnknown(others) || others.some(isUnknown)) {
        return undefined;
    }
    return [first, ...others.filter((name) => typeof name === "string")];
}

function coverageFaults(
    resource: ResourceView,
    domainName: string,
    names: readonly string[] | undefined,
): StackFault[] {
    if (names === undefined || names.some((name) => covers(name, domainName))) {
        return [];
    }
    return [
        {
            resource,
            path: "serverCertificateArns",
            got:
                names.length === 0
                    ? "a certificate without names"
                    : `a certificate for ${names.slice(0, 5).map(quote).join(", ")}`,
            expected: `a certificate that covers ${domainName.slice(0, 253)}`,
            remedy: "have the certificate issued for this domain, or configure the domain that it covers",
        },
    ];
}
