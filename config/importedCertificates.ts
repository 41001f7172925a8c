import { readPrivateKey } from "../rules/certificates/privateKeyFiles";
import { checkServerCertificate, type ServerCertificateVerdict } from "../rules/certificates/serverCertificate";
import { isFault, type Finding } from "../rules/finding";
import { selfSignedStaplingFindings, type StaplingSettings } from "../rules/ocspStapling";
import type { CertificateSettings } from "./certificates";
import { readMaterial, type MaterialSource } from "./material";

/** The settings of a certificate that somebody brings along. */
export type ImportedCertificateSettings = Extract<CertificateSettings, { source: "imported" | "private" }>;

/** What of a domain has to fit its certificate. */
export interface CertifiedDomain {
    readonly domainName: string;
    readonly serverCertificateConfig?: StaplingSettings;
}

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
    domain: CertifiedDomain,
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
    return judgeMaterial(path, domain, settings, { ...texts, certificate: texts["certificate"] }, at).findings;
}

/** The texts of a certificate that somebody brings along. */
export interface CertificateTexts {
    readonly certificate: string;
    readonly chain?: string;
    readonly privateKey?: string;
}

/** What became of a certificate's texts. */
export interface JudgedMaterial {
    readonly findings: Finding[];
    /**
     * Tells what ACM is given: each part alone and in its plainest form, whatever the texts had around it.
     *
     * @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html
     */
    readonly plainTexts: () => CertificateTexts;
}

/** Judges the texts themselves; advice is left to `npm run certificate`. */
export function judgeMaterial(
    path: string,
    { domainName, serverCertificateConfig }: CertifiedDomain,
    settings: ImportedCertificateSettings,
    texts: CertificateTexts,
    at: Date,
): JudgedMaterial {
    const domainPath = path.replace(/\.certificate$/, "");
    const verdict = checkServerCertificate({
        ...texts,
        domainName,
        at,
        kind: settings.source === "imported" ? "public" : undefined,
        hasValidationCertificate: settings.source === "private",
        // What is in AWS Secrets Manager may not have been read yet.
        isWholeImport: settings.chain === undefined || texts.chain !== undefined,
        paths: {
            domainName: `${domainPath}.domainName`,
            certificate: `${path}.certificate`,
            chain: `${path}.chain`,
            privateKey: `${path}.privateKey`,
        },
    });
    const findings = [
        ...verdict.findings.filter(isFault),
        ...(verdict.certificate?.isSelfSigned === true
            ? selfSignedStaplingFindings(serverCertificateConfig, `${domainPath}.serverCertificateConfig`)
            : []),
    ];
    return { findings, plainTexts: () => plainTexts(verdict, texts) };
}

function plainTexts({ certificate, chain }: ServerCertificateVerdict, texts: CertificateTexts): CertificateTexts {
    const key = texts.privateKey === undefined ? undefined : readPrivateKey(texts.privateKey, "privateKey").key;
    return {
        certificate: certificate?.pem ?? texts.certificate,
        chain: chain.length === 0 ? undefined : chain.map(({ pem }) => pem).join(""),
        privateKey: key?.export({ type: "pkcs8", format: "pem" }).toString() ?? texts.privateKey,
    };
}
