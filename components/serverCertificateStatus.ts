import { getResource } from "@pulumi/aws/cloudcontrol/getResource";
import type * as iot from "@pulumi/aws/iot";
import * as pulumi from "@pulumi/pulumi";

/** What AWS IoT Core makes of the server certificate of a domain configuration, in AWS's own names. */
export interface ServerCertificateStatus {
    /** INVALID where it goes on serving the last valid one; undefined where it could not be read. */
    readonly serverCertificateStatus: "VALID" | "INVALID" | undefined;
    /** Why it is INVALID. */
    readonly serverCertificateStatusDetail: string | undefined;
}

/** The domain configuration whose certificate is looked at. */
export interface StatusArgs {
    readonly region: string;
    readonly domainName: string;
    readonly domainConfiguration: iot.DomainConfiguration;
}

/**
 * Asks AWS IoT Core what it makes of a domain's server certificate.
 *
 * `aws.iot.DomainConfiguration` does not say, so it is read by Cloud Control: one call for each domain and region in each
 * preview of a domain that is there already. It is asked for information alone, so a deployment that may not read it warns
 * and goes on.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-iot-domainconfiguration-servercertificatesummary.html
 */
export function serverCertificateStatus(
    { region, domainName, domainConfiguration }: StatusArgs,
    options: pulumi.InvokeOptions,
): pulumi.Output<ServerCertificateStatus> {
    return domainConfiguration.id.apply(async (identifier) => {
        const subject = `the server certificate of ${domainName} in ${region}`;
        const say = (text: string) => pulumi.log.warn(text, domainConfiguration);
        try {
            const typeName = "AWS::IoT::DomainConfiguration";
            const { properties } = await getResource({ identifier, typeName, region }, options);
            const status = statusIn(properties);
            if (status.serverCertificateStatus === "INVALID") {
                await say(
                    `AWS IoT Core holds ${subject} for INVALID and goes on serving the last valid one: ` +
                        `${status.serverCertificateStatusDetail ?? "it does not say why"}; see docs/rotation.md`,
                );
            }
            return status;
        } catch (error) {
            await say(
                `The status of ${subject} could not be read and is left out of the outputs: ${(error as Error).message}; ` +
                    "it takes the permissions cloudformation:GetResource, iot:DescribeDomainConfiguration and iot:ListTagsForResource",
            );
            return { serverCertificateStatus: undefined, serverCertificateStatusDetail: undefined };
        }
    });
}

interface DomainConfigurationProperties {
    readonly ServerCertificates?: ReadonlyArray<{
        readonly ServerCertificateStatus?: "VALID" | "INVALID";
        readonly ServerCertificateStatusDetail?: string;
    }>;
}

function statusIn(properties: string): ServerCertificateStatus {
    const { ServerCertificates: [certificate] = [] } = JSON.parse(properties) as DomainConfigurationProperties;
    return {
        serverCertificateStatus: certificate?.ServerCertificateStatus,
        serverCertificateStatusDetail: certificate?.ServerCertificateStatusDetail,
    };
}
