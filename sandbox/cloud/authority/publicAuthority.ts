import type { OperationContext } from "../context";
import { issueCertificate, type CertificateContent, type Signer } from "./certificates";
import type { KeyAlgorithm } from "./keys";
import { storedCertificate, storedSigner } from "./storedSigners";

type Family = "RSA" | "ECDSA";

const year = 365 * 24 * 60 * 60 * 1000;

interface Layout {
    readonly root: string;
    readonly intermediate: string;
    readonly keyAlgorithm: KeyAlgorithm;
}

/** After Amazon's own hierarchy, with names that nobody can take for it. @see https://www.amazontrust.com/repository/ */
const layouts: Readonly<Record<Family, Layout>> = {
    RSA: {
        root: "CN=Sandbox Root CA 1, O=Amazon Sandbox, C=US",
        intermediate: "CN=Sandbox RSA 2048 M02, O=Amazon Sandbox, C=US",
        keyAlgorithm: "RSA_2048",
    },
    ECDSA: {
        root: "CN=Sandbox Root CA 3, O=Amazon Sandbox, C=US",
        intermediate: "CN=Sandbox ECDSA 256 M02, O=Amazon Sandbox, C=US",
        keyAlgorithm: "EC_prime256v1",
    },
};

/** A certificate as the public CA hands it out. */
export interface IssuedCertificate {
    readonly certificate: string;
    readonly chain: string;
    /** PKCS #8 in DER. */
    readonly privateKey: Uint8Array;
}

/**
 * The public CA of the sandbox's world: what Mozilla's bundle and Amazon Trust Services are elsewhere.
 *
 * It is one for all accounts and regions of a directory, and made when it is first needed.
 */
export class PublicAuthority {
    constructor(private readonly context: OperationContext) {}

    /** The root certificates that everybody in the sandbox trusts, in PEM: those that have been made. */
    roots(): string[] {
        return Object.values(layouts)
            .map(({ root }) => storedCertificate(this.context, root))
            .filter((root) => root !== undefined);
    }

    /** Issues a certificate for a new key pair; the same one for the same purpose within one operation. */
    issue(purpose: string, content: CertificateContent, keyAlgorithm: KeyAlgorithm): IssuedCertificate {
        const family = keyAlgorithm.startsWith("RSA") ? "RSA" : "ECDSA";
        const signer = this.intermediate(family);
        // While this was made, another call may have stored its own authority: then what counts is made anew under that one.
        const issued = this.context.prepared(`certificate ${purpose} ${signer.certificate}`, () =>
            issueCertificate(content, keyAlgorithm, signer),
        );
        const { certificate, privateKey } = issued;
        return { certificate, chain: signer.certificate, privateKey };
    }

    private intermediate(family: Family): Signer {
        const { root, intermediate, keyAlgorithm } = layouts[family];
        const validity = (years: number) => ({
            notBefore: new Date(this.context.now - 2 * year),
            notAfter: new Date(this.context.now + years * year),
        });
        const rootSigner = storedSigner(this.context, root, () =>
            issueCertificate({ subject: root, pathLength: 1, ...validity(40) }, keyAlgorithm),
        );
        return storedSigner(this.context, intermediate, () =>
            issueCertificate({ subject: intermediate, pathLength: 0, ...validity(20) }, keyAlgorithm, rootSigner),
        );
    }
}
