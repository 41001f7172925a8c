import { partitionOf } from "../regions";
import type { Location } from "./arns";
import { policyLanguageVersion, type PolicyDocument } from "./policyDocument";

/** Lets AWS Lambda take a role. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html */
export const lambdaTrustPolicy: PolicyDocument = {
    Version: policyLanguageVersion,
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/**
 * Lets a function write its own log and nothing else; AWS's own policy for that lets it write every log of the account.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export function logPermissions({ region, account }: Location, functionName: string): PolicyDocument {
    const logGroup = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:/aws/lambda/${functionName}`;
    return {
        Version: policyLanguageVersion,
        Statement: [
            { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: logGroup },
            { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroup}:*` },
        ],
    };
}
