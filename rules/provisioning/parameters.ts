/** The two types of provisioning template, in AWS's spelling. */
export const templateTypes = ["FLEET_PROVISIONING", "JITP"] as const;

/** A type of {@link templateTypes}. */
export type TemplateType = (typeof templateTypes)[number];

/** The ID of the certificate that is provisioned; AWS gives it a value in every template. */
export const certificateIdParameter = "AWS::IoT::Certificate::Id";

/**
 * Parameters that AWS fills in itself for just-in-time provisioning, from the subject of the device's certificate.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html
 */
export const certificateParameters: readonly string[] = [
    "AWS::IoT::Certificate::Country",
    "AWS::IoT::Certificate::Organization",
    "AWS::IoT::Certificate::OrganizationalUnit",
    "AWS::IoT::Certificate::DistinguishedNameQualifier",
    "AWS::IoT::Certificate::StateName",
    "AWS::IoT::Certificate::CommonName",
    "AWS::IoT::Certificate::SerialNumber",
    certificateIdParameter,
];

/** Those of {@link certificateParameters} by which devices can be told apart. */
export const distinguishingParameters: readonly string[] = [
    "AWS::IoT::Certificate::DistinguishedNameQualifier",
    "AWS::IoT::Certificate::CommonName",
    "AWS::IoT::Certificate::SerialNumber",
    certificateIdParameter,
];

/** What AWS fills in itself in a template of a type. */
export const reservedParameters: Readonly<Record<TemplateType, readonly string[]>> = {
    FLEET_PROVISIONING: [certificateIdParameter],
    JITP: certificateParameters,
};
