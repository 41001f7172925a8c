import type { OperationContext } from "../context";
import { issueCertificate, type CertificateContent, type Issued } from "./certificates";
import { purposes } from "./extensions";
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

/** @see https://cabforum.org/resources/object-registry/ */
const domainValidated = "2.23.140.1.2.1";

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

    /**
     * Issues a server's certificate for a new key pair, without client authentication as since June 2025; the same one for
     * the same purpose within one operation.
     *
     * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
     */
    issue(purpose: string, content: CertificateContent, keyAlgorithm: KeyAlgorithm): IssuedCertificate {
        const family = keyAlgorithm.startsWith("RSA") ? "RSA" : "ECDSA";
        const signer = this.intermediate(family);
        const server = { purposes: [purposes.serverAuthentication], policies: [domainValidated] };
        // While this was made, another call may have stored its own authority: then what counts is made anew under that one.
        const issued = this.context.prepared(`certificate ${purpose} ${signer.certificate}`, () =>
            issueCertificate({ ...content, ...server }, keyAlgorithm, signer),
        );
        const { certificate, privateKey } = issued;
        return { certificate, chain: signer.certificate, privateKey };
    }

    private intermediate(family: Family): Issued {
        const { root, intermediate, keyAlgorithm } = layouts[family];
        const validity = (years: number) => ({
            notBefore: new Date(this.context.now - 2 * year),
            notAfter: new Date(this.context.now + years * year),
        });
        const rootSigner = storedSigner(this.context, root, () =>
            issueCertificate({ subject: root, isAuthority: true, pathLength: 1, ...validity(40) }, keyAlgorithm),
        );
        const content = { subject: intermediate, isAuthority: true, pathLength: 0, ...validity(20) };
        return storedSigner(
            this.context,
            intermediate,
            () => issueCertificate(content, keyAlgorithm, rootSigner),
            rootSigner,
        );
    }
}
