import semver from "semver";

/**
 * The Pulumi CLIs that this project runs on: from the one that its tests build to the next major version, which may
 * change anything.
 */
export const supportedVersions = ">=3.192.0 <4.0.0";

/** What a CLI starts by name and what has to lie beside it or on PATH, with the versions that need it. */
const helpers: readonly { readonly name: string; readonly versions: string }[] = [
    { name: "pulumi-language-nodejs", versions: "*" },
    // From 3.221 on the language host runs policy packs.
    { name: "pulumi-analyzer-policy", versions: "<3.221.0" },
];

/** Whether a version, a pre-release of the next minor one included, is one that this project runs on. */
export function isSupported(version: string): boolean {
    return semver.satisfies(version, supportedVersions, { includePrerelease: true });
}

/** The executables that a CLI of a version needs besides itself. */
export function helpersOf(version: string): string[] {
    return helpers
        .filter(({ versions }) => semver.satisfies(version, versions, { includePrerelease: true }))
        .map(({ name }) => name);
}
