import { createHash, type X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Cloud } from "../../cloud";
import { certificates } from "../../cloud/services/iot/certificateTable";
import { CertificatePrincipal, hasExpired } from "./certificateRights";

/** What a device shows in the TLS handshake: that it has the key, TLS itself has seen to. */
export interface ShownCertificate {
    readonly leaf: X509Certificate;
    /** SHA-256 of the DER in hexadecimal, as AWS IoT Core names certificates. */
    readonly id: string;
}

/** The certificate that a client has shown; `undefined` for one that has shown none. */
export function shownCertificate(socket: TLSSocket): ShownCertificate | undefined {
    const leaf = socket.getPeerX509Certificate();
    return leaf && { leaf, id: createHash("sha256").update(leaf.raw).digest("hex") };
}

/** Finds out who has shown a certificate. */
export interface CertificateAuthenticator {
    /** @returns why the device may not connect, where it is a text */
    authenticate(shown: ShownCertificate): Promise<CertificatePrincipal | string>;
}

/** Lets in devices whose certificate is registered in the region and active. */
export class RegisteredCertificates implements CertificateAuthenticator {
    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
    ) {}

    authenticate({ id }: ShownCertificate): Promise<CertificatePrincipal | string> {
        return this.cloud.observe({ region: this.region }, (context) => {
            const certificate = certificates.get(context, id);
            if (certificate === undefined) {
                return `the certificate ${id} is not registered in ${this.region}`;
            }
            if (certificate.status !== "ACTIVE") {
                return `the certificate ${id} is ${certificate.status}`;
            }
            return hasExpired(certificate.pem, context.now)
                ? `the certificate ${id} has expired`
                : new CertificatePrincipal(id);
        });
    }
}
