import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkServerCertificate, type ServerCertificateInput } from "../rules/certificates/serverCertificate";
import { isFault } from "../rules/finding";
import { issueCertificate } from "../sandbox/cloud/authority/certificates";
import { purposes } from "../sandbox/cloud/authority/extensions";

const fixtures = path.join(__dirname, "..", "tests", "fixtures", "certificates");

/** The name of a file among the certificates of the tests. */
export const fixture = (name: string) => path.join(fixtures, `${name}.pem`);

const text = (name: string) => readFileSync(fixture(name), "utf8");

/** Within the validity of the fixtures. */
const at = new Date("2026-11-21T00:00:00Z");

const circumstances = { kind: "private", hasValidationCertificate: true, at } as const;

/** A leaf, two CAs and the key. */
export const bundle: ServerCertificateInput = {
    ...circumstances,
    domainName: "iot.example.com",
    certificate: text("leaves/rsa-2048"),
    chain: text("authorities/intermediate") + text("authorities/root"),
    privateKey: text("keys/leaf.pkcs8"),
};

/** So many bundles of one CA, each with a leaf and a key of its own. */
export async function bundlesOfOneAuthority(count: number): Promise<ServerCertificateInput[]> {
    const validity = { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2027-01-01T00:00:00Z") };
    const name = (of: string) => ({ subject: `CN=Bench ${of}`, isAuthority: true, ...validity });
    const root = await issueCertificate(name("Root CA"), "RSA_2048");
    const authority = await issueCertificate(name("Issuing CA"), "RSA_2048", root);
    const bundles: ServerCertificateInput[] = [];
    for (let index = 0; index < count; index++) {
        const domainName = `iot-${index}.example.com`;
        const leaf = await issueCertificate(
            {
                subject: `CN=${domainName}`,
                dnsNames: [domainName],
                purposes: [purposes.serverAuthentication],
                ...validity,
            },
            "RSA_2048",
            authority,
        );
        const key = createPrivateKey({ key: Buffer.from(leaf.privateKey), format: "der", type: "pkcs8" });
        bundles.push({
            ...circumstances,
            domainName,
            certificate: leaf.certificate,
            chain: `${authority.certificate}\n${root.certificate}`,
            privateKey: key.export({ format: "pem", type: "pkcs8" }).toString(),
        });
    }
    return bundles;
}

/** @throws {Error} where a bundle is not found sound: then a figure would be of something else. */
export function checkBundle(given: ServerCertificateInput): void {
    const faults = checkServerCertificate(given).findings.filter(isFault);
    if (faults.length > 0) {
        throw new Error(`the bundle has faults: ${faults.map(({ rule }) => rule).join(", ")}`);
    }
}

/** How long something took, in milliseconds. */
export function milliseconds(work: () => void): number {
    const began = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - began) / 1e6;
}
