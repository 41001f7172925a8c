import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import type { CheckFinding, CheckReport } from "../../commands/check/finding";

const repository = path.resolve(__dirname, "../..");

/** How the command ended. */
export interface CheckResult {
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** A project of its own with this repository's program, and a sandbox for it. */
export class CheckedProject {
    readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-check-test-"));
    readonly sandbox = path.join(this.directory, "sandbox");
    readonly folder = path.join(this.directory, "project");

    /** @param plugins What stands in for AWS where not the sandbox, but the user's own engine is run. */
    constructor(plugins?: readonly { readonly name: string; readonly path: string }[]) {
        fs.mkdirSync(this.folder);
        this.write("Pulumi.yaml", {
            name: "iot-domains",
            runtime: { name: "nodejs", options: { typescript: false } },
            main: path.join(repository, "program") + path.sep,
            ...(plugins && { plugins: { providers: plugins } }),
        });
    }

    /** Writes a file of the project: a text, or what is to stand in a YAML or JSON file. */
    write(name: string, content: string | object): string {
        const file = path.join(this.folder, name);
        const text = name.endsWith(".json") ? JSON.stringify(content) : stringify(content, { version: "1.1" });
        fs.writeFileSync(file, typeof content === "string" ? content : text);
        return file;
    }

    read(name: string): string {
        return fs.readFileSync(path.join(this.folder, name), "utf8");
    }

    /** Runs the command in the project, as a person does. */
    check(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CheckResult> {
        return runCheck(["--cwd", this.folder, ...args], {
            INIT_CWD: this.folder,
            IOT_DOMAINS_SANDBOX: this.sandbox,
            ...environment,
        });
    }

    /** The report of a check that has to end with a certain status. */
    async report(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ReadReport> {
        const { stdout, stderr, exitCode } = await this.check([...args, "--format", "json"], environment);
        if (!stdout.startsWith("{")) {
            throw new Error(`no report, but exit status ${exitCode}: ${stdout}${stderr}`);
        }
        return { ...(JSON.parse(stdout) as CheckReport), exitCode };
    }

    remove(): void {
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}

/** A report that the command wrote, and how it ended. */
export type ReadReport = CheckReport & { readonly exitCode: number };

/** Runs the command. */
export async function runCheck(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CheckResult> {
    const command = ["--require", "./tools/typescript.cjs", "commands/check.ts", ...args];
    try {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
            cwd: repository,
            env: { ...process.env, ...environment },
            maxBuffer: 64 << 20,
        });
        return { exitCode: 0, stdout, stderr };
    } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { exitCode: code, stdout, stderr };
    }
}

/** What a test compares of findings: rule, level, line and resource. */
export function outline(findings: readonly CheckFinding[]): string[] {
    return findings.map(({ rule, level, location, resource }) =>
        [level, rule, `line ${location?.line}`, resource?.name ?? "the stack"].join(", "),
    );
}
