import { certificateArnFindings } from "../../rules/domainConfigurations";
import { certificateReference, regionOfCertificate } from "../certificates";
import { domainConfiguration } from "../examples";
import { knownRegionOf, type ResourceView } from "../framework/resources";
import { defineRule, type Fault, type StackFault } from "../framework/rule";
import { isList, isUnknown, valueAt, type Value } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A domain configuration's certificates are in its own region. */
export const certificateRegion = defineRule({
    name: "certificate-region",
    title: "Region of a certificate",
    description: "A domain configuration and its certificates are in one region.",
    rationale:
        "ACM certificates never leave their region; AWS IoT Core refuses one of another region when the domain is made.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
    remediation: {
        code: "Request or import the certificate with the same `region` as the domain configuration and use its `arn`.",
        cli: "aws acm request-certificate --region REGION-OF-THE-DOMAIN-CONFIGURATION --domain-name DOMAIN --validation-method DNS",
        console: "Switch to the region of the domain configuration > AWS Certificate Manager > Request or Import",
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ region: "us-east-1" })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: (resource) => references(resource).flatMap((reference) => knownArnFaults(reference, resource)),
    },
    stack: (stack) =>
        stack
            .resources(resourceTypes.domainConfiguration)
            .flatMap((resource) => references(resource).flatMap((reference) => unknownArnFaults(reference, resource))),
});

interface Reference {
    readonly property: string;
    readonly path: string;
    readonly arn: Value;
}

function references({ properties }: ResourceView): Reference[] {
    const property = "serverCertificateArns";
    const arns = valueAt(properties, property);
    const servers: Reference[] = isList(arns)
        ? arns.map((arn, index): Reference => ({ property, path: `${property}[${index}]`, arn }))
        : [{ property, path: property, arn: arns }];
    const validation = "validationCertificateArn";
    return [...servers, { property: validation, path: validation, arn: valueAt(properties, validation) }];
}

function knownArnFaults({ path, arn }: Reference, resource: ResourceView): Fault[] {
    const region = knownRegionOf(resource);
    return typeof arn === "string" && region !== undefined
        ? // What is no ARN at all is another rule's to report.
          certificateArnFindings(arn, region, path).filter((finding) => finding.rule === "certificate-region")
        : [];
}

/** In a preview a new certificate has no ARN yet, but the resource that it comes from has its region. */
function unknownArnFaults({ property, path, arn }: Reference, resource: ResourceView): StackFault[] {
    const region = knownRegionOf(resource);
    const certificateRegion = isUnknown(arn)
        ? regionOfCertificate(certificateReference(arn, resource, property))
        : undefined;
    if (region === undefined || certificateRegion === undefined || certificateRegion === region) {
        return [];
    }
    return [
        {
            resource,
            path,
            got: `a certificate in ${certificateRegion}`,
            expected: `a certificate in ${region}, where the domain configuration is`,
            remedy: `request or import the certificate in ${region} as well; ACM certificates cannot be copied between regions`,
        },
    ];
}
