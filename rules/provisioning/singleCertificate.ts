import { readCertificates } from "../certificates/certificateFiles";
import type { ParsedCertificate } from "../certificates/parsedCertificate";
import type { Finding } from "../finding";

/** AWS's page on the certificates of devices. */
export const clientCertificates = "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html";

/** Reads a PEM text as exactly one certificate; without one, findings say why. */
export function readSingleCertificate(
    pem: string,
    path: string,
): { readonly certificate?: ParsedCertificate; readonly findings: Finding[] } {
    const { certificates, count, findings } = readCertificates(pem, path);
    const [only] = certificates;
    if (findings.length > 0 || only === undefined) {
        return { findings: [...findings] };
    }
    if (count === 1) {
        return { certificate: only.certificate, findings: [] };
    }
    return {
        findings: [
            {
                rule: "client-certificate-count",
                severity: "high",
                path,
                got: `${count} certificates`,
                expected: "one certificate",
                remedy: "give the certificate alone, without its chain",
                reference: clientCertificates,
            },
        ],
    };
}

/**
 * Faults of certificates that are given twice, under two names: a region knows a certificate once, so the second
 * registration would be refused in the middle of a deployment.
 *
 * @param given Paths and PEM texts; what is no certificate is left out, for it is reported otherwise.
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_RegisterCertificateWithoutCA.html
 */
export function sameCertificateFindings(
    given: readonly (readonly [path: string, pem: string | undefined])[],
): Finding[] {
    const firstPaths = new Map<string, string>();
    return given.flatMap(([path, pem = ""]) => {
        const { certificate } = readSingleCertificate(pem, path);
        if (certificate === undefined) {
            return [];
        }
        const { fingerprint256 } = certificate.x509;
        const first = firstPaths.get(fingerprint256);
        firstPaths.set(fingerprint256, first ?? path);
        return first === undefined
            ? []
            : [
                  {
                      rule: "client-certificate-twice",
                      severity: "high" as const,
                      path,
                      got: `the same certificate as in ${first}`,
                      expected: "each certificate once",
                      remedy: "give the other certificate, or remove one of the two names",
                      reference: clientCertificates,
                  },
              ];
    });
}
