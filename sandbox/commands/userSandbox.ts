import { Sandbox } from "..";
import { userSandboxDirectory } from "./userSandboxDirectory";

/** Does something with the sandbox of this checkout, and closes it whatever becomes of that. */
export async function withUserSandbox<Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
    const sandbox = new Sandbox({ directory: userSandboxDirectory() });
    try {
        return await use(sandbox);
    } finally {
        sandbox.close();
    }
}
