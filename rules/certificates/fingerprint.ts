import { X509Certificate } from "node:crypto";

/**
 * A certificate's identity: SHA-256 of its DER, as `openssl x509 -noout -fingerprint -sha256` and TLS clients of Node print it.
 *
 * @throws {Error} when the text holds no certificate in PEM.
 */
export function fingerprintOf(pem: string): string {
    return new X509Certificate(pem).fingerprint256;
}
