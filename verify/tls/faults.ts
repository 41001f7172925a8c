import type { FaultKinds } from "../faultKind";

const domains = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";
const policies = "https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html";
const stapling = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html";
const ocsp = "https://www.rfc-editor.org/rfc/rfc6960#section-3.2";

/** What can be wrong with TLS at a region's data endpoint; the certificate itself is judged by rules/certificates. */
export const tlsFaults = {
    "tls-silent": {
        look: "tls",
        title: "A port takes connections and then says nothing",
        severity: "critical",
        expected: "a TLS handshake",
        remedy:
            "look for a proxy or firewall on the way that takes the connection and holds back what is sent; a connection check " +
            "alone, such as a TCP health check, does not see this",
        reference: policies,
    },
    "tls-reset": {
        look: "tls",
        title: "The connection is cut off during the TLS handshake",
        severity: "critical",
        expected: "a TLS handshake",
        remedy: "look for a firewall on the way that inspects TLS and cuts off names that it does not know",
        reference: policies,
    },
    "tls-alert": {
        look: "tls",
        title: "The handshake ends with a TLS alert",
        severity: "critical",
        expected: "a TLS handshake with what the domain's security policy offers",
        remedy: "compare the domain configuration's security policy in AWS with the stack's outputs, and deploy anew",
        reference: policies,
    },
    "tls-not-spoken": {
        look: "tls",
        title: "What answers does not speak TLS",
        severity: "critical",
        expected: "a TLS handshake",
        remedy: "look what answers at that address; a proxy on the way, or a record that points to a host of somebody else's",
        reference: policies,
    },
    "tls-version-missing": {
        look: "tls",
        title: "A TLS version of the security policy is refused",
        severity: "high",
        expected: "every TLS version of the domain's security policy",
        remedy:
            "compare the security policy of the domain configuration in AWS with the stack's outputs, and deploy anew; devices " +
            "that speak this version alone cannot connect",
        reference: policies,
    },
    "tls-version-forbidden": {
        look: "tls",
        title: "A TLS version that the security policy excludes is accepted",
        severity: "high",
        expected: "the TLS versions of the domain's security policy and no other",
        remedy:
            "compare the security policy of the domain configuration in AWS with the stack's outputs, and deploy anew; somebody " +
            "may have weakened it outside Pulumi",
        reference: policies,
    },
    "tls-key-exchange-missing": {
        look: "tls",
        title: "A key exchange of the security policy is refused",
        severity: "medium",
        expected: "every key exchange of the domain's security policy",
        remedy:
            "compare the security policy of the domain configuration in AWS with the stack's outputs, and deploy anew; devices " +
            "that know this key exchange alone cannot connect. Where they are the same, look for a proxy that ends TLS on the way",
        reference: policies,
    },
    "tls-key-exchange-forbidden": {
        look: "tls",
        title: "A key exchange that the security policy excludes is accepted",
        severity: "high",
        expected: "the key exchanges of the domain's security policy and no other",
        remedy:
            "compare the security policy of the domain configuration in AWS with the stack's outputs, and deploy anew; somebody " +
            "may have weakened it outside Pulumi. Where they are the same, look for a proxy that ends TLS on the way",
        reference: policies,
    },
    "tls-domain-not-served": {
        look: "tls",
        title: "The region does not serve the domain",
        severity: "critical",
        expected: "the domain's own server certificate",
        remedy:
            "make sure that the domain configuration exists and is ENABLED in that region: aws iot describe-domain-configuration; " +
            "a new one is served within the hour, which --wait 60m waits for",
        reference: domains,
    },
    "tls-certificate-outdated": {
        look: "tls",
        title: "The certificate before is still served",
        severity: "high",
        expected: "the certificate that was deployed last",
        remedy:
            "wait: AWS IoT Core serves a new certificate within the hour, and --wait 60m polls until then; after that, look at " +
            "serverCertificateStatusDetail of aws iot describe-domain-configuration for what AWS has against the new one",
        reference: domains,
    },
    "tls-certificate-unexpected": {
        look: "tls",
        title: "Another certificate is served than the one that was deployed",
        severity: "critical",
        expected: "the certificate of the stack's outputs",
        remedy:
            "find out who replaced it: aws acm describe-certificate tells when it was imported, and CloudTrail by whom; import the " +
            "right one under the same ARN, or run pulumi refresh where the new one is meant. If ACM still has the right one, " +
            "somebody on the way answers in AWS's place",
        reference: domains,
    },
    "tls-certificate-renewed": {
        look: "tls",
        title: "A later certificate is served than the outputs know",
        severity: "low",
        expected: "the certificate of the stack's outputs",
        remedy: "run pulumi refresh, so that the outputs tell what is served",
        reference: domains,
    },
    "tls-certificate-differs": {
        look: "tls",
        title: "An address or a port serves another certificate than the one that was looked at",
        severity: "high",
        expected: "one certificate for the domain at every address and port",
        remedy:
            "look again in an hour: AWS may be in the midst of a change; after that, find out who answers on this port of this " +
            "address",
        reference: "https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html",
    },
    "tls-chain-incomplete": {
        look: "tls",
        title: "The chain is served without its intermediate certificate",
        severity: "critical",
        expected: "every certificate between the leaf and a root that devices know",
        remedy: "import the certificate again under the same ARN with its chain: aws acm import-certificate --certificate-chain",
        reference: "https://docs.aws.amazon.com/acm/latest/userguide/troubleshoot-import.html",
    },
    "tls-untrusted": {
        look: "tls",
        title: "The chain leads to no root that is trusted",
        severity: "critical",
        expected: "a chain to a trusted root",
        remedy:
            "where the certificate is of a private CA, name its root with --ca-file, and make sure that every device has it; else " +
            "have a public CA issue it",
        reference: domains,
    },
    "tls-sni-ignored": {
        look: "tls",
        title: "The domain's certificate is served whatever name is asked for",
        severity: "medium",
        expected: "the domain's certificate for the domain's name only",
        remedy:
            "look what answers: AWS IoT Core tells domains apart by server name indication, so this is a proxy that ends TLS " +
            "itself; devices' certificates do not reach AWS through one",
        reference: "https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html",
    },
    "tls-ocsp-missing": {
        look: "tls",
        title: "No OCSP response is stapled although stapling is on",
        severity: "medium",
        expected: "a stapled OCSP response",
        remedy:
            "look at the metric RetrieveOCSPStapleData.Success of the region: the responder must be reachable from AWS over public " +
            "IPv4 and answer in at most 4 KiB; AWS fetches once an hour, so a new domain has none at first",
        reference: stapling,
    },
    "tls-ocsp-revoked": {
        look: "tls",
        title: "The stapled OCSP response says that the certificate is revoked",
        severity: "critical",
        expected: "a certificate that its CA stands by",
        remedy: "import a new certificate under the same ARN at once, and find out why the CA revoked this one",
        reference: ocsp,
    },
    "tls-ocsp-stale": {
        look: "tls",
        title: "The stapled OCSP response is out of date",
        severity: "high",
        expected: "an OCSP response whose nextUpdate is to come",
        remedy:
            "look whether the CA's responder still signs new responses, and at the metric RetrieveOCSPStapleData.Success for " +
            "whether AWS gets them",
        reference: stapling,
    },
    "tls-ocsp-invalid": {
        look: "tls",
        title: "The stapled OCSP response is of no use",
        severity: "high",
        expected: "an OCSP response for this certificate, signed by its CA or a responder of its CA",
        remedy: "correct the CA's responder; where it signs with a certificate of its own, that one needs the usage OCSPSigning",
        reference: ocsp,
    },
} as const satisfies FaultKinds;
