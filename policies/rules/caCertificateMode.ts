import { defineRule, type ExampleResource, type Fault } from "../framework/rule";
import { ExampleFile } from "../framework/rule";
import { isSet, isUnknown, quote, valueAt, type Properties } from "../framework/values";
import { iotLens, nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

/** A registered CA is proven, and its devices are provisioned. */
export const caCertificateMode = defineRule({
    name: "ca-certificate-mode",
    title: "Registration of a CA",
    description: "A CA is registered with what its certificate mode asks for, and registers devices by a template.",
    rationale:
        "In the mode DEFAULT a verification certificate proves that the CA is yours; the mode SNI_ONLY takes none. Devices of a " +
        "CA that registers them without a template stay without a thing and a policy.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/manage-your-CA-certs.html",
    frameworks: [...iotLens("IOTSEC05-BP01"), ...nist("IA-3")],
    remediation: {
        code: 'certificateMode: "SNI_ONLY", allowAutoRegistration: true, registrationConfig: { templateName: template.name }',
        cli: "aws iot register-ca-certificate --ca-certificate file://ca.pem --certificate-mode SNI_ONLY --allow-auto-registration --registration-config templateName=NAME",
        console: "AWS IoT > Security > Certificate authorities > Register CA certificate",
    },
    examples: {
        compliant: [authority({ certificateMode: "SNI_ONLY", registrationConfig: { templateName: "telemetry" } })],
        violating: [authority({ certificateMode: "DEFAULT", registrationConfig: { templateName: "telemetry" } })],
    },
    resource: {
        types: [resourceTypes.caCertificate],
        check: ({ properties }) => [...modeFaults(properties), ...registrationFaults(properties)],
    },
});

function authority(properties: ExampleResource["properties"]): ExampleResource {
    return {
        type: resourceTypes.caCertificate,
        name: "devices",
        properties: {
            region: "eu-central-1",
            active: true,
            allowAutoRegistration: true,
            caCertificatePem: new ExampleFile("chain.pem"),
            ...properties,
        },
    };
}

const modes = ["DEFAULT", "SNI_ONLY"];

function modeFaults(properties: Properties): Fault[] {
    const mode = valueAt(properties, "certificateMode") ?? "DEFAULT";
    const isVerified = isSet(properties, "verificationCertificatePem");
    if (isUnknown(mode)) {
        return [];
    }
    if (!modes.includes(mode as string)) {
        return [
            {
                path: "certificateMode",
                got: quote(mode),
                expected: modes.join(" or "),
                remedy: "use SNI_ONLY, unless the CA has to be unique in the account's region",
            },
        ];
    }
    return isVerified === (mode === "DEFAULT")
        ? []
        : [
              {
                  path: "verificationCertificatePem",
                  got: isVerified ? "a certificate" : "nothing",
                  expected: isVerified
                      ? "none in the mode SNI_ONLY"
                      : "a certificate over the registration code in the mode DEFAULT",
                  remedy: isVerified ? "take it away" : "sign one with the CA, or use the mode SNI_ONLY",
              },
          ];
}

function registrationFaults(properties: Properties): Fault[] {
    const isAutomatic = valueAt(properties, "allowAutoRegistration") === true;
    return !isAutomatic || isSet(properties, "registrationConfig")
        ? []
        : [
              {
                  path: "registrationConfig",
                  got: "nothing, while devices are registered automatically",
                  expected: "a provisioning template of type JITP",
                  remedy: "name the template and its role, or do not register devices automatically",
              },
          ];
}
