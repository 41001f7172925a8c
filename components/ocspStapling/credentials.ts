import type { AssumeRoleCommandInput, STSClient, STSClientConfig } from "@aws-sdk/client-sts";

/** A role as Pulumi's provider for AWS takes it in `aws:assumeRoles`. */
interface AssumedRole {
    readonly roleArn: string;
    readonly sessionName?: string;
    readonly externalId?: string;
    readonly policy?: string;
    readonly policyArns?: readonly string[];
    readonly sourceIdentity?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly transitiveTagKeys?: readonly string[];
}

/** What of Pulumi's `aws:` configuration says who calls AWS. */
export interface AwsSettings {
    readonly profile?: string;
    readonly accessKey?: string;
    readonly secretKey?: string;
    readonly token?: string;
    /** One after the other, each with the credentials of the one before. */
    readonly assumeRoles: readonly AssumedRole[];
}

/** Reads Pulumi's `aws:` configuration of the stack; structured values come as JSON. */
export function awsSettings(get: (key: string) => string | undefined): AwsSettings {
    return {
        profile: get("aws:profile"),
        accessKey: get("aws:accessKey"),
        secretKey: get("aws:secretKey"),
        token: get("aws:token"),
        assumeRoles: JSON.parse(get("aws:assumeRoles") ?? "[]") as AssumedRole[],
    };
}

/** What the SDK's clients of a region are made with, to act as the rest of the stack does. */
export type ClientOptions = Pick<STSClientConfig, "region" | "profile" | "credentials">;

/**
 * Takes the same credentials as Pulumi's provider for AWS: the keys of the configuration, else those that the SDK finds for
 * its profile or in the environment; then the configuration's roles.
 */
export async function clientOptions(settings: AwsSettings, region: string): Promise<ClientOptions> {
    const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
    const { profile, accessKey, secretKey, token } = settings;
    let options: ClientOptions =
        accessKey === undefined || secretKey === undefined
            ? { region, profile }
            : { region, credentials: { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken: token } };
    for (const role of settings.assumeRoles) {
        const sts = new STSClient(options);
        const { Credentials } = await send(sts, () => sts.send(new AssumeRoleCommand(assumption(role))));
        const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
        const credentials = {
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            sessionToken: SessionToken,
        };
        options = { region, credentials };
    }
    return options;
}

/** The account that calls made with these options are made in. */
export async function callingAccount(options: ClientOptions): Promise<string> {
    const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const sts = new STSClient(options);
    const { Account = "" } = await send(sts, () => sts.send(new GetCallerIdentityCommand({})));
    return Account;
}

async function send<Output>(client: STSClient, call: () => Promise<Output>): Promise<Output> {
    try {
        return await call();
    } finally {
        client.destroy();
    }
}

function assumption(role: AssumedRole): AssumeRoleCommandInput {
    return {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "iot-domains",
        ExternalId: role.externalId,
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        SourceIdentity: role.sourceIdentity,
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys && [...role.transitiveTagKeys],
    };
}
