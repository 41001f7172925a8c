import type { FaultKinds } from "../faultKind";

const exchange = "https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html";
const claims = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-wo-cert.html";
const hooks = "https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html";
const justInTime = "https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html";
const templates = "https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeProvisioningTemplate.html";
const policies = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html";

/** What can keep a device from getting its identity. */
export const provisioningFaults = {
    "claim-certificate-missing": {
        look: "provisioning",
        title: "A claim certificate is not registered in the region",
        severity: "high",
        expected: "the claim certificate of the stack's outputs",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: claims,
    },
    "claim-certificate-inactive": {
        look: "provisioning",
        title: "A claim certificate is not ACTIVE",
        severity: "high",
        expected: "a claim certificate that is ACTIVE",
        remedy:
            "activate it: aws iot update-certificate --new-status ACTIVE, or deploy anew after pulumi refresh; a claim that is to " +
            "be of no use any more gets active: false in the configuration",
        reference: claims,
    },
    "claim-certificate-active": {
        look: "provisioning",
        title: "A claim certificate that was taken out of use is ACTIVE",
        severity: "high",
        expected: "a claim certificate that is INACTIVE, as configured with active: false",
        remedy:
            "somebody activated it outside Pulumi, and whoever has it can provision devices: run pulumi up --refresh, and look for " +
            "certificates that were made with it since",
        reference: claims,
    },
    "provisioning-template-missing": {
        look: "provisioning",
        title: "The provisioning template is gone",
        severity: "high",
        expected: "the provisioning template of the stack's outputs",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: templates,
    },
    "provisioning-template-disabled": {
        look: "provisioning",
        title: "The provisioning template is disabled",
        severity: "high",
        expected: "a provisioning template that is enabled",
        remedy: "enable it: aws iot update-provisioning-template --enabled, or deploy anew after pulumi refresh",
        reference: templates,
    },
    "ca-certificate-missing": {
        look: "provisioning",
        title: "The devices' CA is not registered in the region",
        severity: "high",
        expected: "the CA of the stack's outputs",
        remedy: "somebody deleted it outside Pulumi: run pulumi refresh and deploy anew",
        reference: justInTime,
    },
    "ca-certificate-inactive": {
        look: "provisioning",
        title: "The devices' CA is not ACTIVE",
        severity: "high",
        expected: "a CA that is ACTIVE",
        remedy: "activate it: aws iot update-ca-certificate --new-status ACTIVE, or deploy anew after pulumi refresh",
        reference: justInTime,
    },
    "auto-registration-disabled": {
        look: "provisioning",
        title: "The devices' CA registers no device by itself",
        severity: "high",
        expected: "autoRegistrationStatus ENABLE, as the stack's outputs have it",
        remedy: "enable it: aws iot update-ca-certificate --new-auto-registration-status ENABLE, or deploy anew after pulumi refresh",
        reference: justInTime,
    },
    "claim-connect-refused": {
        look: "provisioning",
        title: "A device may not connect with the claim certificate",
        severity: "high",
        expected: "a claim certificate that is ACTIVE and whose policy allows iot:Connect",
        remedy:
            "activate the claim certificate in this region, and compare its policy with the one that the stack makes; devices that " +
            "come from the factory cannot get in",
        reference: claims,
    },
    "claim-certificate-refused": {
        look: "provisioning",
        title: "The claim does not get a certificate",
        severity: "high",
        expected: "an answer of CreateKeysAndCertificate or CreateCertificateFromCsr",
        remedy:
            "let the claim's policy allow iot:Publish, iot:Subscribe and iot:Receive on the topics below $aws/certificates/create, as " +
            "the stack makes it",
        reference: exchange,
    },
    "claim-register-refused": {
        look: "provisioning",
        title: "The provisioning template refuses the device",
        severity: "high",
        expected: "an answer of RegisterThing",
        remedy:
            "mend what the error names: the template has to be enabled, every parameter without a default has to be sent " +
            "(--parameter NAME=VALUE), and the provisioning role has to be allowed what the template makes",
        reference: exchange,
    },
    "claim-hook-denied": {
        look: "provisioning",
        title: "The pre-provisioning hook denies the device",
        severity: "medium",
        expected: "a hook that allows the device",
        remedy:
            "give the parameters of a device that the hook knows with --parameter NAME=VALUE; where it knows this one, look into the " +
            "function's log",
        reference: hooks,
    },
    "claim-hook-failed": {
        look: "provisioning",
        title: "The pre-provisioning hook fails",
        severity: "high",
        expected: "a hook that answers within 5 seconds",
        remedy: "look into the function's log, and make sure that AWS IoT may invoke it: lambda add-permission for the template's ARN",
        reference: hooks,
    },
    "claim-silent": {
        look: "provisioning",
        title: "Provisioning does not answer",
        severity: "high",
        expected: "an answer on the topic that ends with accepted or rejected",
        remedy:
            "compare the claim's policy with the one that the stack makes: without iot:Receive the answer does not reach the device; " +
            "where it is the same, look at https://health.aws.amazon.com",
        reference: exchange,
    },
    "provisioned-device-refused": {
        look: "provisioning",
        title: "A device that has just been provisioned does not work",
        severity: "high",
        expected: "a device that connects under its thing's name, publishes and subscribes",
        remedy:
            "compare the devices' policy with the one that the stack makes; where devices use another topic than devices/THING/..., " +
            "name one with --topic",
        reference: policies,
    },
    "just-in-time-refused": {
        look: "provisioning",
        title: "A device of the CA is not registered just in time",
        severity: "high",
        expected: "a device that gets in a short while after its first connection",
        remedy:
            "make sure that the CA is ACTIVE in this region, registers by itself and has the stack's template, and that its " +
            "provisioning role is allowed what the template makes; AWS IoT's log tells the reason",
        reference: justInTime,
    },
} as const satisfies FaultKinds;
