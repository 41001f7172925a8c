import { certificateArnFindings, serverCertificateCountFindings } from "../../rules/domainConfigurations";
import { parseArn } from "../../rules/arns";
import { certificateArn, domainConfiguration } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { isSet, isUnknown, listAt, valueAt, type Properties } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

const path = "serverCertificateArns";

/** A customer-managed domain has exactly one server certificate, and it is one of ACM. */
export const domainConfigurationServerCertificate = defineRule({
    name: "domain-configuration-server-certificate",
    title: "One server certificate",
    description: "A domain configuration of a domain of your own has exactly one server certificate, held by ACM.",
    rationale:
        "AWS IoT Core takes one certificate. It is rotated by importing or renewing it under the same ARN: a second ARN is " +
        "refused, and a changed ARN replaces the domain configuration.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html",
    remediation: {
        code: "serverCertificateArns: [certificate.arn]",
        cli: "aws iot create-domain-configuration --domain-configuration-name NAME --domain-name DOMAIN --server-certificate-arns ARN",
        console: "AWS IoT > Connect > Domain configurations > Create domain configuration > Server certificate",
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ serverCertificateArns: [certificateArn, `${certificateArn}6`] })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: ({ properties }) => [...countFaults(properties), ...arnFaults(properties)],
    },
});

function countFaults(properties: Properties): Fault[] {
    const arns = valueAt(properties, path);
    // Without domain and certificate it configures an endpoint of AWS's own, which brings its certificate along.
    const isCustomDomain = isSet(properties, "domainName") || isSet(properties, path);
    if (!isCustomDomain || isUnknown(arns)) {
        return [];
    }
    return serverCertificateCountFindings(Array.isArray(arns) ? arns.length : 0, path);
}

function arnFaults(properties: Properties): Fault[] {
    const arns = listAt(properties, path);
    if (isUnknown(arns)) {
        return [];
    }
    return arns.flatMap((arn, index) =>
        typeof arn === "string" ? certificateArnFindings(arn, parseArn(arn)?.region ?? "", `${path}[${index}]`) : [],
    );
}
