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
