import { createHash, type X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Cloud } from "../../cloud";
import type { OperationContext } from "../../cloud/context";
import { certificates } from "../../cloud/services/iot/certificateTable";
import { provisionJustInTime } from "../provisioning/justInTime";
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

/** Lets in devices whose certificate is registered in the region and active, and registers what a registered CA has signed. */
export class ClientCertificates {
    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
    ) {}

    /** @returns why the device may not connect, where it is a text */
    async authenticate(shown: ShownCertificate): Promise<CertificatePrincipal | string> {
        const { cloud, region } = this;
        const found = await cloud.observe({ region }, (context) => find(context, shown));
        if (found !== undefined) {
            return found;
        }
        const provisioned = await provisionJustInTime(cloud, region, shown.leaf, shown.id);
        return provisioned ?? `the certificate ${shown.id} is not registered in ${region}`;
    }
}

function find(context: OperationContext, { id }: ShownCertificate): CertificatePrincipal | string | undefined {
    const certificate = certificates.get(context, id);
    if (certificate === undefined) {
        return undefined;
    }
    if (certificate.status !== "ACTIVE") {
        return `the certificate ${id} is ${certificate.status}`;
    }
    return hasExpired(certificate.pem, context.now)
        ? `the certificate ${id} has expired`
        : new CertificatePrincipal(id);
}
