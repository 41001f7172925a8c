import type { FaultKinds } from "../faultKind";

const domains = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";
const describe = "https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeDomainConfiguration.html";
const acm = "https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html";
const renewal = "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html";
const health = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html";
const healthByAlarm =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html";

/** What AWS itself can say is wrong with a domain. */
export const accountFaults = {
    "domain-configuration-missing": {
        look: "account",
        title: "The domain configuration is gone",
        severity: "critical",
        expected: "the domain configuration of the stack's outputs",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: describe,
    },
    "domain-configuration-disabled": {
        look: "account",
        title: "The domain configuration is DISABLED",
        severity: "critical",
        expected: "a domain configuration that is ENABLED",
        remedy:
            "enable it: aws iot update-domain-configuration --domain-configuration-status ENABLED, or deploy anew after pulumi " +
            "refresh; a region that is to serve nobody is drained with drained: true",
        reference: describe,
    },
    "domain-configuration-changed": {
        look: "account",
        title: "The domain configuration is not as it was deployed",
        severity: "high",
        expected: "what the stack's outputs say",
        remedy: "somebody changed it outside Pulumi: run pulumi refresh, look at the difference, and deploy anew",
        reference: describe,
    },
    "server-certificate-invalid": {
        look: "account",
        title: "AWS IoT Core finds the server certificate INVALID",
        severity: "high",
        expected: "a server certificate that AWS IoT Core calls VALID",
        remedy:
            "mend what serverCertificateStatusDetail names and import the certificate again under the same ARN; until then the last " +
            "valid one is served, until it expires",
        reference: domains,
    },
    "acm-certificate-missing": {
        look: "account",
        title: "The server certificate is gone from ACM",
        severity: "critical",
        expected: "the certificate of the stack's outputs in ACM",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: acm,
    },
    "acm-certificate-unusable": {
        look: "account",
        title: "ACM's certificate cannot be used",
        severity: "critical",
        expected: "a certificate whose status is ISSUED",
        remedy: "have it issued or import it anew under the same ARN; aws acm describe-certificate tells the reason",
        reference: acm,
    },
    "acm-renewal-stuck": {
        look: "account",
        title: "ACM cannot renew the certificate",
        severity: "high",
        expected: "a renewal that succeeds",
        remedy:
            "make sure that the validation records of the certificate are in DNS, as pulumi up writes them, and that no CAA record " +
            "forbids Amazon to issue",
        reference: renewal,
    },
    "health-check-missing": {
        look: "account",
        title: "The health check is gone",
        severity: "high",
        expected: "the health check of the stack's outputs in Route 53",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: health,
    },
    "health-check-unhealthy": {
        look: "account",
        title: "The health check fails although the endpoint answers",
        severity: "high",
        expected: "a health check that passes, since the endpoint takes connections from here",
        remedy:
            "compare the health check's host, port and type with the endpoint: one that speaks TLS 1.2 fails at a TLS 1.3 endpoint; " +
            "devices are led to other regions for as long as it fails",
        reference: health,
    },
    "health-check-alarmed": {
        look: "account",
        title: "The alarm that decides on the region's health has gone off",
        severity: "high",
        expected: "a metric that is in order",
        remedy:
            "look at the alarm that the stack names for the region (alarmNames) and at what it measures; devices are led to other " +
            "regions until its metric is in order again",
        reference: healthByAlarm,
    },
} as const satisfies FaultKinds;
