import { createPrivateKey } from "node:crypto";
import type { OperationContext } from "../context";
import type { KeyAlgorithm } from "./keys";
import { PublicAuthority } from "./publicAuthority";

/** What somebody wants from the public CA. */
export interface CertificateOrder {
    /** DNS names; the first becomes the common name. */
    readonly names: readonly [string, ...string[]];
    /** @default "RSA_2048" */
    readonly keyAlgorithm?: KeyAlgorithm;
    /**
     * From when on it is valid.
     *
     * @default the time in the cloud
     */
    readonly notBefore?: Date;
    /**
     * How many days it lives.
     *
     * @default 90
     */
    readonly days?: number;
}

/** What the public CA hands out: PEM, ready for an import. The key is secret. */
export interface OrderedCertificate {
    readonly certificate: string;
    readonly chain: string;
    readonly privateKey: string;
}

const day = 24 * 60 * 60 * 1000;

/** Has the public CA issue a certificate for a new key pair. */
export function orderCertificate(
    context: OperationContext,
    { names, keyAlgorithm = "RSA_2048", notBefore = new Date(context.now), days = 90 }: CertificateOrder,
): OrderedCertificate {
    const notAfter = new Date(notBefore.getTime() + days * day);
    const content = { subject: `CN=${names[0]}`, dnsNames: names, notBefore, notAfter };
    const issued = new PublicAuthority(context).issue("order", content, keyAlgorithm);
    const key = createPrivateKey({ key: Buffer.from(issued.privateKey), format: "der", type: "pkcs8" });
    return {
        certificate: issued.certificate,
        chain: issued.chain,
        privateKey: key.export({ format: "pem", type: "pkcs8" }).toString(),
    };
}
