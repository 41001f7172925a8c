import type * as iot from "@pulumi/aws/iot";
import type * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../rules/arns";
import type { StaplingSettings } from "../../rules/ocspStapling";
import { allowInvocation } from "../provisioning/invokePermission";
import { OcspStapling } from "./ocspStapling";

/** What {@link stapleOcspResponses} needs to know. */
export interface StaplingArgs {
    readonly region: string;
    readonly settings: StaplingSettings;
    readonly domainConfigurationName: string;
    readonly domainConfiguration: iot.DomainConfiguration;
}

/** Has AWS IoT Core staple OCSP responses in a region, and lets it ask the responder's function where there is one. */
export function stapleOcspResponses(name: string, args: StaplingArgs, child: pulumi.CustomResourceOptions): void {
    const { region, settings, domainConfigurationName, domainConfiguration } = args;
    const { enableOCSPCheck } = settings;
    const ocspLambdaArn = settings.ocspLambdaArn?.[region];
    const ocspAuthorizedResponderArn = settings.ocspAuthorizedResponderArn?.[region];
    const { arn } = domainConfiguration;
    const permission =
        ocspLambdaArn === undefined
            ? []
            : [
                  allowInvocation(
                      `${name}-ocsp-permission`,
                      {
                          region,
                          functionArn: ocspLambdaArn,
                          // The same for a domain configuration of the same name that replaces this one.
                          sourceArn: arn.apply((text) => text.replace(/\/[^/]+$/, "/*")),
                          accountId: arn.apply((text) => parseArn(text)?.account ?? ""),
                      },
                      child,
                  ),
              ];
    new OcspStapling(
        `${name}-ocsp-stapling`,
        {
            region,
            domainConfigurationName,
            domainConfigurationArn: arn,
            serverCertificateConfig: { enableOCSPCheck, ocspLambdaArn, ocspAuthorizedResponderArn },
        },
        { ...child, dependsOn: permission },
    );
}
