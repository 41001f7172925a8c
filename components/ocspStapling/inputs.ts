import type { ServerCertificateConfig } from "@aws-sdk/client-iot";

/** What the stapling of one domain configuration consists of, as the provider is given it. */
export interface OcspStaplingInputs {
    readonly region: string;
    readonly domainConfigurationName: string;
    readonly domainConfigurationArn: string;
    readonly serverCertificateConfig: ServerCertificateConfig;
}

const fields = ["enableOCSPCheck", "ocspLambdaArn", "ocspAuthorizedResponderArn"] as const;

/** Whether two configurations are the same to AWS: an absent check is one that is off. */
export function sameStapling(one: ServerCertificateConfig, other: ServerCertificateConfig): boolean {
    const value = (config: ServerCertificateConfig, field: (typeof fields)[number]) => config[field] || undefined;
    return fields.every((field) => value(one, field) === value(other, field));
}
