import { isFault } from "../../rules/finding";
import { isClaimPolicy } from "../../rules/provisioning/claimPolicy";
import { devicePolicyFindings } from "../../rules/provisioning/devicePolicyFindings";
import { devicePolicyExample } from "../examples";
import { knownRegionOf } from "../framework/resources";
import { defineRule } from "../framework/rule";
import { holdsUnknown, valueAt } from "../framework/values";
import { deviceDefender, iotLens, nist } from "../frameworks";
import { policyDocumentAt } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** Findings that hold for every policy of AWS IoT, whoever has it. */
const anyPolicy: readonly string[] = ["device-policy-action", "iot-policy-negation"];

/** A device can act as itself alone. */
export const devicePolicy = defineRule({
    name: "device-policy",
    title: "Policy of devices",
    description: "A policy for devices names its actions, and limits clients and topics to the device's own.",
    rationale:
        "With a wildcard in their place, one device that somebody opened can read and write what belongs to every other, or " +
        "disconnect it by taking its client ID.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html",
    frameworks: [...deviceDefender("IOT_POLICY_OVERLY_PERMISSIVE_CHECK"), ...iotLens("IOTSEC04-BP01"), ...nist("AC-6")],
    remediation: {
        code: 'Resource: "arn:aws:iot:eu-central-1:123456789012:client/${iot:Connection.Thing.ThingName}"',
        cli: "aws iot create-policy-version --policy-name NAME --policy-document file://device-policy.json --set-as-default",
        console: "AWS IoT > Security > Policies > the policy > Edit active version",
    },
    examples: {
        compliant: [devicePolicyExample()],
        violating: [
            devicePolicyExample({
                policy: {
                    Version: "2012-10-17",
                    Statement: [{ Effect: "Allow", Action: "iot:*", Resource: "*" }],
                },
            }),
        ],
    },
    resource: {
        types: [resourceTypes.iotPolicy],
        check: (resource) => {
            const document = policyDocumentAt(resource.properties, "policy");
            if (document === undefined || isClaimPolicy(document)) {
                return [];
            }
            const findings = devicePolicyFindings(document, "policy", knownRegionOf(resource)).filter(isFault);
            // While a statement is unknown, it may be one for claims: of those, too, this holds and nothing else.
            return holdsUnknown(valueAt(resource.properties, "policy"))
                ? findings.filter(({ rule }) => anyPolicy.includes(rule))
                : findings;
        },
    },
});
