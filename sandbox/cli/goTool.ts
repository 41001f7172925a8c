import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Something that is built from a Go module of this repository: its `tool` directives say what. */
export interface GoTool {
    /** What a person calls it: `the Pulumi CLI 3.192.0`. */
    readonly title: string;
    /** How long a build takes where nothing is cached. */
    readonly duration: string;
    /** The folder with go.mod and go.sum. */
    readonly moduleDirectory: string;
    /** What `go build` is given, besides where to put the executables. */
    readonly buildArguments: readonly string[];
    /** Scripts that lie beside the executables. */
    readonly scripts: readonly string[];
    /** The folder for builds below the user's cache of this project. */
    readonly cacheFolder: string;
    /** What to do where it cannot be built, besides looking whether Go's module proxy can be reached. */
    readonly alternative: string;
}

/**
 * Arguments of every build.
 *
 * `-mod=readonly` takes no module that go.sum does not name with its checksum, whatever the machine's settings for the
 * checksum database are: so those are left as they are.
 */
export const commonBuildArguments = ["-mod=readonly", "-buildvcs=false", "-trimpath"] as const;

/**
 * Where a build of this very module lies: in IOT_DOMAINS_CLI_DIRECTORY or the user's cache, under a hash of all that
 * goes into it, so that a build is never taken for that of another revision or machine.
 *
 * Go's version is no part of it: what an older Go has built is used until the module changes, also where Go is gone.
 */
export function buildDirectoryOf(tool: GoTool, environment: NodeJS.ProcessEnv): string {
    const parent = environment.IOT_DOMAINS_CLI_DIRECTORY || path.join(cacheDirectory(environment), tool.cacheFolder);
    const hash = createHash("sha256");
    const files = ["go.mod", "go.sum"].map((name) => path.join(tool.moduleDirectory, name));
    const texts = [...files, ...tool.scripts].map((file) => readFileSync(file, "utf8"));
    for (const part of [...texts, ...tool.buildArguments, process.platform, process.arch]) {
        hash.update(part).update("\0");
    }
    return path.resolve(parent, hash.digest("hex").slice(0, 16));
}

/** The user's cache of this project. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
    const cache = environment.XDG_CACHE_HOME ?? path.join(environment.HOME ?? homedir(), ".cache");
    return path.join(cache, "iot-domains");
}

/** @throws Error where a go.mod has no such line */
export function directiveIn(moduleDirectory: string, pattern: RegExp): string {
    const file = path.join(moduleDirectory, "go.mod");
    const value = pattern.exec(readFileSync(file, "utf8"))?.[1];
    if (value === undefined) {
        throw new Error(`${file}: expected a line that matches ${pattern}, found none`);
    }
    return value;
}
