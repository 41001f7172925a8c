import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { executables, pathFolders } from "../../sandbox/cli/executables";
import { cacheDirectory } from "../../sandbox/cli/goTool";
import type { Client } from "./clients";

/** A client that is there. */
export interface FoundClient {
    readonly client: Client;
    /** The folder with its programs. */
    readonly folder: string;
    readonly version: string;
}

/** Generous: the first start of a Python program on a busy machine takes seconds. */
const versionTimeout = 60_000;

/** Where clients lie that were installed for these tests, each in a folder of its own with a folder `bin`. */
export function clientsDirectory(environment: NodeJS.ProcessEnv): string {
    return path.join(cacheDirectory(environment), "clients");
}

/** The folder that a client is installed into. */
export function clientDirectory(client: Client, environment: NodeJS.ProcessEnv): string {
    return path.join(clientsDirectory(environment), client.name);
}

/**
 * Finds a client on PATH, else where it was installed for these tests.
 *
 * @returns why none fits, a line for each that was looked at, where there is none
 */
export async function findClient(client: Client, environment: NodeJS.ProcessEnv): Promise<FoundClient | string[]> {
    const [first = "", ...others] = client.programs;
    const folders = [...pathFolders(environment), path.join(clientDirectory(client, environment), "bin")];
    const faults: string[] = [];
    for (const executable of new Set(executables(first, folders))) {
        const folder = path.dirname(executable);
        const missing = others.filter((program) => executables(program, [folder]).length === 0);
        const version = await versionOf(executable, client, environment);
        if (missing.length > 0) {
            faults.push(`${executable}: expected ${missing.join(", ")} beside it, found none`);
        } else if (version === undefined || !fits(version, client)) {
            faults.push(`${executable}: expected a version ${client.versions}, got ${version ?? "another program"}`);
        } else {
            return { client, folder, version };
        }
    }
    return faults.length === 0 ? [`${client.programs.join(", ")}: found none on PATH`] : faults;
}

/** An environment in which what was found is what runs, before anything else of the same name. */
export function withClients(found: readonly FoundClient[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const folders = new Set([...found.map(({ folder }) => folder), ...pathFolders(environment)]);
    return { ...environment, PATH: [...folders].join(path.delimiter) };
}

async function versionOf(
    executable: string,
    client: Client,
    environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
    const options = { env: environment, timeout: versionTimeout };
    // Some say it on standard error, and mosquitto_pub of old ends with status 1.
    const { stdout, stderr } = await promisify(execFile)(executable, client.versionArguments, options).catch(
        (error: { stdout?: string; stderr?: string }) => error,
    );
    return client.version.exec(`${stdout}${stderr}`.trim())?.[1];
}

function fits(version: string, { versions }: Client): boolean {
    const coerced = semver.coerce(version);
    return coerced !== null && semver.satisfies(coerced, versions);
}
