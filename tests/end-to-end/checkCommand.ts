import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import type { CheckFinding, CheckReport } from "../../commands/check/finding";
import { root } from "../../tools/generated";
import { reportOf, runCommand, type CommandResult } from "./command";

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
            main: path.join(root, "program") + path.sep,
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
    check(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
        return runCommand("check", ["--cwd", this.folder, ...args], {
            INIT_CWD: this.folder,
            IOT_DOMAINS_SANDBOX: this.sandbox,
            ...environment,
        });
    }

    /** The report of a check that has to end with a certain status. */
    async report(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ReadReport> {
        return reportOf<CheckReport>(await this.check([...args, "--format", "json"], environment));
    }

    remove(): void {
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}

/** A report that the command wrote, and how it ended. */
export type ReadReport = CheckReport & { readonly exitCode: number };

/** What a test compares of findings: rule, level, line and resource. */
export function outline(findings: readonly CheckFinding[]): string[] {
    return findings.map(({ rule, level, location, resource }) =>
        [level, rule, `line ${location?.line}`, resource?.name ?? "the stack"].join(", "),
    );
}
