import { parseArn } from "../arns";
import type { Finding } from "../finding";

/** A function, and its version or alias where one is named. */
export interface FunctionReference {
    readonly functionArn: string;
    readonly qualifier?: string;
}

/**
 * Takes the version or alias off a function's ARN, for permissions name it apart.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function functionReference(arn: string): FunctionReference {
    const [, functionArn = arn, qualifier] =
        /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+)(?::(.+))?$/.exec(arn) ?? [];
    return { functionArn, ...(qualifier !== undefined && { qualifier }) };
}

/** Faults of the functions that AWS IoT Core is to call: each region calls functions of its own. */
export function functionArnFindings(
    arns: Readonly<Record<string, string>>,
    regions: readonly string[],
    path: string,
): Finding[] {
    const finding = (region: string, got: string, remedy: string): Finding => ({
        rule: "lambda-function-region",
        severity: "high",
        path: `${path}.${region}`,
        got,
        expected: `the ARN of a Lambda function in ${region}`,
        remedy,
        reference: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html",
    });
    return [
        ...Object.entries(arns).flatMap(([region, text]) => {
            const arn = parseArn(text);
            if (arn?.service !== "lambda" || !arn.resource.startsWith("function:")) {
                return [finding(region, JSON.stringify(text.slice(0, 200)), "give the function's ARN")];
            }
            return arn.region === region
                ? []
                : [finding(region, `a function in ${arn.region}`, `deploy the function in ${region} as well`)];
        }),
        ...regions
            .filter((region) => arns[region] === undefined)
            .map((region) => finding(region, "nothing", "give one for each region of the stack")),
    ];
}
