/** The pages on which the rules about certificates rest, each named once. */
export const references = {
    /** What AWS IoT Core adds to ACM's requirements, and which certificate it serves. */
    customDomains:
        "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    /** When AWS IoT Core takes a renewed certificate. */
    rotation: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-managing.html",
    importPrerequisites: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html",
    importFormat: "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html",
    importTroubleshooting: "https://docs.aws.amazon.com/acm/latest/userguide/troubleshoot-import.html",
    importOperation: "https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html",
    reimport: "https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html",
    expiry: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    /** How clients build and verify a path: CA flag, path length, key usage. */
    pathValidation: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1",
    /** What TLS asks of a server certificate's key usage. */
    tlsServerCertificate: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.2",
    /** Clients that follow it look at no common name. */
    nameVerification: "https://www.rfc-editor.org/rfc/rfc9525#section-2",
    weakHashes: "https://www.rfc-editor.org/rfc/rfc9155",
    baselineRequirements: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/",
} as const;
