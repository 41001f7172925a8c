import { z } from "zod";
import { applicationProtocols, authenticationTypes } from "../rules/domainConfigurations";
import { strictObject } from "./zodExtensions";

const authorizerConfig = strictObject({
    defaultAuthorizerName: z
        .string()
        .regex(/^[\w=,@-]{1,128}$/, "1 to 128 letters, digits or _ = , @ -")
        .describe("The custom authorizer for devices that name none; it exists in every region of the stack."),
    allowAuthorizerOverride: z
        .boolean()
        .default(false)
        .describe("Whether devices may name another authorizer of the account."),
});

const arnByRegion = z.record(z.string(), z.string().min(1));

const serverCertificateConfig = strictObject({
    enableOCSPCheck: z
        .boolean()
        .describe("Whether AWS IoT Core fetches the certificate's OCSP response and staples it to each handshake."),
    ocspLambdaArn: arnByRegion
        .optional()
        .describe("The Lambda function that answers in place of the CA's public OCSP responder, as an ARN by region."),
    ocspAuthorizedResponderArn: arnByRegion
        .optional()
        .describe("The ACM certificate that signs the responses in place of the CA's own, as an ARN by region."),
});

/** What a domain says of its domain configurations, beside names and TLS. */
export const domainConfigurationSettings = {
    authenticationType: z
        .enum(authenticationTypes)
        .default("DEFAULT")
        .describe("How devices prove who they are. DEFAULT goes by the port and the ALPN name that they use."),
    applicationProtocol: z
        .enum(applicationProtocols)
        .default("DEFAULT")
        .describe("What devices speak. DEFAULT goes by the port and the ALPN name that they use."),
    authorizerConfig: authorizerConfig.optional().describe("Who judges the devices of custom authentication."),
    serverCertificateConfig: serverCertificateConfig
        .optional()
        .describe("OCSP stapling, turned on and off in place. Default: left as it is; AWS has it off."),
    status: z
        .enum(["ENABLED", "DISABLED"])
        .default("ENABLED")
        .describe("DISABLED turns all devices away. AWS makes domain configurations ENABLED: disable one later."),
    allowReplacement: z
        .boolean()
        .optional()
        .describe(
            "Lets a deployment replace or delete the domain's domain configurations and certificates, which takes the " +
                "domain away for up to an hour in each region; an imported certificate that changes gets a new ARN. Default: " +
                "false in production; elsewhere true, but with the ARNs of imported certificates kept.",
        ),
};
