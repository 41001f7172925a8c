import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The Go module that pins the Pulumi CLI. */
export const moduleDirectory = path.resolve(__dirname, "..", "pulumi");

/** Beside the executables that Go builds: the one that Pulumi ships as a script. */
export const analyzerScript = path.join(__dirname, "pulumi-analyzer-policy");

const goMod = readFileSync(path.join(moduleDirectory, "go.mod"), "utf8");

/** The version of the CLI that the module pins; a build from modules has to be told its own version. */
export const pinnedVersion = directive(/^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m);

/** The oldest Go that builds the module. */
export const oldestGo = directive(/^go (\S+)/m);

/**
 * What `go build` is given, besides where to put the executables.
 *
 * `-mod=readonly` takes no module that go.sum does not name with its checksum, whatever the machine's settings for the
 * checksum database are: so those are left as they are.
 */
export const buildArguments = [
    "-mod=readonly",
    "-buildvcs=false",
    "-trimpath",
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinnedVersion}`,
] as const;

/**
 * Where a build of this very module lies: in IOT_DOMAINS_CLI_DIRECTORY or the user's cache, under a hash of all that
 * goes into it, so that a build is never taken for that of another revision or machine.
 *
 * Go's version is no part of it: what an older Go has built is used until the module changes, also where Go is gone.
 */
export function buildDirectory(environment: NodeJS.ProcessEnv): string {
    const parent =
        environment.IOT_DOMAINS_CLI_DIRECTORY ||
        path.join(
            environment.XDG_CACHE_HOME ?? path.join(environment.HOME ?? homedir(), ".cache"),
            "iot-domains",
            "pulumi",
        );
    const hash = createHash("sha256");
    const files = [path.join(moduleDirectory, "go.sum"), analyzerScript].map((file) => readFileSync(file, "utf8"));
    for (const part of [goMod, ...files, ...buildArguments, process.platform, process.arch]) {
        hash.update(part).update("\0");
    }
    return path.resolve(parent, hash.digest("hex").slice(0, 16));
}

function directive(pattern: RegExp): string {
    const value = pattern.exec(goMod)?.[1];
    if (value === undefined) {
        throw new Error(`${path.join(moduleDirectory, "go.mod")}: expected a line that matches ${pattern}, found none`);
    }
    return value;
}
