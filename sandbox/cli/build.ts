import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import lockfile from "proper-lockfile";
import { Failure } from "./failure";
import type { GoTool } from "./goTool";
import { goEnvironment } from "./goToolchain";

/** Takes one line of progress. */
export type Report = (line: string) => void;

const draftSuffix = ".draft";

/** How often a build that runs says how far it is. */
const progressInterval = 15_000;

/** A lock not renewed for this long belongs to a process that was killed. */
const staleLock = 10_000;

/**
 * Builds a tool from Go modules into a directory.
 *
 * The directory comes into being whole: what is built lies under another name until it is complete. Processes that
 * build at the same time wait for the first and take what it has made.
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
    await mkdir(path.dirname(directory), { recursive: true });
    const release = await lockBuild(tool, directory, report);
    try {
        if (await isBuilt()) {
            return;
        }
        await removeDrafts(directory);
        const draft = `${directory}.${process.pid}${draftSuffix}`;
        const started = Date.now();
        report(`building ${tool.title} from Go modules into ${directory}: ${tool.duration}, once per machine`);
        await runGo(tool, draft, environment, report);
        for (const script of tool.scripts) {
            await copyFile(script, path.join(draft, path.basename(script)));
            await chmod(path.join(draft, path.basename(script)), 0o755);
        }
        await rm(directory, { recursive: true, force: true });
        await rename(draft, directory);
        report(`built ${tool.title} in ${seconds(started)} s`);
    } finally {
        await release();
    }
}

async function lockBuild(tool: GoTool, directory: string, report: Report): Promise<() => Promise<void>> {
    const options = {
        realpath: false,
        stale: staleLock,
        // A machine that slept loses its lock. Two builds then waste work, no more: each has a name of its own.
        onCompromised: () => report("the build's lock was lost; the build goes on"),
    };
    if (await lockfile.check(directory, { realpath: false, stale: staleLock })) {
        report(`another process is building ${tool.title}: waiting for it`);
    }
    return lockfile.lock(directory, {
        ...options,
        retries: { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 },
    });
}

async function removeDrafts(directory: string): Promise<void> {
    const parent = path.dirname(directory);
    const drafts = (await readdir(parent)).filter(
        (name) => name.startsWith(`${path.basename(directory)}.`) && name.endsWith(draftSuffix),
    );
    await Promise.all(drafts.map((name) => rm(path.join(parent, name), { recursive: true, force: true })));
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
        if (go.exitCode !== 0) {
            await rm(draft, { recursive: true, force: true });
        }
    }
}

function seconds(started: number): number {
    return Math.round((Date.now() - started) / 1000);
}
