import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    checkServerCertificate,
    type ServerCertificateInput,
    type ServerCertificateVerdict,
} from "../../../rules/certificates/serverCertificate";

/** Where OpenSSL's certificates and keys lie, see the README there. */
export const folder = join(__dirname, "..", "..", "fixtures", "certificates");

/** A moment within the validity of the fixtures that are meant to be valid. */
export const at = new Date("2026-11-21T00:00:00Z");

/** A fixture's bytes, by its path below the folder. */
export function bytes(name: string): Buffer {
    return readFileSync(join(folder, name));
}

/** The texts of PEM fixtures one behind the other, by their paths without `.pem`. */
export function pem(...names: readonly string[]): string {
    return names.map((name) => bytes(`${name}.pem`).toString("utf8")).join("");
}

/** A sound certificate for iot.example.com; what a case changes replaces its part. */
export const sound = {
    domainName: "iot.example.com",
    certificate: pem("leaves/rsa-2048"),
    chain: pem("authorities/intermediate"),
    privateKey: pem("keys/leaf.pkcs8"),
    kind: "private",
    at,
    hasValidationCertificate: true,
} as const satisfies ServerCertificateInput;

/** The verdict on the sound certificate with some parts replaced. */
export function check(changed: Partial<ServerCertificateInput> = {}): ServerCertificateVerdict {
    return checkServerCertificate({ ...sound, ...changed });
}

/** The identifiers of a verdict's rules, sorted. */
export function rulesOf({ findings }: Pick<ServerCertificateVerdict, "findings">): string[] {
    return findings.map(({ rule }) => rule).sort();
}

/** Every line of a private key fixture that tells anything of the key. */
export function secretLines(name: string): string[] {
    return pem(name)
        .split("\n")
        .filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
}
