import path from "node:path";

/** Where the sandbox of this checkout lies: IOT_DOMAINS_SANDBOX, else `.sandbox` in the repository. */
export function userSandboxDirectory(environment: NodeJS.ProcessEnv = process.env): string {
    return path.resolve(environment.IOT_DOMAINS_SANDBOX || path.join(__dirname, "..", "..", ".sandbox"));
}
