import { z } from "zod";
import { awsDefaultSecurityPolicy, defaultSecurityPolicy, securityPolicyNames } from "../rules/securityPolicies";
import { domainNameFindings } from "../rules/domainNames";
import { namePattern } from "../rules/domainConfigurations";
import { regionFindings } from "../rules/regions";
import { defaultDaysBeforeExpiry } from "../rules/expiryAlarms";
import { certificateSchema } from "./certificates";
import { domainConfigurationSettings } from "./domainConfigurations";
import { provisioningSchema } from "./provisioning";
import { drained, routing } from "./routing";
import { byRule, strictObject } from "./zodExtensions";

/**
 * What a stack's configuration may say, key by key: the one source of the types, the defaults, the errors and the JSON
 * Schema for editors. What needs more than one value to judge is in crossChecks.ts.
 */

const logicalName = z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, "a letter, then at most 62 lower-case letters, digits or hyphens")
    .describe("A name of your own in lower-case letters, digits and hyphens; it becomes part of resource names.");

const domainName = byRule(domainNameFindings).describe("A fully qualified domain name, such as iot.example.com.");

const domain = strictObject({
    domainName,
    domainConfigurationName: z
        .string()
        .regex(namePattern, "1 to 128 letters, digits, underscores, dots or hyphens")
        .optional()
        .describe("The domain configuration's name in AWS IoT Core. Default: the stack's name and this domain's key."),
    securityPolicy: z
        .enum(securityPolicyNames() as [string, ...string[]])
        .default(defaultSecurityPolicy)
        .describe(
            `The TLS security policy. AWS's own default, ${awsDefaultSecurityPolicy}, also lets TLS 1.2 in; here it is TLS 1.3 only.`,
        ),
    ...domainConfigurationSettings,
    certificate: certificateSchema,
    routing,
});

const alerts = strictObject({
    emails: z
        .array(z.email())
        .default([])
        .describe(
            "Who is told when a certificate is about to expire; each address must confirm its subscription once.",
        ),
    daysBeforeExpiry: z
        .int()
        .min(1)
        .max(365)
        .default(defaultDaysBeforeExpiry)
        .describe("Days before a certificate's expiry at which the alarm goes off."),
});

const tagCharacters = "letters, digits, spaces and _ . : / = + - @";

const tags = z
    .record(
        z
            .string()
            .min(1)
            .max(128)
            .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, `${tagCharacters}, not beginning with aws:`),
        z
            .string()
            .max(256)
            .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, tagCharacters),
    )
    .default({})
    .describe("Tags of every resource that takes tags.");

/** The schema of the keys under `iot-domains:`. */
export const configurationSchema = strictObject({
    environment: z
        .enum(["development", "production"])
        .describe("production protects domain configurations and certificates against replacement and deletion."),
    hostedZone: domainName.describe("The public Route 53 hosted zone that holds the domains; it exists already."),
    hostedZoneRole: z
        .string()
        .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of an IAM role")
        .optional()
        .describe("A role to assume for Route 53, where the hosted zone lives in another account."),
    regions: z
        .record(byRule(regionFindings), strictObject({ drained }))
        .describe("The AWS regions that serve the domains, each with its own settings."),
    domains: z
        .record(logicalName, domain)
        .describe("The names that devices connect to, each under a name of your own."),
    provisioning: provisioningSchema
        .optional()
        .describe("How devices get their identity: by claim, just in time or by a token. Default: not by this stack."),
    alerts: alerts.prefault({}).describe("Who is told, and when, that a certificate is about to expire."),
    tags,
    secrets: z
        .record(z.string().min(1), z.string())
        .default({})
        .describe("Texts that domains refer to by name; set them with pulumi config set --secret --path."),
});

/** A stack's configuration with every default in place. */
export type Configuration = z.infer<typeof configurationSchema>;

/** One domain of the configuration with every default in place. */
export type DomainSettings = Configuration["domains"][string];

/** Whom to tell of a certificate's expiry, and how early. */
export type AlertSettings = Configuration["alerts"];
