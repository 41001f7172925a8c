import { defineRule, type ExampleResource, type Fault } from "../framework/rule";
import { isSet, isUnknown, knownTextAt, quote, textAt, type Properties } from "../framework/values";
import { awsConfig, nist, securityHub } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

const service = "iot.amazonaws.com";

/** AWS IoT Core calls a function for its own account and resource alone. */
export const lambdaPermissionSource = defineRule({
    name: "lambda-permission-source",
    title: "Permission to call a function",
    description:
        "A permission for AWS IoT Core to call a Lambda function names the source ARN, which holds the account; none is for everybody.",
    rationale:
        "Without it, AWS IoT Core calls the function for any account of AWS whose template, authorizer or domain names it: " +
        "the confused deputy.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html",
    frameworks: [...securityHub("Lambda.1"), ...awsConfig("lambda-function-public-access-prohibited"), ...nist("AC-6")],
    remediation: {
        code: "sourceArn: template.arn, sourceAccount: accountId",
        cli: "aws lambda add-permission --function-name FUNCTION --statement-id ID --action lambda:InvokeFunction --principal iot.amazonaws.com --source-arn ARN --source-account ACCOUNT",
        console: "Lambda > the function > Configuration > Permissions > Resource-based policy statements > Source ARN",
    },
    examples: {
        compliant: [
            permission({
                sourceArn: "arn:aws:iot:eu-central-1:123456789012:provisioningtemplate/telemetry",
                sourceAccount: "123456789012",
            }),
        ],
        violating: [permission({})],
    },
    resource: {
        types: [resourceTypes.lambdaPermission],
        check: ({ properties }) => {
            const principal = knownTextAt(properties, "principal");
            return principal === service ? sourceFaults(properties) : principal === "*" ? publicFaults(properties) : [];
        },
    },
});

function permission(properties: ExampleResource["properties"]): ExampleResource {
    return {
        type: resourceTypes.lambdaPermission,
        name: "hook",
        properties: { action: "lambda:InvokeFunction", function: "hook", principal: service, ...properties },
    };
}

function sourceFaults(properties: Properties): Fault[] {
    const arn = textAt(properties, "sourceArn");
    const isNamed = isUnknown(arn) || (arn !== undefined && /^arn:aws[a-z-]*:iot:[a-z0-9-]+:\d{12}:./.test(arn));
    // An account alone keeps others out too, but lets every template and authorizer of the account call.
    const expected = "the ARN of the template, authorizer or domain configuration, with its region and account";
    if (isNamed) {
        return [];
    }
    return [
        {
            path: "sourceArn",
            got: arn === undefined ? (isSet(properties, "sourceAccount") ? "an account alone" : "nothing") : quote(arn),
            expected,
            remedy: "name the resource that calls the function",
        },
    ];
}

/** What limits a permission for everybody: who may come, or that the function's URL, which has a policy of its own, is meant. */
const limits = ["sourceArn", "sourceAccount", "principalOrgId", "functionUrlAuthType"];

function publicFaults(properties: Properties): Fault[] {
    return limits.some((property) => isSet(properties, property))
        ? []
        : [
              {
                  path: "principal",
                  got: "everybody",
                  expected: `${service}, or whoever else calls the function`,
                  remedy: "name the principal, and the ARN of what calls the function",
              },
          ];
}
