import { isFault } from "../../rules/finding";
import { claimPolicyFindings, isClaimPolicy } from "../../rules/provisioning/claimPolicy";
import { iotPolicy } from "../examples";
import { knownRegionOf } from "../framework/resources";
import { defineRule } from "../framework/rule";
import { iotLens, nist } from "../frameworks";
import { policyDocumentAt } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** A claim certificate can be provisioned and do nothing else. */
export const claimPolicy = defineRule({
    name: "claim-policy",
    title: "Policy of claim certificates",
    description: "A policy for claim certificates allows provisioning by named templates, and nothing else.",
    rationale:
        "The claim is the same on every device of a batch, so whoever opens one device has it. An AWS IoT policy names its " +
        "region in every ARN, so it works in its own region alone.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/provision-wo-cert.html",
    frameworks: [...iotLens("IOTSEC04-BP01"), ...nist("AC-6")],
    remediation: {
        code: "Allow iot:Connect, and iot:Publish, iot:Receive and iot:Subscribe on $aws/certificates/create/* and $aws/provisioning-templates/NAME/provision/*.",
        cli: "aws iot create-policy-version --policy-name NAME --policy-document file://claim-policy.json --set-as-default",
        console: "AWS IoT > Security > Policies > the policy > Edit active version",
    },
    examples: {
        compliant: [iotPolicy()],
        violating: [
            iotPolicy({
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: "iot:*",
                            Resource: "arn:aws:iot:eu-central-1:123456789012:topic/$aws/certificates/create/*",
                        },
                    ],
                },
            }),
        ],
    },
    resource: {
        types: [resourceTypes.iotPolicy],
        check: (resource) => {
            const document = policyDocumentAt(resource.properties, "policy");
            return document === undefined || !isClaimPolicy(document)
                ? []
                : claimPolicyFindings(document, "policy", knownRegionOf(resource)).filter(isFault);
        },
    },
});
