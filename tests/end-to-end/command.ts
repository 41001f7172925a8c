import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../tools/generated";

/** How a command ended. */
export interface CommandResult {
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs a command of `commands/` in a process of its own, as `npm run` does. */
export async function runCommand(
    name: "check" | "verify",
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
): Promise<CommandResult> {
    const command = ["--require", "./tools/typescript.cjs", `commands/${name}.ts`, ...args];
    try {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
            cwd: root,
            env: { ...process.env, ...environment },
            maxBuffer: 64 << 20,
        });
        return { exitCode: 0, stdout, stderr };
    } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { exitCode: code, stdout, stderr };
    }
}

/** What a command wrote as JSON, with its exit status. @throws Error with what it wrote in place of that */
export function reportOf<Report>({ exitCode, stdout, stderr }: CommandResult): Report & { readonly exitCode: number } {
    if (!stdout.startsWith("{")) {
        throw new Error(`no report, but exit status ${exitCode}: ${stdout}${stderr}`);
    }
    return { ...(JSON.parse(stdout) as Report), exitCode };
}
