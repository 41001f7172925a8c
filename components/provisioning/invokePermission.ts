import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { functionReference } from "../../rules/provisioning/lambdaFunctions";

/** What {@link allowInvocation} needs to know. */
export interface InvokePermissionArgs {
    readonly region: string;
    /** The function's ARN; of a version or an alias, too. */
    readonly functionArn: pulumi.Input<string>;
    /** The one template or authorizer on whose behalf AWS IoT Core calls. */
    readonly sourceArn: pulumi.Input<string>;
    readonly accountId: pulumi.Input<string>;
}

/**
 * Lets AWS IoT Core call a function for one resource of this account, so that no other account can have it called.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html
 */
export function allowInvocation(
    name: string,
    args: InvokePermissionArgs,
    options: pulumi.CustomResourceOptions,
): lambda.Permission {
    const reference = pulumi.output(args.functionArn).apply(functionReference);
    return new lambda.Permission(
        name,
        {
            region: args.region,
            action: "lambda:InvokeFunction",
            function: reference.functionArn,
            qualifier: reference.apply(({ qualifier }) => qualifier),
            principal: "iot.amazonaws.com",
            sourceArn: args.sourceArn,
            sourceAccount: args.accountId,
        },
        options,
    );
}
