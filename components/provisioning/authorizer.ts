import * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";
import type { AuthorizerConfiguration } from "../../config/provisioning";
import { authorizerArn } from "../../rules/provisioning/arns";
import { AuthorizerFunction } from "./authorizerFunction";
import { allowInvocation } from "./invokePermission";

/** What {@link Authorizer} needs to know. */
export interface AuthorizerArgs {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly settings: AuthorizerConfiguration;
    /** Unique in the region; devices may name it, and a domain configuration can have it as its default. */
    readonly authorizerName: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** A custom authorizer in one region, and the right to call its function. */
export class Authorizer extends pulumi.ComponentResource {
    public readonly authorizerName: pulumi.Output<string>;
    public readonly authorizerArn: pulumi.Output<string>;
    public readonly functionArn: pulumi.Output<string>;
    /** The field of a request that carries the token. */
    public readonly tokenKeyName?: string;
    public readonly signingDisabled: boolean;

    public constructor(name: string, args: AuthorizerArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:Authorizer", name, {}, options);
        const { region, accountId, settings, authorizerName, tags } = args;
        const child = { parent: this };

        const functionArn = functionArnOf(name, args, child);
        const permission = allowInvocation(
            `${name}-permission`,
            {
                region,
                functionArn,
                sourceArn: pulumi
                    .output(accountId)
                    .apply((account) => authorizerArn({ region, account }, authorizerName)),
                accountId,
            },
            child,
        );
        const authorizer = new iot.Authorizer(
            `${name}-authorizer`,
            {
                region,
                name: authorizerName,
                authorizerFunctionArn: functionArn,
                status: "ACTIVE",
                signingDisabled: settings.signingDisabled,
                tokenKeyName: settings.tokenKeyName,
                // AWS takes no keys where signing is disabled, an empty mapping of them neither.
                tokenSigningPublicKeys: settings.signingDisabled ? undefined : settings.tokenSigningPublicKeys,
                enableCachingForHttp: settings.enableCachingForHttp,
                tags,
            },
            // The name is unique in the region, so a successor can only come after it.
            { ...child, deleteBeforeReplace: true, dependsOn: [permission] },
        );

        this.authorizerName = authorizer.name;
        this.authorizerArn = authorizer.arn;
        this.functionArn = authorizer.authorizerFunctionArn;
        this.tokenKeyName = settings.tokenKeyName;
        this.signingDisabled = settings.signingDisabled;
        this.registerOutputs({ authorizerArn: this.authorizerArn });
    }
}

/** The function that decides in this region: given, or deployed here. */
function functionArnOf(
    name: string,
    args: AuthorizerArgs,
    options: pulumi.ComponentResourceOptions,
): pulumi.Input<string> {
    const { functionArns, function: deployed } = args.settings;
    const given = functionArns?.[args.region];
    if (given !== undefined) {
        return given;
    }
    if (deployed === undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: "settings.functionArns",
            reason: `expected the ARN of a function in ${args.region}, or a function to deploy, got neither`,
        });
    }
    return new AuthorizerFunction(
        `${name}-function`,
        { ...args, settings: deployed, functionName: args.authorizerName },
        options,
    ).arn;
}
