import { checkServerCertificate } from "../rules/certificates/serverCertificate";
import { isFault, type Finding } from "../rules/finding";
import type { CertificateSettings } from "./certificates";
import { readMaterial, type MaterialSource } from "./material";

/** The settings of a certificate that somebody brings along. */
export type ImportedCertificateSettings = Extract<CertificateSettings, { source: "imported" | "private" }>;

/** Whether a certificate is brought along, rather than issued. */
export function isImported(certificate: CertificateSettings): certificate is ImportedCertificateSettings {
    return certificate.source === "imported" || certificate.source === "private";
}

const parts = ["certificate", "chain", "privateKey"] as const;

/**
 * Faults of a certificate that somebody brings along: of the references to its files, and of what is in them.
 *
 * What is in AWS Secrets Manager is not known yet; the component judges it by the same rules when the stack runs.
 */
export function importedCertificateFindings(
    path: string,
    domainName: string,
    settings: ImportedCertificateSettings,
    source: MaterialSource,
    at: Date,
): Finding[] {
    const read = parts.map((part) => {
        const material = settings[part];
        return { part, result: material === undefined ? undefined : readMaterial(material, source) };
    });
    const faults = read.flatMap(({ part, result }) =>
        result !== undefined && "fault" in result
            ? [{ rule: "configuration", severity: "high" as const, path: `${path}.${part}`, ...result.fault }]
            : [],
    );
    const texts = Object.fromEntries(
        read.map(({ part, result }) => [part, result !== undefined && "text" in result ? result.text : undefined]),
    );
    if (faults.length > 0 || texts["certificate"] === undefined) {
        return faults;
    }
    return checkMaterial(path, domainName, settings, { ...texts, certificate: texts["certificate"] }, at);
}

/** The texts of a certificate that somebody brings along. */
export interface CertificateTexts {
    readonly certificate: string;
    readonly chain?: string;
    readonly privateKey?: string;
}

/** Judges the texts themselves; advice is left to `npm run certificate`. */
export function checkMaterial(
    path: string,
    domainName: string,
    settings: ImportedCertificateSettings,
    texts: CertificateTexts,
    at: Date,
): Finding[] {
    const { findings } = checkServerCertificate({
        ...texts,
        domainName,
        at,
        kind: settings.source === "imported" ? "public" : undefined,
        hasValidationCertificate: settings.source === "private",
        paths: {
            domainName: `${path.replace(/\.certificate$/, "")}.domainName`,
            certificate: `${path}.certificate`,
            chain: `${path}.chain`,
            privateKey: `${path}.privateKey`,
        },
    });
    return findings.filter(isFault);
}
