import path from "node:path";
import { Sandbox } from "..";

/** Where the sandbox of this checkout lies: IOT_DOMAINS_SANDBOX, else `.sandbox` in the repository. */
export function userSandboxDirectory(environment: NodeJS.ProcessEnv = process.env): string {
    return path.resolve(environment.IOT_DOMAINS_SANDBOX ?? path.join(__dirname, "..", "..", ".sandbox"));
}

/** The sandbox that the commands work on. */
export function userSandbox(): Sandbox {
    return new Sandbox({ directory: userSandboxDirectory() });
}
