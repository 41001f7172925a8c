import { createPrivateKey } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { issueCertificate, type Signer } from "../../sandbox/cloud/authority/certificates";
import { purposes } from "../../sandbox/cloud/authority/extensions";
import type { KeyAlgorithm } from "../../sandbox/cloud/authority/keys";

/** A server certificate as somebody brings it along, in PEM. */
export interface Bundle {
    readonly certificate: string;
    readonly chain?: string;
    readonly privateKey: string;
}

const day = 24 * 60 * 60 * 1000;
const validity = (days: number) => ({
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + days * day),
});

function bundle(issued: { readonly certificate: string; readonly privateKey: Uint8Array }, chain?: string): Bundle {
    const key = createPrivateKey({ key: Buffer.from(issued.privateKey), format: "der", type: "pkcs8" });
    return {
        certificate: issued.certificate,
        chain,
        privateKey: key.export({ format: "pem", type: "pkcs8" }).toString(),
    };
}

/** A company's own CA, which nobody else trusts. */
export class PrivateAuthority {
    private readonly signer: ReturnType<typeof issueCertificate>;

    public constructor(private readonly keyAlgorithm: KeyAlgorithm = "RSA_2048") {
        this.signer = issueCertificate(
            { subject: "CN=Example Private CA", isAuthority: true, ...validity(3650) },
            keyAlgorithm,
        );
    }

    /** Issues a server certificate for the names; the first is the common name. */
    public async issue(names: readonly [string, ...string[]]): Promise<Bundle> {
        const signer = await this.signer;
        return bundle(await issueServer(names, this.keyAlgorithm, signer), signer.certificate);
    }
}

/** A certificate that vouches for itself. */
export async function selfSigned(name: string): Promise<Bundle> {
    return bundle(await issueServer([name], "EC_prime256v1"));
}

function issueServer(names: readonly [string, ...string[]], keyAlgorithm: KeyAlgorithm, signer?: Signer) {
    const content = {
        subject: `CN=${names[0]}`,
        dnsNames: [...names],
        purposes: [purposes.serverAuthentication],
        ...validity(90),
    };
    return issueCertificate(content, keyAlgorithm, signer);
}

/** A folder of PEM files, as a configuration refers to them. */
export class CertificateFolder {
    private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-certificates-"));

    /** Writes the files, over those that were there, and says how a configuration refers to them. */
    public write({ certificate, chain, privateKey }: Bundle): Record<string, { from: "file"; path: string }> {
        const texts = { certificate, chain, privateKey };
        return Object.fromEntries(
            Object.entries(texts).flatMap(([name, text]) => {
                if (text === undefined) {
                    return [];
                }
                const file = path.join(this.directory, `${name}.pem`);
                fs.writeFileSync(file, text, { mode: 0o600 });
                return [[name, { from: "file", path: file }]];
            }),
        );
    }

    public remove(): void {
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}
