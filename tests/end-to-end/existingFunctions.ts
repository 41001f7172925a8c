import type { Cloud } from "../../sandbox/cloud";
import { zip } from "../unit/cloud/zip";

const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** Functions of one name that somebody else has deployed, one in each region; their ARNs by region. */
export async function existingFunctions(
    cloud: Cloud,
    name: string,
    regions: readonly string[],
    code = "exports.handler = async () => ({});",
): Promise<Record<string, string>> {
    const call = (service: string, operation: string, region: string, parameters: Record<string, unknown>) =>
        cloud.call({ service, operation, region, parameters });
    const { Role } = await call("iam", "CreateRole", "aws-global", {
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify(trust),
    });
    const arns: Record<string, string> = {};
    for (const region of regions) {
        const { FunctionArn } = await call("lambda", "CreateFunction", region, {
            FunctionName: name,
            Runtime: "nodejs22.x",
            Role: Role.Arn,
            Handler: "index.handler",
            Code: { ZipFile: zip("index.js", code) },
        });
        arns[region] = FunctionArn;
    }
    return arns;
}

/** One statement of who may call a function. */
export interface InvokePermission {
    readonly Action: string;
    readonly Principal: { readonly Service: string };
    readonly Condition: Record<string, Record<string, string>>;
}

/** Who may call a function in a region; nobody beside its own account where there are none. */
export async function permissionsOf(cloud: Cloud, region: string, FunctionName: string): Promise<InvokePermission[]> {
    const { Policy } = await cloud.call({
        service: "lambda",
        operation: "GetPolicy",
        region,
        parameters: { FunctionName },
    });
    return JSON.parse(Policy).Statement;
}
