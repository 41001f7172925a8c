import type { KeyObject } from "node:crypto";
import { signerKeyFamily } from "../../../../rules/certificates/algorithms";
import {
    readCertificates,
    type CertificateFile,
    type PlacedCertificate,
} from "../../../../rules/certificates/certificateFiles";
import { chainOrderFindings } from "../../../../rules/certificates/chain";
import { orderChain } from "../../../../rules/certificates/chainOrder";
import { apply, applyAll } from "../../../../rules/certificates/check";
import type { ParsedCertificate } from "../../../../rules/certificates/parsedCertificate";
import { readPrivateKey, type PrivateKeyFile } from "../../../../rules/certificates/privateKeyFiles";
import { privateKeyMatch } from "../../../../rules/certificates/privateKeyMatch";
import { keepsExtendedKeyUsage, keepsKeyUsage, sameKeyAlgorithm } from "../../../../rules/certificates/rotation";
import { issuer, ocspUrl, version } from "../../../../rules/certificates/usage";
import { leafValidity } from "../../../../rules/certificates/validity";
import { formatFinding, isFault, type Finding } from "../../../../rules/finding";
import type { ImportCertificateRequest } from "../../models/acm";

/** What ACM asks of a leaf beside its time and its type of key. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html */
const leafChecks = [version, issuer, ocspUrl, signerKeyFamily];

/** The parts of an import as they were read. */
interface ImportedFiles {
    readonly certificate: CertificateFile;
    readonly chain: CertificateFile | undefined;
    readonly privateKey: PrivateKeyFile;
    /** The first certificate that could be read. */
    readonly leaf: PlacedCertificate | undefined;
    readonly at: Date;
}

/** Key types that ACM imports. @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html */
const importedKeyAlgorithms = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
];

const faultsOf = (findings: readonly Finding[]): string[] => findings.filter(isFault).map(formatFinding);

/**
 * What ACM refuses to import, in the words of its answers where they are known.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/troubleshoot-import.html
 */
const checks: ReadonlyArray<(files: ImportedFiles) => string[]> = [
    ({ certificate }) => faultsOf(certificate.findings),
    ({ chain }) => faultsOf(chain?.findings ?? []),
    ({ privateKey }) => faultsOf(privateKey.findings),
    ({ certificate }) =>
        certificate.count > 1
            ? [
                  "The certificate field contains more than one certificate. You can specify only one certificate in this field.",
              ]
            : [],
    ({ leaf, at }) =>
        leaf === undefined ? [] : faultsOf(apply(leafValidity, { certificate: leaf.certificate, at }, leaf.path)),
    ({ leaf }) => (leaf === undefined ? [] : faultsOf(applyAll(leafChecks, leaf.certificate, leaf.path))),
    ({ leaf }) =>
        leaf === undefined || importedKeyAlgorithms.includes(leaf.certificate.keyAlgorithm)
            ? []
            : [`The certificate's key of type ${leaf.certificate.keyAlgorithm} is not supported`],
    ({ leaf, chain }) =>
        leaf !== undefined && !leaf.certificate.isSelfSigned && (chain?.count ?? 0) === 0
            ? [
                  "Provided certificate is not a valid self signed. " +
                      "Please provide either a valid self-signed certificate or certificate chain.",
              ]
            : [],
    ({ leaf, chain }) => {
        if (leaf === undefined || chain === undefined || chain.certificates.length === 0) {
            return [];
        }
        const faults = faultsOf(chainOrderFindings(orderChain([leaf, ...chain.certificates]), "CertificateChain"));
        return faults.map((fault) => `Could not validate the certificate with the certificate chain. ${fault}`);
    },
    ({ leaf, privateKey: { key } }) =>
        leaf === undefined || key === undefined
            ? []
            : faultsOf(apply(privateKeyMatch, { certificate: leaf.certificate, key }, "PrivateKey")),
];

/** An import that ACM takes. */
export interface ReadImport {
    readonly leaf: ParsedCertificate;
    readonly key: KeyObject;
}

/** Reads an import; all faults at once where ACM would refuse it. No fault quotes the private key. */
export function readImport(input: ImportCertificateRequest, at: Date): ReadImport | { readonly faults: string[] } {
    const certificate = readCertificates(input.Certificate, "Certificate");
    const files: ImportedFiles = {
        certificate,
        chain: input.CertificateChain && readCertificates(input.CertificateChain, "CertificateChain"),
        privateKey: readPrivateKey(input.PrivateKey, "PrivateKey"),
        leaf: certificate.certificates[0],
        at,
    };
    const faults = checks.flatMap((check) => check(files));
    const { leaf, privateKey } = files;
    return faults.length > 0 || leaf === undefined || privateKey.key === undefined
        ? { faults }
        : { leaf: leaf.certificate, key: privateKey.key };
}

/** What must stay as it was for ACM to take a certificate under an ARN that is there. @see https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html */
export function reimportFaults(previous: ParsedCertificate, next: ParsedCertificate): string[] {
    const kept = [sameKeyAlgorithm, keepsKeyUsage, keepsExtendedKeyUsage];
    return faultsOf(applyAll(kept, { previous, next }, "Certificate"));
}
