import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "./failure";
import type { GoTool } from "./goTool";
import { goEnvironment } from "./goToolchain";
import { makeDirectory, type Report } from "./makeDirectory";

/** How often a build that runs says how far it is. */
const progressInterval = 15_000;

/**
 * Builds a tool from Go modules into a directory.
 *
 * @throws Failure where Go cannot build it, with what Go said
 */
export async function buildGoTool(
    tool: GoTool,
    directory: string,
    isBuilt: () => Promise<boolean>,
    environment: NodeJS.ProcessEnv,
    report: Report,
): Promise<void> {
    const make = async (draft: string) => {
        const started = Date.now();
        report(`building ${tool.title} from Go modules into ${directory}: ${tool.duration}, once per machine`);
        await runGo(tool, draft, environment, report);
        for (const script of tool.scripts) {
            await copyFile(script, path.join(draft, path.basename(script)));
            await chmod(path.join(draft, path.basename(script)), 0o755);
        }
        report(`built ${tool.title} in ${seconds(started)} s`);
    };
    await makeDirectory({ title: tool.title, directory, isMade: isBuilt, make, report });
}

async function runGo(tool: GoTool, draft: string, environment: NodeJS.ProcessEnv, report: Report): Promise<void> {
    const started = Date.now();
    const progress = { downloaded: 0, compiled: 0 };
    const said: string[] = [];
    // `-v` names each package when it is compiled.
    const go = spawn("go", ["build", "-v", ...tool.buildArguments, "-o", `${draft}${path.sep}`, "tool"], {
        cwd: tool.moduleDirectory,
        env: goEnvironment(environment),
        stdio: ["ignore", "ignore", "pipe"],
    });
    createInterface({ input: go.stderr }).on("line", (line) => {
        if (line.startsWith("go: downloading ")) {
            progress.downloaded += 1;
        } else if (/^[\w./-]+$/.test(line)) {
            progress.compiled += 1;
        } else {
            said.push(line);
        }
    });
    const timer = setInterval(
        () =>
            report(
                `  ${seconds(started)} s: ${progress.downloaded} modules downloaded, ` +
                    `${progress.compiled} packages compiled`,
            ),
        progressInterval,
    );
    try {
        const [code, signal] = (await once(go, "close")) as [number | null, NodeJS.Signals | null];
        if (code !== 0) {
            throw new Failure(
                `building ${tool.title} from Go modules failed (go build: ${signal ?? `exit status ${code}`}):\n` +
                    said
                        .slice(-20)
                        .map((line) => `  ${line}\n`)
                        .join("") +
                    "Check that Go's module proxy can be reached (`go env GOPROXY`), or " +
                    tool.alternative,
            );
        }
    } finally {
        clearInterval(timer);
    }
}

function seconds(started: number): number {
    return Math.round((Date.now() - started) / 1000);
}
