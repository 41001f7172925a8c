import { purposes, type CertificateExtensions } from "../../authority/extensions";
import { Refusal } from "../../errors";

/** What a template makes of a request. */
export interface CertificateTemplate extends CertificateExtensions {
    /** Whether only a root CA's own certificate is made by it. */
    readonly isRoot?: boolean;
    /** Whether the subject and the names of the API's caller are taken. */
    readonly takesCallersExtensions: boolean;
}

const { serverAuthentication, clientAuthentication } = purposes;
const subordinate = (pathLength: number): CertificateExtensions => ({ isAuthority: true, pathLength });

/** @see https://docs.aws.amazon.com/privateca/latest/userguide/template-definitions.html */
const templates: Readonly<Record<string, CertificateExtensions & { readonly isRoot?: boolean }>> = {
    EndEntityCertificate: { purposes: [serverAuthentication, clientAuthentication] },
    EndEntityServerAuthCertificate: { purposes: [serverAuthentication] },
    EndEntityClientAuthCertificate: { purposes: [clientAuthentication] },
    RootCACertificate: { isAuthority: true, isRoot: true },
    SubordinateCACertificate_PathLen0: subordinate(0),
    SubordinateCACertificate_PathLen1: subordinate(1),
    SubordinateCACertificate_PathLen2: subordinate(2),
    SubordinateCACertificate_PathLen3: subordinate(3),
};

const callersVariant = "_APIPassthrough";

/** The template of that ARN. @throws Refusal InvalidArgsException for one that does not exist here */
export function findTemplate(arn = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"): CertificateTemplate {
    const given = /^arn:aws[a-z-]*:acm-pca:::template\/(\w+)\/V1$/.exec(arn)?.[1] ?? "";
    const name = given.replace(callersVariant, "");
    const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
    if (template === undefined) {
        const known = Object.keys(templates).join(", ");
        throw new Refusal(
            "InvalidArgsException",
            `There is no template ${arn}; there are ${known}, also with ${callersVariant}`,
        );
    }
    return { ...template, takesCallersExtensions: given.endsWith(callersVariant) };
}
