import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { AuthorizerConfiguration } from "../../config/provisioning";
import { logPermissions, lambdaTrustPolicy } from "../../rules/provisioning/lambdaRole";

/** What {@link AuthorizerFunction} needs to know. */
export interface AuthorizerFunctionArgs {
    readonly region: string;
    readonly accountId: pulumi.Input<string>;
    readonly settings: NonNullable<AuthorizerConfiguration["function"]>;
    readonly functionName: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** A function that decides who may connect, with a role that lets it write its own log and nothing else. */
export class AuthorizerFunction extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    public constructor(name: string, args: AuthorizerFunctionArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:AuthorizerFunction", name, {}, options);
        const { region, functionName, settings, tags } = args;
        const child = { parent: this };

        const role = new iam.Role(
            `${name}-role`,
            {
                description: `Lets ${functionName} in ${region} write its log.`,
                assumeRolePolicy: JSON.stringify(lambdaTrustPolicy),
                tags,
            },
            child,
        );
        const permissions = new iam.RolePolicy(
            `${name}-permissions`,
            {
                role: role.id,
                policy: pulumi
                    .output(args.accountId)
                    .apply((account) => JSON.stringify(logPermissions({ region, account }, functionName))),
            },
            child,
        );
        const { arn } = new lambda.Function(
            `${name}-code`,
            {
                region,
                name: functionName,
                role: role.arn,
                code: new pulumi.asset.FileArchive(settings.folder),
                handler: settings.handler,
                runtime: settings.runtime,
                tags,
            },
            { ...child, dependsOn: [permissions] },
        );

        this.arn = arn;
        this.registerOutputs({ arn: this.arn });
    }
}
