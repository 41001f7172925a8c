import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { executables, pathFolders } from "./executables";
import { helpersOf, isSupported, supportedVersions } from "./supported";

/** A Pulumi CLI that can run this project. */
export interface PulumiCli {
    readonly executable: string;
    /** The executable's folder. */
    readonly directory: string;
    readonly version: string;
    /** Why this one was taken. */
    readonly reason: string;
}

/** A CLI that cannot be used, and why. */
export interface Unusable {
    readonly unusable: string;
}

/** Generous: the first start of an executable on a busy machine takes seconds. */
const versionTimeout = 30_000;

/** Asks an executable for its version and looks for what it needs beside itself. */
export async function inspectCli(
    executable: string,
    reason: string,
    environment: NodeJS.ProcessEnv,
): Promise<PulumiCli | Unusable> {
    let printed: string;
    try {
        const { stdout } = await promisify(execFile)(executable, ["version"], {
            env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
            timeout: versionTimeout,
        });
        printed = stdout.trim();
    } catch (error) {
        return { unusable: `${executable}: \`pulumi version\` failed: ${firstLine(error)}` };
    }
    const version = semver.clean(printed);
    if (version === null) {
        return {
            unusable: `${executable}: expected a version from \`pulumi version\`, got ${JSON.stringify(printed)}`,
        };
    }
    if (!isSupported(version)) {
        return { unusable: `${executable}: expected a version ${supportedVersions}, got ${version}` };
    }
    const directory = path.dirname(executable);
    const folders = [directory, path.dirname(realpathSync(executable)), ...pathFolders(environment)];
    const missing = helpersOf(version).filter((name) => executables(name, folders).length === 0);
    if (missing.length > 0) {
        return { unusable: `${executable}: expected ${missing.join(" and ")} beside it or on PATH, found none` };
    }
    return { executable, directory, version, reason };
}

function firstLine(error: unknown): string {
    return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}
