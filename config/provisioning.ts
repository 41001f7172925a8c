import { z } from "zod";
import { certificateTopics } from "../rules/provisioning/claimPolicy";
import { defaultDeviceTopics, deviceTopicFindings } from "../rules/provisioning/devicePolicy";
import { nameFindings, type Named } from "../rules/provisioning/names";
import { overrideSettings } from "../rules/provisioning/template";
import { folderReference, pemReference, type Read } from "./references";
import { byRule, strictObject } from "./zodExtensions";

/** What a stack may say of fleet provisioning. What needs more than one value to judge is in provisioningChecks.ts. */

const named = (what: Named) => byRule((value, path) => nameFindings(what, value, path));

const logicalName = z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "a letter or digit, then at most 62 lower-case letters, digits or hyphens");

const topics = (defaults: readonly string[]) => z.array(byRule(deviceTopicFindings)).default([...defaults]);

const privateKey = (whose: string) => pemReference.optional().describe(`The private key of ${whose} in PEM.`);

const devicePolicy = strictObject({
    name: named("policy").optional().describe("The policy's name. Default: the stack's name and -device."),
    publish: topics(defaultDeviceTopics.publish).describe(
        "Topics to which a device may publish; each holds ${iot:Connection.Thing.ThingName} before any wildcard.",
    ),
    subscribe: topics(defaultDeviceTopics.subscribe).describe(
        "Topics to which a device may subscribe; each holds ${iot:Connection.Thing.ThingName} before any wildcard.",
    ),
}).describe("What a provisioned device may do beside connecting under the name of its thing.");

const role = strictObject({
    managedPolicy: z
        .boolean()
        .default(false)
        .describe("Whether the role has AWS's wide policy AWSIoTThingsRegistration instead of the narrow one."),
}).describe("The role that AWS IoT Core takes to provision devices.");

const placeholders = "Placeholders such as {SerialNumber} are filled in per device.";

const template = strictObject({
    parameters: z
        .record(
            z.string(),
            strictObject({
                default: z.string().optional().describe("The value where a device sends none."),
            }),
        )
        .default({})
        .describe("What devices send, by name; empty for just-in-time provisioning."),
    thingName: z.string().describe(`The thing's name. ${placeholders}`),
    thingTypeName: named("thingType").optional().describe("A thing type; the stack creates it in every region."),
    thingGroupNames: z
        .array(named("thingGroup"))
        .default([])
        .describe("Thing groups; the stack creates them in every region."),
    attributes: z.record(z.string(), z.string()).default({}).describe(`Attributes of the thing. ${placeholders}`),
    overrideSetting: z
        .enum(overrideSettings)
        .default("FAIL")
        .describe("What happens where the thing exists already. FAIL keeps a claim from taking over a device."),
}).describe("What becomes of a device.");

const hook = z
    .record(z.string(), z.string())
    .optional()
    .describe("The Lambda function that may refuse a device, as an ARN by region.");

const claimCertificate = strictObject({
    certificate: pemReference.optional().describe("The certificate in PEM."),
    privateKey: privateKey("the claim; without it, bundles have none"),
    generate: z
        .literal(true)
        .optional()
        .describe("Lets the stack make the key and a certificate, the same everywhere."),
    validityDays: z.int().min(1).max(36_500).default(3650).describe("Lifetime of a generated certificate."),
    active: z
        .boolean()
        .default(true)
        .describe("An inactive certificate stays registered, and nobody can claim with it."),
});

const claim = strictObject({
    templateName: named("provisioningTemplate")
        .optional()
        .describe(
            "The provisioning template's name, which devices have to know. Default: the stack's name and -fleet.",
        ),
    certificates: z
        .record(logicalName, claimCertificate)
        .describe("Claim certificates by names of your own; two at a time while one replaces the other."),
    operations: z
        .array(z.enum(Object.keys(certificateTopics) as [keyof typeof certificateTopics]))
        .min(1)
        .default(["CreateKeysAndCertificate"])
        .describe("How devices get their certificate: with a key made by AWS, or for a key of their own."),
    clientIdPrefix: z
        .string()
        .regex(/^[A-Za-z0-9:_-]{1,64}$/, "1 to 64 letters, digits, colons, underscores or hyphens")
        .optional()
        .describe("How client IDs of claiming devices begin, so that no claim can throw a working device out."),
    template,
    hook,
}).describe("Fleet provisioning by claim: devices come with a shared certificate and get one of their own.");

const certificateAuthority = strictObject({
    certificate: pemReference.describe("The CA's certificate in PEM."),
    certificateMode: z
        .enum(["DEFAULT", "SNI_ONLY"])
        .default("SNI_ONLY")
        .describe("DEFAULT: one account per region, with a proof of the CA's key. SNI_ONLY: many accounts, no proof."),
    verificationCertificates: z
        .record(z.string(), pemReference)
        .optional()
        .describe("For DEFAULT, by region: a certificate over the registration code, signed by the CA, in PEM."),
    privateKey: privateKey("the CA, for DEFAULT: the stack makes the verification certificates with it"),
    allowAutoRegistration: z
        .boolean()
        .default(true)
        .describe("Whether devices are registered when they first connect."),
});

const justInTime = strictObject({
    certificateAuthorities: z
        .record(logicalName, certificateAuthority)
        .describe("The CAs that sign your devices' certificates, by names of your own."),
    template,
}).describe("Just-in-time provisioning: devices come with a certificate of your own CA.");

const authorizer = strictObject({
    name: named("authorizer").optional().describe("The authorizer's name. Default: the stack's name and -authorizer."),
    functionArns: z
        .record(z.string(), z.string())
        .optional()
        .describe("The function that decides, as an ARN by region."),
    function: strictObject({
        folder: folderReference.describe("The folder that is deployed, from the project's folder."),
        handler: z.string().default("index.handler").describe("The function in it."),
        runtime: z.string().default("nodejs22.x").describe("Lambda's name of the runtime."),
    })
        .optional()
        .describe("The function that decides, deployed by the stack in every region."),
    tokenKeyName: named("tokenKey").optional().describe("The field of a request that carries the token."),
    tokenSigningPublicKeys: z
        .record(named("tokenSigningKey"), pemReference)
        .default({})
        .describe("Public keys of who signs tokens, in PEM, by names of your own."),
    signingDisabled: z
        .boolean()
        .default(false)
        .describe("Lets unsigned tokens through to the function, and with them everybody; cannot be changed later."),
    enableCachingForHttp: z
        .boolean()
        .default(false)
        .describe("Whether an answer holds for the whole HTTP connection, as long as the function says."),
}).describe("A custom authorizer: devices come with a token.");

/** The schema of the key `iot-domains:provisioning`. */
export const provisioningSchema = strictObject({
    devicePolicy: devicePolicy.prefault({}),
    role: role.prefault({}),
    claim: claim.optional(),
    justInTime: justInTime.optional(),
    authorizer: authorizer.optional(),
}).describe("How devices get their identity, the same in every region of the stack.");

/** What a stack says of provisioning, with every default in place. */
export type ProvisioningSettings = z.infer<typeof provisioningSchema>;

/** What a stack says of provisioning, with every file and secret read. */
export type ReadProvisioningSettings = Read<ProvisioningSettings>;

/** What a stack says of fleet provisioning by claim. */
export type ClaimSettings = NonNullable<ReadProvisioningSettings["claim"]>;

/** What a stack says of one claim certificate. */
export type ClaimCertificateSettings = ClaimSettings["certificates"][string];

/** What a stack says of just-in-time provisioning. */
export type JustInTimeSettings = NonNullable<ReadProvisioningSettings["justInTime"]>;

/** What a stack says of one CA. */
export type CertificateAuthoritySettings = JustInTimeSettings["certificateAuthorities"][string];

/** What a stack says of its authorizer. */
export type AuthorizerConfiguration = NonNullable<ReadProvisioningSettings["authorizer"]>;
