import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import tls from "node:tls";
import { readPem } from "../rules/certificates/pem";
import { trustedRoots, type TrustedRoots } from "../rules/certificates/trustedRoots";
import type { Setting } from "./framework/rule";

/**
 * The setting of a rule that has to know public CAs: which there are beside those of Node's copy of Mozilla's bundle.
 *
 * AWS decides by a bundle of its own day, and the sandbox has a public CA that nobody else knows.
 */
export const publicRootsSetting: Setting<readonly string[]> = {
    type: "array",
    items: { type: "string" },
    description:
        "Root certificates of CAs that AWS holds for public, beside those of the copy of Mozilla's bundle that comes with " +
        "Node: PEM texts, or absolute names of files with one or more. Not for a CA of one's own, which AWS never holds for public.",
    default: [],
    fault: (given) => given.map(rootsFault).find((fault) => fault !== undefined),
};

/** What stands in a PEM text, or in the file of that name. @throws Error where the file cannot be read. */
function textOf(given: string): string {
    return given.includes("-----BEGIN") ? given : readFileSync(given, "utf8");
}

function certificatesIn(text: string): string[] {
    return readPem(text).blocks.map(({ content }) => new X509Certificate(content).toString());
}

function rootsFault(given: string): string | undefined {
    const expected = "PEM texts of certificates, or absolute names of files with such texts";
    if (!given.includes("-----BEGIN") && !path.isAbsolute(given)) {
        return expected;
    }
    try {
        return certificatesIn(textOf(given)).length === 0 ? expected : undefined;
    } catch (error) {
        return `${expected} (${(error as NodeJS.ErrnoException).code ?? "unreadable"})`;
    }
}

const known = new Map<string, TrustedRoots>();

/** The roots of all public CAs; parsed once, when first needed, for most stacks have no certificate that they decide about. */
export function publicRoots(given: readonly string[]): TrustedRoots {
    const key = given.join("\n");
    const roots =
        known.get(key) ?? trustedRoots([...tls.rootCertificates, ...given.map(textOf).flatMap(certificatesIn)]);
    known.set(key, roots);
    return roots;
}
