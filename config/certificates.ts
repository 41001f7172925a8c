import { z } from "zod";
import { keyAlgorithms } from "../rules/serverCertificates";
import { inFile, inSecret } from "./pemLocations";
import { strictObject } from "./zodExtensions";

const certificateName = z
    .string()
    .min(1)
    .max(253)
    .describe("A domain name, or a wildcard for one leftmost label, such as *.iot.example.com.");

const subjectAlternativeNames = z
    .array(certificateName)
    .default([])
    .describe("Names that the certificate holds beside the domain name; wildcards are allowed.");

const keyAlgorithm = z
    .enum(keyAlgorithms)
    .default("RSA_2048")
    .describe("The key's algorithm; AWS IoT Core serves no other ones.");

const material = (what: string) =>
    z
        .discriminatedUnion("from", [
            inFile,
            inSecret,
            strictObject({
                from: z.literal("secretsManager"),
                secretId: z
                    .string()
                    .min(1)
                    .describe("Name or ARN of a secret in AWS Secrets Manager that holds the PEM text."),
                region: z
                    .string()
                    .min(1)
                    .optional()
                    .describe("The secret's region. Default: each region of the stack."),
            }),
        ])
        .describe(what);

const importedMaterial = {
    certificate: material("The server certificate in PEM."),
    chain: material(
        "The certificates of the CAs in PEM, the server certificate's own first, without a public root. Default: what " +
            "follows in the certificate's own text.",
    ).optional(),
    privateKey: material(
        "The server certificate's private key in PEM, not encrypted. Needed by each deployment that imports; take it " +
            "out afterwards, and the next deployment takes it out of the stack's state.",
    ).optional(),
};

const arnByRegion = z.record(z.string(), z.string().min(1));

const validationCertificateArns = arnByRegion
    .optional()
    .describe(
        "ARNs, by region, of public ACM certificates that prove who owns the domain. Default: the stack makes them.",
    );

/** Where a server certificate comes from, by `source`. */
export const certificateSchema = z
    .discriminatedUnion("source", [
        strictObject({
            source: z
                .literal("acm")
                .describe("A public certificate that ACM issues, validates by DNS and renews by itself."),
            subjectAlternativeNames,
            keyAlgorithm,
        }),
        strictObject({
            source: z
                .literal("imported")
                .describe("A certificate of a public CA, imported into ACM; a person renews it."),
            ...importedMaterial,
        }),
        strictObject({
            source: z
                .literal("private")
                .describe("A certificate of a private CA or a self-signed one, imported into ACM."),
            ...importedMaterial,
            validationCertificateArns,
        }),
        strictObject({
            source: z.literal("awsPrivateCa").describe("A certificate that AWS Private CA issues through ACM."),
            certificateAuthorityArns: arnByRegion.describe("ARN of the certificate authority, by region."),
            subjectAlternativeNames,
            keyAlgorithm,
            validationCertificateArns,
        }),
        strictObject({
            source: z
                .literal("development")
                .describe("A CA and a certificate made by the stack, for stacks that are not production."),
            subjectAlternativeNames,
            keyAlgorithm,
            validityDays: z.int().min(1).max(825).default(90).describe("Days that the certificate is valid."),
        }),
    ])
    .prefault({ source: "acm" })
    .describe("Where the server certificate comes from.");

/** Where a server certificate comes from, with every default in place. */
export type CertificateSettings = z.infer<typeof certificateSchema>;

/** Where one PEM text comes from. */
export type Material = Extract<CertificateSettings, { source: "imported" }>["certificate"];
