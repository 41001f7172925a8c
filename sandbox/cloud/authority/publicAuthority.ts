import type { OperationContext } from "../context";
import { defineTable, globalRegion } from "../tables";
import { issueCertificate, type CertificateContent, type Signer } from "./certificates";
import type { KeyAlgorithm } from "./keys";

/** The owner of what belongs to no account. */
const owner = "aws";

type Family = "RSA" | "ECDSA";

interface StoredAuthority {
    readonly keyAlgorithm: KeyAlgorithm;
    readonly certificate: string;
    /** PKCS #8, encrypted. */
    readonly sealedKey: string;
}

const authorities = defineTable<StoredAuthority>("certificate-authority", "authority", false);

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
    private readonly place;

    constructor(private readonly context: OperationContext) {
        this.place = context.within({ account: owner, region: globalRegion });
    }

    /** The root certificates that everybody in the sandbox trusts, in PEM: those that have been made. */
    roots(): string[] {
        const table = this.place.table(authorities);
        return Object.keys(layouts)
            .map((family) => table.get(family, "root")?.certificate)
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
        const rootSigner = this.authority(family, "root", "", () =>
            issueCertificate({ subject: root, pathLength: 1, ...validity(40) }, keyAlgorithm),
        );
        return this.authority(family, "intermediate", rootSigner.certificate, () =>
            issueCertificate({ subject: intermediate, pathLength: 0, ...validity(20) }, keyAlgorithm, rootSigner),
        );
    }

    /** The stored one, else a new one. Another process may have stored its own in the meantime; then that one holds. */
    private authority(family: Family, level: string, signer: string, make: () => Promise<Signer>): Signer {
        const table = this.place.table(authorities);
        const stored = table.get(family, level);
        if (stored !== undefined) {
            return { ...stored, privateKey: this.context.vault.open(stored.sealedKey) };
        }
        const { keyAlgorithm, certificate, privateKey } = this.context.prepared(`${family} ${level} ${signer}`, make);
        table.put([family, level], { keyAlgorithm, certificate, sealedKey: this.context.vault.seal(privateKey) });
        return { keyAlgorithm, certificate, privateKey };
    }
}
