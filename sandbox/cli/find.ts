import path from "node:path";
import type { Report } from "./makeDirectory";
import { executables, pathFolders } from "./executables";
import { Failure } from "./failure";
import { buildDirectory, oldestGo, pulumiCli } from "./goModule";
import { findGoFault } from "./goToolchain";
import { inspectCli, type PulumiCli } from "./inspect";
import { supportedVersions } from "./supported";

export interface FindOptions {
    /** Where PATH, the cache and IOT_DOMAINS_CLI_DIRECTORY are read from. @default process.env */
    readonly environment?: NodeJS.ProcessEnv;
    /** Whether a CLI may be built where none is found. @default true */
    readonly build?: boolean;
    /** @default lines on standard error, which leaves standard output to Pulumi */
    readonly report?: Report;
}

/**
 * Finds the Pulumi CLI: an installed one on PATH, else an earlier build of this project's, else it builds one.
 *
 * @throws Failure where there is none and none can be built: what was looked at, and the ways to get one
 */
export async function findPulumiCli(options: FindOptions = {}): Promise<PulumiCli> {
    const { environment = process.env, build = true, report = (line) => console.error(line) } = options;
    const faults: string[] = [];

    for (const executable of new Set(executables("pulumi", pathFolders(environment)))) {
        const found = await inspectCli(executable, `the first on PATH of a version ${supportedVersions}`, environment);
        if (!("unusable" in found)) {
            return found;
        }
        faults.push(found.unusable);
    }
    if (faults.length === 0) {
        faults.push("pulumi: found none on PATH");
    }

    const directory = buildDirectory(environment);
    const built = path.join(directory, "pulumi");
    const inspectBuilt = (reason: string) => inspectCli(built, reason, environment);
    const earlier = await inspectBuilt("built from Go modules earlier, as PATH has none that fits");
    if (!("unusable" in earlier)) {
        return earlier;
    }
    faults.push(`${directory}: found no earlier build`);

    if (!build) {
        throw notFound(faults);
    }
    const fault = await findGoFault(environment);
    if (fault !== undefined) {
        throw notFound([...faults, fault.unusable]);
    }
    const { buildGoTool } = await import("./build");
    const isBuilt = async () => !("unusable" in (await inspectBuilt("")));
    await buildGoTool(pulumiCli, directory, isBuilt, environment, report);
    const fresh = await inspectBuilt("built from Go modules just now, as PATH has none that fits");
    if ("unusable" in fresh) {
        throw notFound([...faults, fresh.unusable]);
    }
    return fresh;
}

/** Where Pulumi's SDK ships the plugin for dynamic resources, `pulumi-resource-pulumi-nodejs`. */
export const sdkDirectory = path.dirname(require.resolve("@pulumi/pulumi/package.json"));

/**
 * An environment in which a CLI and everything that it starts find that CLI's own helpers first.
 *
 * The SDK's come last: an installed CLI has all helpers beside itself, a build from Go modules lacks those that are scripts
 * of the SDK.
 */
export function withCli(cli: PulumiCli, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const others = pathFolders(environment).filter((folder) => folder !== cli.directory);
    return { ...environment, PATH: [cli.directory, ...others, sdkDirectory].join(path.delimiter) };
}

function notFound(faults: readonly string[]): Failure {
    return new Failure(
        [
            "no Pulumi CLI that can run this project:",
            ...faults.map((fault) => `  ${fault}`),
            "Any of these gives one:",
            `  - install Pulumi ${supportedVersions} and have it on PATH: https://www.pulumi.com/docs/install/`,
            `  - have Go ${oldestGo} or newer on PATH, and Go's module proxy in reach: it is then built by itself`,
            "  - set IOT_DOMAINS_CLI_DIRECTORY to a folder that another checkout or machine of this kind has built into",
        ].join("\n"),
    );
}
