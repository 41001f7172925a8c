import type { Finding } from "../rules/finding";

/**
 * Faults of private keys under `iot-domains:secrets` that stand there for everybody to read.
 *
 * @param secrets What the configuration holds under that key, whatever it is.
 * @param isSecret Whether the value is encrypted in the stack's file.
 */
export function plainKeyFindings(secrets: unknown, isSecret: boolean): Finding[] {
    if (isSecret || typeof secrets !== "object" || secrets === null) {
        return [];
    }
    return Object.entries(secrets)
        .filter(([, text]) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(String(text)))
        .map(([name]) => ({
            rule: "private-key-exposed",
            severity: "critical",
            path: `secrets.${name}`,
            got: "a private key in plain text",
            expected: "a secret",
            remedy:
                `set it anew: cat FILE.pem | pulumi config set --secret --path 'iot-domains:secrets["${name}"]'; ` +
                "if others could read it, use a new key",
        }));
}
