import fs from "node:fs";
import path from "node:path";

const fixtures = path.resolve(__dirname, "../fixtures/certificates");

/** The text of a certificate or key among the fixtures, such as `leaves/rsa-2048.pem`. */
export function certificateFile(file: string): string {
    return fs.readFileSync(path.join(fixtures, file), "utf8");
}

/** What stands for the files that the rules' examples name. */
const files: Readonly<Record<string, readonly string[]>> = {
    "telemetry.pem": ["leaves/rsa-2048.pem"],
    "telemetry-client-only.pem": ["leaves/client-only.pem"],
    "telemetry-expired.pem": ["leaves/expired.pem"],
    "telemetry-ten-years.pem": ["leaves/ten-years.pem"],
    "telemetry-sha1.pem": ["leaves/sha1.pem"],
    "telemetry-as-authority.pem": ["leaves/certificate-authority.pem"],
    "telemetry-self-signed.pem": ["leaves/self-signed.pem"],
    "wildcard.pem": ["leaves/wildcard.pem"],
    "other-domain.pem": ["leaves/other-common-name.pem"],
    "chain.pem": ["authorities/intermediate.pem"],
    "chain-with-root.pem": ["authorities/intermediate.pem", "authorities/root.pem"],
    "chain-backwards.pem": ["authorities/root.pem", "authorities/intermediate.pem"],
    "long-chain.pem": Array<string>(6).fill("authorities/intermediate.pem"),
    "telemetry.key": ["keys/leaf.pkcs8.pem"],
    "token.pub": ["keys/leaf.public.pem"],
    "other.key": ["keys/other-leaf.pkcs8.pem"],
};

/** The text that stands for a file that an example names. */
export function exampleFile(fileName: string): string {
    const parts = files[fileName];
    if (parts === undefined) {
        throw new Error(`no fixture stands for ${fileName}; add it to ${__filename}`);
    }
    return parts.map(certificateFile).join("");
}
