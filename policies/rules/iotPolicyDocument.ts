import { readPolicyDocument } from "../../rules/provisioning/policyDocument";
import { iotPolicy } from "../examples";
import { defineRule } from "../framework/rule";
import { holdsUnknown, isProperties, valueAt } from "../framework/values";
import { writtenPolicyAt } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** An AWS IoT policy is one that AWS takes. */
export const iotPolicyDocument = defineRule({
    name: "iot-policy-document",
    title: "Form of an AWS IoT policy",
    description: "An AWS IoT policy is a JSON document of the current policy language with at most 2048 characters.",
    rationale:
        "AWS refuses longer ones and other forms; in an older language, policy variables are plain text and match nothing.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html",
    remediation: {
        code: 'policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: arn }] }',
        cli: "aws iot create-policy --policy-name NAME --policy-document file://policy.json",
        console: "AWS IoT > Security > Policies > Create policy > JSON",
    },
    examples: {
        compliant: [iotPolicy()],
        violating: [iotPolicy({ policy: '{"Statement": "none"}' })],
    },
    resource: {
        types: [resourceTypes.iotPolicy],
        check: ({ properties }) => {
            const policy = valueAt(properties, "policy");
            const written = isProperties(policy) ? writtenPolicyAt(properties, "policy") : policy;
            return written === undefined || holdsUnknown(written) ? [] : readPolicyDocument(written, "policy").findings;
        },
    },
});
