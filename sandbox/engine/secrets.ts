/** The key by which the engine marks what is not a plain value; these constants are part of Pulumi's protocol. */
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** The engine's mark of a secret. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * The values of an exported state, with its secrets opened where the export shows them.
 *
 * @param hidden Stands where the export shows a secret only encrypted.
 */
export function openSecrets(value: unknown, hidden: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((member) => openSecrets(member, hidden));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = value as Readonly<Record<string, unknown>>;
    if (entries[signatureKey] !== secretSignature) {
        return Object.fromEntries(Object.entries(entries).map(([name, member]) => [name, openSecrets(member, hidden)]));
    }
    const { plaintext } = entries;
    return typeof plaintext === "string" ? openSecrets(JSON.parse(plaintext), hidden) : hidden;
}
