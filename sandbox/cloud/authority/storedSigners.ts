import type { OperationContext } from "../context";
import { defineTable, globalRegion, type Table } from "../tables";
import type { Issued } from "./certificates";
import type { KeyAlgorithm } from "./keys";

/** The owner of what belongs to no account. */
const owner = "aws";

interface StoredSigner {
    readonly keyAlgorithm: KeyAlgorithm;
    readonly certificate: string;
    /** PKCS #8 in DER, encrypted. */
    readonly sealedKey: string;
}

const signers = defineTable<StoredSigner>("certificate-authority", "signer", false);

/** One set for all accounts and regions of a directory. */
function tableOf(context: OperationContext): Table<StoredSigner> {
    return context.within({ account: owner, region: globalRegion }).table(signers);
}

/** The certificate of the CA of that subject, in PEM; `undefined` where it has not been made yet. */
export function storedCertificate(context: OperationContext, subject: string): string | undefined {
    return tableOf(context).get(subject)?.certificate;
}

/** The CA with that certificate in PEM; `undefined` for one that is none of the sandbox's own. */
export function signerOf(context: OperationContext, certificate: string): Issued | undefined {
    const isMeant = ({ certificate: own }: StoredSigner) => own.trim() === certificate.trim();
    const stored = tableOf(context).list().find(isMeant);
    return (
        stored && {
            keyAlgorithm: stored.keyAlgorithm,
            certificate: stored.certificate,
            privateKey: context.vault.open(stored.sealedKey),
        }
    );
}

/**
 * The CA of that subject, made when it is first needed.
 *
 * While this process makes it another one may store its own; then that one holds. The same goes for its issuer: what was
 * made below one that does not hold is made anew.
 */
export function storedSigner(
    context: OperationContext,
    subject: string,
    make: () => Promise<Issued>,
    issuer?: Issued,
): Issued {
    const table = tableOf(context);
    const stored = table.get(subject);
    if (stored !== undefined) {
        const { keyAlgorithm, certificate, sealedKey } = stored;
        return { keyAlgorithm, certificate, privateKey: context.vault.open(sealedKey) };
    }
    const made = context.prepared(`authority ${subject} ${issuer?.certificate}`, make);
    const { keyAlgorithm, certificate, privateKey } = made;
    table.put(subject, { keyAlgorithm, certificate, sealedKey: context.vault.seal(privateKey) });
    return made;
}
