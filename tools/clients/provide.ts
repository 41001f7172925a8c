import { Failure } from "../../sandbox/cli";
import { makeDirectory, type Report } from "../../sandbox/cli/makeDirectory";
import type { Client } from "./clients";
import { unpackDebianPackage } from "./debianPackage";
import { clientDirectory, findClient, type FoundClient } from "./find";
import { installAwsCli } from "./pythonPackages";

/** A client that is not there and cannot be installed. */
export interface MissingClient {
    readonly client: Client;
    /** What was looked at and tried, and what to do. */
    readonly reason: string;
}

/** Finds a client, or installs it into the user's cache where there is none: the system stays as it is. */
export async function provideClient(
    client: Client,
    environment: NodeJS.ProcessEnv,
    report: Report,
): Promise<FoundClient | MissingClient> {
    const found = await findClient(client, environment);
    if (!Array.isArray(found)) {
        return found;
    }
    const directory = clientDirectory(client, environment);
    const make = (draft: string) => {
        report(`installing ${client.programs.join(" and ")} into ${directory}, from ${originOf(client)}`);
        return install(client, draft, environment);
    };
    const isMade = async () => !Array.isArray(await findClient(client, environment));
    try {
        await makeDirectory({ title: client.name, directory, isMade, make, report });
    } catch (error) {
        // What a person can mend, a cache that cannot be written included.
        if (error instanceof Failure || (error as NodeJS.ErrnoException).code !== undefined) {
            return missing(client, [...found, (error as Error).message]);
        }
        throw error;
    }
    const installed = await findClient(client, environment);
    return Array.isArray(installed) ? missing(client, installed) : installed;
}

function install(client: Client, folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
    const { source, programs } = client;
    return "debianPackage" in source
        ? unpackDebianPackage(source.debianPackage, programs, folder, environment)
        : installAwsCli(source.requirements, folder, environment);
}

function missing(client: Client, faults: readonly string[]): MissingClient {
    const remedy = `Install ${client.programs.join(" and ")} ${client.versions} and have it on PATH: ${originOf(client)}.`;
    return { client, reason: [...faults, remedy].join("\n  ") };
}

function originOf({ source }: Client): string {
    return "debianPackage" in source ? `Debian's package ${source.debianPackage}` : "the Python package awscli";
}
