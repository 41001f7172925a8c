import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../cli";

/** Says that a folder is a sandbox, and so that it may be emptied. */
const marker = "sandbox.json";

/** Where the parts of a sandbox lie. */
export interface SandboxDirectory {
    readonly root: string;
    /** What stands in for AWS keeps its account here. */
    readonly cloud: string;
    /** Pulumi's file backend. */
    readonly state: string;
    /** Pulumi's own settings, which otherwise are the user's ~/.pulumi. */
    readonly pulumiHome: string;
    /** Projects as the CLI is given them. */
    readonly projects: string;
    /** Encrypts the secrets of the state; made for this sandbox. */
    readonly passphrase: string;
}

export function sandboxDirectory(root: string): SandboxDirectory {
    const absolute = path.resolve(root);
    return {
        root: absolute,
        cloud: path.join(absolute, "cloud"),
        state: path.join(absolute, "state"),
        pulumiHome: path.join(absolute, "pulumi-home"),
        projects: path.join(absolute, "projects"),
        passphrase: path.join(absolute, "passphrase"),
    };
}

/** Whether a folder was made by {@link prepareDirectory}. */
export function isSandbox(root: string): boolean {
    return existsSync(path.join(root, marker));
}

/**
 * Makes the folders of a sandbox; those that are there stay as they are.
 *
 * @throws Failure where the folder holds something else
 */
export function prepareDirectory(directory: SandboxDirectory): void {
    if (!isSandbox(directory.root)) {
        const contents = existsSync(directory.root) ? readdirSync(directory.root) : [];
        if (contents.length > 0) {
            throw notASandbox(directory.root, "expected a sandbox or an empty folder");
        }
    }
    for (const folder of [directory.root, directory.state, directory.pulumiHome, directory.projects]) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    writeOnce(path.join(directory.root, marker), `${JSON.stringify({ sandboxOf: "iot-domains" })}\n`);
    writeOnce(directory.passphrase, randomBytes(32).toString("base64url"));
}

export function notASandbox(root: string, expectation: string): Failure {
    return new Failure(
        `${root}: ${expectation}, got a folder without ${marker}; ` +
            "set IOT_DOMAINS_SANDBOX to a folder of the sandbox's own",
    );
}

/** Two processes may prepare the same sandbox: the first one's file stays. */
function writeOnce(file: string, text: string): void {
    try {
        writeFileSync(file, text, { flag: "wx", mode: 0o600 });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
}
