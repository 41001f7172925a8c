import { acmCertificate } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { isUnknown, knownTextAt, listAt, type Properties } from "../framework/values";
import { importedCertificate } from "../importedCertificates";
import { resourceTypes } from "../resourceTypes";

/** Advice: a certificate names what it serves. */
export const certificateWildcard = defineRule({
    name: "certificate-wildcard",
    title: "Wildcards in a certificate",
    description: "A certificate names the domains that it serves, without a wildcard.",
    rationale:
        "The key of a wildcard certificate opens every name below it, and a validated wildcard keeps other accounts of the " +
        "region from using overlapping domains. One certificate for several domain configurations may be worth it.",
    severity: "low",
    enforcementLevel: "advisory",
    presets: { strict: "advisory" },
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    remediation: {
        code: 'domainName: "iot.example.com", subjectAlternativeNames: []',
        cli: "aws acm request-certificate --domain-name iot.example.com --validation-method DNS",
        console: "AWS Certificate Manager > Request certificate > Fully qualified domain name",
    },
    examples: {
        compliant: [acmCertificate()],
        violating: [acmCertificate({ domainName: "*.example.com" })],
    },
    resource: {
        types: [resourceTypes.acmCertificate],
        check: (resource, { now }) => {
            const imported = importedCertificate(resource, now)?.verdict.certificate;
            const names =
                imported === undefined
                    ? requestedNames(resource.properties)
                    : imported.subjectAlternativeNames.map((name) => ({ path: "certificateBody", name }));
            return names.filter(({ name }) => name.startsWith("*.")).map(wildcardFault);
        },
    },
});

interface PlacedName {
    readonly path: string;
    readonly name: string;
}

function requestedNames(properties: Properties): PlacedName[] {
    const first = knownTextAt(properties, "domainName");
    const others = listAt(properties, "subjectAlternativeNames");
    return [
        ...(first === undefined ? [] : [{ path: "domainName", name: first }]),
        ...(isUnknown(others) ? [] : others).flatMap((name, index) =>
            typeof name === "string" && name !== first ? [{ path: `subjectAlternativeNames[${index}]`, name }] : [],
        ),
    ];
}

function wildcardFault({ path, name }: PlacedName): Fault {
    return {
        path,
        got: JSON.stringify(name.slice(0, 253)),
        expected: "the exact names of the domains",
        remedy: "name each domain, unless several domain configurations share the certificate on purpose",
    };
}
