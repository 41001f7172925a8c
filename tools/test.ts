/**
 * `npm test`: everything that has to hold. Lint, types and format count as one check each, then come all tests. What
 * failed is told once more at the end, for a log of thousands of lines is often cut to its last. The last line is
 * `N passed, N failed`; a test that is skipped or singled out has failed.
 *
 * `npm run test:unit` runs the tests that need no engine: under half a minute. `npm run test:clients` runs those with
 * clients of others, every one of which has to be there then.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { clients } from "./clients/clients";
import { provideClient } from "./clients/provide";

interface Counts {
    readonly passed: number;
    readonly failed: number;
    /** What failed, each with its title and reason, as far as the step knows it. */
    readonly failures: readonly string[];
}

interface Step {
    readonly title: string;
    readonly run: () => Promise<Counts>;
}

const root = path.resolve(__dirname, "..");
const endToEnd = "tests/end-to-end/**/*.test.ts";
const withClients = "tests/clients/*.test.ts";

/** Test files share nothing: each has folders and a sandbox of its own. */
const twoAtATime = ["--parallel", "--jobs", "2"];

/** Tests of the sandbox itself make real keys and start processes by the dozen: they are not for every save of a file. */
const ofTheSandbox = "tests/unit/{cli,cloud,providers}/**/*.test.ts";

const quickSteps: readonly Step[] = [
    tests("unit, components", ["tests/{unit,components}/**/*.test.ts", "--ignore", ofTheSandbox, ...twoAtATime]),
];

const allSteps: readonly Step[] = [
    check("lint", "eslint", ["."]),
    check("types", "tsc", ["--noEmit"]),
    check("format", "prettier", ["--check", "--log-level", "warn", "."]),
    check("Pulumi CLI", process.execPath, ["--require", "./tools/typescript.cjs", "sandbox/cli/which.ts", "--build"]),
    tests("unit, components, policies", [
        ...["tests/**/*.test.ts", "--ignore", endToEnd, "--ignore", withClients],
        ...twoAtATime,
    ]),
    tests("end to end", [endToEnd, ...twoAtATime]),
    { title: "clients of others", run: () => testWithClients("those that are there") },
];

const clientSteps: readonly Step[] = [{ title: "clients of others", run: () => testWithClients("every one") }];

function passed(count: number): Counts {
    return { passed: count, failed: 0, failures: [] };
}

function failed(...failures: readonly string[]): Counts {
    return { passed: 0, failed: failures.length, failures };
}

function sum(one: Counts, other: Counts): Counts {
    return {
        passed: one.passed + other.passed,
        failed: one.failed + other.failed,
        failures: [...one.failures, ...other.failures],
    };
}

/** A command that passes or fails as a whole. */
function check(title: string, command: string, args: readonly string[]): Step {
    return {
        title,
        run: async () => ((await run(command, args)) === 0 ? passed(1) : failed(`${title} did not pass`)),
    };
}

/** Tests that mocha runs and counts. */
function tests(title: string, args: readonly string[]): Step {
    return { title, run: () => runMocha(args) };
}

/**
 * Tests with the clients that there are, or that can be installed into the user's cache: each has a file of its name, and
 * another file is for all of them together. A machine may be without: then it is said which are missing, and what to do.
 */
async function testWithClients(needed: "every one" | "those that are there"): Promise<Counts> {
    const provided = [];
    for (const client of clients) {
        provided.push(await provideClient(client, process.env, console.log));
    }
    const missing = provided.flatMap((each) => ("reason" in each ? [each] : []));
    for (const { client, reason } of missing) {
        console.log(`${client.name}: NOT TESTED, for it is not there\n  ${reason}`);
    }
    const present = provided.filter((each) => !("reason" in each)).map(({ client }) => client.name);
    const names = missing.length === 0 ? [...present, "all"] : present;
    const files = names.map((name) => `tests/clients/${name}.test.ts`);
    const counts = files.length === 0 ? passed(0) : await runMocha(files);
    const absent = failed(...missing.map(({ client, reason }) => `${client.name} is not there\n${reason}`));
    return needed === "every one" ? sum(counts, absent) : counts;
}

async function runMocha(args: readonly string[]): Promise<Counts> {
    const folder = mkdtempSync(path.join(tmpdir(), "iot-domains-counts-"));
    const file = path.join(folder, "counts.json");
    try {
        const status = await run("mocha", [
            ...args,
            "--forbid-pending",
            "--forbid-only",
            "--reporter",
            path.join(__dirname, "countingReporter.cjs"),
            "--reporter-option",
            `counts=${file}`,
        ]);
        return accountable(readCounts(file), status);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** No test at all, or an end that the counts do not explain, is a failure too. */
function accountable(counts: Counts, status: number | null): Counts {
    const unexplained = counts.failed === 0 && (status !== 0 || counts.passed === 0);
    const why = `mocha ended with ${String(status)} after ${counts.passed} tests that passed and none that failed`;
    return unexplained ? sum(counts, failed(why)) : counts;
}

function readCounts(file: string): Counts {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Counts;
    } catch {
        return passed(0);
    }
}

async function run(command: string, args: readonly string[]): Promise<number | null> {
    const binaries = path.join(root, "node_modules", ".bin");
    const child = spawn(command, args, {
        cwd: root,
        env: { ...process.env, PATH: [binaries, process.env.PATH].join(path.delimiter) },
        stdio: ["ignore", "inherit", "inherit"],
    });
    const [status] = (await once(child, "close")) as [number | null];
    return status;
}

async function main(): Promise<void> {
    const flag = { type: "boolean", default: false } as const;
    const { values } = parseArgs({ options: { quick: flag, clients: flag } });
    const steps = values.quick ? quickSteps : values.clients ? clientSteps : allSteps;
    let total = passed(0);
    for (const { title, run: runStep } of steps) {
        console.log(`\n== ${title}`);
        const started = Date.now();
        const counts = await runStep();
        total = sum(total, counts);
        const seconds = Math.round((Date.now() - started) / 1000);
        console.log(`== ${title}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
    }
    process.exitCode = total.failed === 0 ? 0 : 1;
    total.failures.forEach((failure, index) => console.log(`\n== failed, ${index + 1}: ${failure}`));
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
});
