import { allowStatements } from "../../rules/provisioning/policyDocument";
import { defineRule, type ExampleResource } from "../framework/rule";
import { nist, securityHub } from "../frameworks";
import { isLimitedToCallers, policyDocumentAt, principalsOf } from "../policyDocuments";
import { resourceTypes } from "../resourceTypes";

/** Not everybody can raise an alarm. */
export const topicPolicy = defineRule({
    name: "topic-policy",
    title: "Policy of an alert topic",
    description: "A topic's policy lets named principals publish, or says for which account or resource.",
    rationale:
        "Whoever can publish to the topic of alerts can send people mail with links that they trust, and drown the alarm that " +
        "matters. Services such as CloudWatch act for every account and need a condition as well.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
    frameworks: [...securityHub("SNS.4"), ...nist("AC-6")],
    remediation: {
        code: 'Principal: { Service: "cloudwatch.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": accountId } }',
        cli: "aws sns set-topic-attributes --topic-arn ARN --attribute-name Policy --attribute-value file://policy.json",
        console: "SNS > Topics > the topic > Edit > Access policy",
    },
    examples: {
        compliant: [
            policy({
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            }),
        ],
        violating: [policy({ Principal: "*" })],
    },
    resource: {
        types: [resourceTypes.topicPolicy],
        check: ({ properties }) => {
            const document = policyDocumentAt(properties, "policy");
            return (document === undefined ? [] : allowStatements(document, "policy"))
                .filter(({ statement }) => !isLimitedToCallers(statement))
                .flatMap(({ statement, path }) => {
                    const open = [
                        ...principalsOf(statement, "AWS").filter((name) => name === "*"),
                        ...principalsOf(statement, "Service"),
                    ];
                    return open.slice(0, 1).map((principal) => ({
                        path: `${path}.Principal`,
                        got: principal === "*" ? "everybody" : `${principal} for any account`,
                        expected: "a principal of this account, or a condition such as aws:SourceAccount",
                        remedy: "add a condition on the account or the alarm's ARN",
                    }));
                });
        },
    },
});

function policy(statement: Record<string, unknown>): ExampleResource {
    return {
        type: resourceTypes.topicPolicy,
        name: "alerts",
        properties: {
            arn: "arn:aws:sns:eu-central-1:123456789012:alerts",
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Action: "sns:Publish",
                        Resource: "arn:aws:sns:eu-central-1:123456789012:alerts",
                        ...statement,
                    },
                ],
            }),
        },
    };
}
