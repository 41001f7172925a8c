import fs from "node:fs";
import { z } from "zod";
import type { Finding } from "../rules/finding";

/** Largest file that is read at all; no PEM that AWS takes comes near it. */
const maximumFileBytes = 128 * 1024;

/**
 * PEM text, or the path of a file that holds it; what comes out is the text in either case.
 *
 * Paths start from the project's folder, where Pulumi runs a program. The file is read here and not later, so that one that
 * is missing is told together with every other fault, before anything is registered.
 */
export const pemSource = z.string().transform((value, context): string => {
    if (value.includes("-----BEGIN")) {
        return value;
    }
    const content = readFile(value);
    if (typeof content === "string") {
        return content;
    }
    context.addIssue({ code: "custom", params: { finding: content } });
    return z.NEVER;
});

/** The path of a folder that is there, from the project's folder. */
export const existingFolder = z.string().superRefine((path, context) => {
    if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
        const finding: Finding = {
            rule: "folder",
            severity: "high",
            path: "",
            got: JSON.stringify(path.slice(0, 200)),
            expected: "the path of a folder",
            remedy: "correct the path, which starts from the project's folder",
        };
        context.addIssue({ code: "custom", params: { finding } });
    }
});

function readFile(path: string): string | Finding {
    try {
        const { size } = fs.statSync(path);
        return size > maximumFileBytes
            ? unreadable(`a file of ${size} bytes`, `give one of at most ${maximumFileBytes} bytes`)
            : fs.readFileSync(path, "utf8");
    } catch (error) {
        const { code = "an error" } = error as NodeJS.ErrnoException;
        // A value that is no path may be a mangled key, so only what looks like a path is quoted.
        const named = /^[\w./@ -]{1,200}$/.test(path) ? JSON.stringify(path) : "a text that is no path";
        return unreadable(`${named} (${code})`, "correct the path, which starts from the project's folder");
    }
}

function unreadable(got: string, remedy: string): Finding {
    return {
        rule: "pem-file",
        severity: "high",
        path: "",
        got,
        expected: "PEM text, or the path of a file with it",
        remedy,
    };
}
