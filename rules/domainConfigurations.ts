import type { Finding } from "./finding";
import { parseArn } from "./arns";

const reference = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html";
const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";

/** What AWS takes as the name of a domain configuration. */
export const namePattern = /^[\w.-]{1,128}$/;

/** Names that begin so belong to AWS's own endpoints. */
export const reservedNamePrefix = "IoT:";

/**
 * Service types of the API; only DATA is supported for customer-managed domains.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
export const serviceTypes = ["DATA", "CREDENTIAL_PROVIDER", "JOBS"] as const;

/** The service type of every customer-managed domain. */
export const customDomainServiceType = "DATA";

/** How devices prove who they are. */
export const authenticationTypes = ["CUSTOM_AUTH_X509", "CUSTOM_AUTH", "AWS_X509", "AWS_SIGV4", "DEFAULT"] as const;

/** What devices speak. */
export const applicationProtocols = ["SECURE_MQTT", "MQTT_WSS", "HTTPS", "DEFAULT"] as const;

/** How many server certificates one domain configuration holds: exactly this many. */
export const serverCertificateCount = 1;

/** Faults of a domain configuration's name. */
export function nameFindings(name: string, path: string): Finding[] {
    const reserved = name.startsWith(reservedNamePrefix);
    if (!reserved && namePattern.test(name)) {
        return [];
    }
    return [
        {
            rule: "domain-configuration-name",
            severity: "high",
            path,
            got: JSON.stringify(name.length > 140 ? `${name.slice(0, 140)}...` : name),
            expected: "1 to 128 letters, digits, underscores, dots or hyphens",
            remedy: reserved
                ? "choose a name that does not begin with IoT:, which AWS reserves"
                : "choose another name",
            reference,
        },
    ];
}

/** Faults of a service type. */
export function serviceTypeFindings(serviceType: string, path: string): Finding[] {
    if (serviceType === customDomainServiceType) {
        return [];
    }
    return [
        {
            rule: "domain-configuration-service-type",
            severity: "high",
            path,
            got: JSON.stringify(serviceType),
            expected: customDomainServiceType,
            remedy: "leave the service type out: AWS IoT Core supports no other one for a domain of your own",
            reference: guide,
        },
    ];
}

/** Faults of the number of server certificates. */
export function serverCertificateCountFindings(count: number, path: string): Finding[] {
    if (count === serverCertificateCount) {
        return [];
    }
    return [
        {
            rule: "domain-configuration-server-certificate",
            severity: "high",
            path,
            got: String(count),
            expected: "exactly one server certificate",
            remedy:
                count > serverCertificateCount
                    ? "keep one ARN; a new certificate is rotated in under the same ARN"
                    : "name the ARN of the server certificate in AWS Certificate Manager",
            reference,
        },
    ];
}

/** Faults of a certificate's ARN on a domain configuration of that region: ACM certificates never leave their region. */
export function certificateArnFindings(certificateArn: string, region: string, path: string): Finding[] {
    const arn = parseArn(certificateArn);
    if (arn?.service !== "acm" || !arn.resource.startsWith("certificate/")) {
        return [
            {
                rule: "certificate-arn",
                severity: "high",
                path,
                got: JSON.stringify(certificateArn.slice(0, 200)),
                expected: "the ARN of a certificate in AWS Certificate Manager",
                remedy: "import the certificate into ACM, or request it there, and use its ARN",
                reference,
            },
        ];
    }
    if (arn.region === region) {
        return [];
    }
    return [
        {
            rule: "certificate-region",
            severity: "high",
            path,
            got: `a certificate in ${arn.region}`,
            expected: `a certificate in ${region}, where the domain configuration is`,
            remedy: `request or import the certificate in ${region} as well; ACM certificates cannot be copied between regions`,
            reference: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
        },
    ];
}
