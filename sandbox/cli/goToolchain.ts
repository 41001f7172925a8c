import { execFile } from "node:child_process";
import { promisify } from "node:util";
import semver from "semver";
import type { Unusable } from "./inspect";
import { oldestGo } from "./goModule";

/**
 * The environment of the build: Go's module proxy and nothing else.
 *
 * A proxy of one's own (GOPROXY) stays in force. Go may not fetch sources from version control (GOVCS) or another
 * toolchain (GOTOOLCHAIN), and settings for other projects (GOFLAGS, GOWORK, GOOS, GOARCH) stay out. Without cgo no C
 * compiler is needed.
 */
export function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
        ...environment,
        GOOS: "",
        GOARCH: "",
        GO111MODULE: "on",
        GOTOOLCHAIN: "local",
        GOVCS: "*:off",
        GOWORK: "off",
        GOFLAGS: "",
        CGO_ENABLED: "0",
    };
}

/** Says why the Go on PATH cannot build the CLI; nothing where it can. */
export async function findGoFault(environment: NodeJS.ProcessEnv): Promise<Unusable | undefined> {
    let printed: string;
    try {
        const { stdout } = await promisify(execFile)("go", ["env", "GOVERSION"], { env: goEnvironment(environment) });
        printed = stdout.trim();
    } catch (error) {
        return { unusable: `go: expected Go ${oldestGo} or newer on PATH, ${describe(error)}` };
    }
    const version = semver.coerce(printed);
    if (version === null || semver.lt(version, oldestGo)) {
        return { unusable: `go: expected Go ${oldestGo} or newer on PATH, got ${printed}` };
    }
    return undefined;
}

function describe(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "found none" : `got: ${message}`;
}
