import { z } from "zod";

/** The contract of the output `provisioning`. What came after 1.1.0 is optional, so that an older stack can still be read. */

const rootCertificate = z.object({
    name: z.string(),
    keyAlgorithm: z.string().describe("The key of the server certificates that it signs, in ACM's spelling."),
    url: z.string(),
});

const claimBundle = z.object({
    endpoints: z.array(z.string()).describe("Names to connect to; each leads to the region that serves the device."),
    templateName: z.string().describe("The provisioning template, the same in every region."),
    certificatePem: z.string().describe("The claim certificate in PEM."),
    privateKeyPem: z
        .string()
        .optional()
        .describe("The claim's private key in PEM: a secret. Absent where the stack was not given it."),
    rootCertificates: z
        .array(rootCertificate)
        .describe("What the device has to trust where ACM has issued the domain's certificate."),
    operations: z
        .array(z.string())
        .optional()
        .describe(
            "How devices get their certificate: CreateKeysAndCertificate, CreateCertificateFromCsr. Since 1.2.0.",
        ),
    clientIdPrefix: z
        .string()
        .optional()
        .describe("How the client ID of a claiming device begins; absent where any will do. Since 1.2.0."),
    parameters: z
        .record(z.string(), z.object({ default: z.string().optional() }))
        .optional()
        .describe("What a device sends to be registered, by name; needed where there is no default. Since 1.2.0."),
    thingName: z
        .string()
        .optional()
        .describe("The name of the device's thing, which is its client ID, with {Parameters} in it. Since 1.2.0."),
});

const certificateAuthority = z.object({
    arn: z.string(),
    certificateFingerprint: z.string().describe("SHA-256 of the CA's certificate, as AB:CD:..."),
    certificateMode: z.enum(["DEFAULT", "SNI_ONLY"]),
    allowAutoRegistration: z.boolean(),
});

const regional = z.object({
    claim: z
        .object({
            templateArn: z.string(),
            certificateIds: z
                .record(z.string(), z.string())
                .describe("IDs of the claim certificates in AWS IoT Core, by their names in the configuration."),
            preProvisioningHookArn: z
                .string()
                .optional()
                .describe("The function that is asked first; absent where none is. Since 1.2.0."),
        })
        .optional(),
    justInTime: z
        .object({
            certificateAuthorityArns: z.record(z.string(), z.string()).describe("By their names in the configuration."),
            certificateAuthorities: z
                .record(z.string(), certificateAuthority)
                .optional()
                .describe("The registered CAs, by their names in the configuration. Since 1.2.0."),
        })
        .optional(),
    authorizer: z
        .object({
            authorizerName: z.string(),
            authorizerArn: z.string(),
            functionArn: z.string().optional().describe("The function that decides. Since 1.2.0."),
            tokenKeyName: z
                .string()
                .optional()
                .describe("The field of a request that carries the token; absent where none does. Since 1.2.0."),
            signingDisabled: z
                .boolean()
                .optional()
                .describe("Whether unsigned tokens reach the function. Since 1.2.0."),
        })
        .optional(),
    roleArn: z
        .string()
        .optional()
        .describe("The role under which templates make things; absent where there is no template. Since 1.2.0."),
    devicePolicyArn: z
        .string()
        .optional()
        .describe("The policy of provisioned devices; absent where there is no template. Since 1.2.0."),
});

/** The output `provisioning`: how devices get their identity, in every region. */
export const provisioningOutputSchema = z.object({
    version: z.string().describe("Version of this contract, as in semantic versioning."),
    claimBundles: z
        .record(z.string(), claimBundle)
        .describe("What device makers need, by the names of the active claim certificates."),
    regions: z.record(z.string(), regional).describe("What provisions devices, by AWS region."),
});

/** What a stack says of provisioning. */
export type ProvisioningOutput = z.infer<typeof provisioningOutputSchema>;

/** What a device maker needs to put into a device. */
export type ClaimBundleOutput = ProvisioningOutput["claimBundles"][string];
