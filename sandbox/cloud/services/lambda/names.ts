import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";

/** A function as a request names it. */
export interface FunctionReference {
    readonly name: string;
    /** A version's number, or `$LATEST`. */
    readonly qualifier?: string;
}

/** Most characters of a function's name. @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const maximumName = 64;

/**
 * Takes apart a function's name, partial ARN or ARN.
 *
 * @throws Refusal InvalidParameterValueException for names that are too long and for two qualifiers that differ,
 * ResourceNotFoundException for another account's or region's function
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function parseFunctionName(
    context: OperationContext,
    functionName: string,
    requestedQualifier?: string,
): FunctionReference {
    const arn = parseArn(functionName);
    const isElsewhere = arn !== undefined && (arn.region !== context.region || arn.account !== context.account);
    if (isElsewhere) {
        throw new Refusal(
            "ResourceNotFoundException",
            `Functions from '${arn.region}' of ${arn.account} are not reachable here.`,
        );
    }
    const local = functionName.replace(/^(.*:)?function:/, "").replace(/^\d{12}:/, "");
    const [name = "", ownQualifier] = local.split(":");
    if (name.length > maximumName) {
        throw new Refusal(
            "InvalidParameterValueException",
            `The function name ${name} is longer than ${maximumName} characters`,
        );
    }
    if (ownQualifier !== undefined && requestedQualifier !== undefined && ownQualifier !== requestedQualifier) {
        throw new Refusal(
            "InvalidParameterValueException",
            "The derived qualifier from the function name does not match the specified qualifier.",
        );
    }
    return { name, qualifier: ownQualifier ?? requestedQualifier };
}
