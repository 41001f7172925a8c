import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { packFolder } from "../policies/client/packClient";
import { Sandbox } from "../sandbox";
import { root } from "../tools/generated";
import { wholeNumbers } from "./arguments";
import { machine } from "./machine";
import { measure, type Measurement } from "./measure";
import { countResources, programConfiguration, stack } from "./stacks";
import { median } from "./statistics";

/** What is installed beside the project, and never into it. */
const versions = { cdk: "2.276.0", checkov: "3.3.30" };

/** What `cdk init app --language typescript` has in its package.json, and how its cdk.json starts the app. */
const initialized = {
    dependencies: {
        "aws-cdk-lib": versions.cdk,
        constructs: "10.8.1",
        "ts-node": "10.9.2",
        typescript: "5.9.3",
        "@types/node": "24.10.1",
    },
    start: ["node_modules/ts-node/dist/bin.js", "--prefer-ts-exts", "app.ts"],
    /** The compiler options of its tsconfig.json. */
    compilerOptions: {
        target: "ES2022",
        module: "NodeNext",
        moduleResolution: "NodeNext",
        lib: ["es2022"],
        declaration: true,
        strict: true,
        noImplicitAny: true,
        strictNullChecks: true,
        noImplicitThis: true,
        alwaysStrict: true,
        noUnusedLocals: false,
        noUnusedParameters: false,
        noImplicitReturns: true,
        noFallthroughCasesInSwitch: false,
        inlineSourceMap: true,
        inlineSources: true,
        experimentalDecorators: true,
        strictPropertyInitialization: false,
        skipLibCheck: true,
        typeRoots: ["./node_modules/@types"],
    },
};

interface Options {
    readonly sizes: readonly number[];
    readonly rounds: number;
    readonly tools: string;
}

/** One side of the comparison: steps that follow one another. */
interface Side {
    readonly name: string;
    readonly run: () => Promise<Measurement>;
}

const command = new Command("bench:peers")
    .description(
        "Measures a preview of this program with its policy pack beside CDK's synth followed by Checkov on its templates, for about " +
            "as many resources of the same kinds. Installs both with npm and pip into a folder of their own, on first use.",
    )
    .option("--sizes <list>", "resources, about", wholeNumbers, [5, 150, 2500])
    .option("--rounds <number>", "counted rounds after a warm-up", (text) => wholeNumbers(text)[0] ?? 3, 3)
    .option("--tools <folder>", "where CDK and Checkov are kept", path.join(os.tmpdir(), "iot-domains-peers"))
    .action(bench);

async function bench({ sizes, rounds, tools }: Options): Promise<void> {
    install(tools);
    const table = new Table({ head: ["resources, about", "", "seconds", "MB"], style: { head: [], border: [] } });
    for (const size of sizes) {
        const { sides, remove } = await sidesOf(size, tools);
        try {
            const measured = new Map<string, Measurement[]>();
            for (let round = 0; round <= rounds; round++) {
                for (const { name, run } of sides) {
                    const result = await run();
                    if (round > 0) {
                        measured.set(name, [...(measured.get(name) ?? []), result]);
                    }
                    console.error(`${size}, ${round === 0 ? "warm-up" : `round ${round}`}: ${name}: ${words(result)}`);
                }
            }
            for (const { name } of sides) {
                const runs = measured.get(name) ?? [];
                const middle = (of: (run: Measurement) => number) => median(runs.map(of));
                const seconds = middle((run) => run.seconds).toFixed(2);
                table.push([size, name, seconds, middle((run) => run.megabytes).toFixed(0)]);
            }
        } finally {
            remove();
        }
    }
    console.log(`Medians of ${rounds}; ${machine()}; aws-cdk-lib ${versions.cdk}, Checkov ${versions.checkov}`);
    console.log(table.toString());
}

const words = ({ seconds, megabytes }: Measurement) => `${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;

function install(tools: string): void {
    fs.mkdirSync(tools, { recursive: true });
    const run = (file: string, ...args: string[]) => execFileSync(file, args, { cwd: tools, stdio: "inherit" });
    const manifest = path.join(tools, "node_modules", "package.json");
    const { dependencies, compilerOptions } = initialized;
    const wanted = JSON.stringify({ private: true, dependencies });
    if (!fs.existsSync(manifest) || fs.readFileSync(manifest, "utf8") !== wanted) {
        fs.writeFileSync(path.join(tools, "package.json"), wanted);
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund");
        fs.writeFileSync(manifest, wanted);
    }
    if (!fs.existsSync(checkov(tools))) {
        run("python3", "-m", "venv", "venv");
        run(path.join("venv", "bin", "pip"), "install", "--quiet", `checkov==${versions.checkov}`);
    }
    const app = fs.readFileSync(path.join(root, "bench", "peers", "app.js"), "utf8");
    fs.writeFileSync(path.join(tools, "app.js"), app);
    fs.writeFileSync(path.join(tools, "app.ts"), inTypeScript(app));
    fs.writeFileSync(path.join(tools, "tsconfig.json"), JSON.stringify({ compilerOptions, exclude: ["node_modules"] }));
}

/** The same app with the imports and types that TypeScript asks for. */
function inTypeScript(app: string): string {
    return app
        .replace('"use strict";', "")
        .replace(/const (\{[^}]+\}) = require\("aws-cdk-lib"\);/, 'import $1 from "aws-cdk-lib";')
        .replace("let stack;", "let stack!: Stack;");
}

const checkov = (tools: string) => path.join(tools, "venv", "bin", "checkov");

async function sidesOf(size: number, tools: string): Promise<{ sides: Side[]; remove: () => void }> {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-bench-"));
    const out = path.join(scratch, "templates");
    const environment = { PAIRS: String(Math.max(1, Math.round(size / 5))), OUT: out };
    const synth =
        (...app: readonly string[]) =>
        () =>
            started(process.execPath, app, tools, environment);
    const check = () =>
        started(checkov(tools), ["-d", out, "--framework", "cloudformation", "--compact", "--quiet"], tools);
    const sandbox = new Sandbox({
        directory: path.join(scratch, "sandbox"),
        configurations: { [stack]: programConfiguration(await domainsFor(size, scratch), ["us-east-1"]) },
    });
    await sandbox.prepareStack(stack);
    const preview = (...args: readonly string[]) =>
        measured(() => sandbox.startPulumi(["preview", ...args], { stack }), [0]);
    return {
        sides: [
            { name: "CDK synth, as cdk init sets it up", run: () => measured(synth(...initialized.start)) },
            { name: "CDK synth, plain JavaScript", run: () => measured(synth("app.js")) },
            // It ends with 1 where it has found something.
            { name: "Checkov on the templates", run: () => measured(check, [0, 1]) },
            { name: "this program's preview with the pack", run: () => preview("--policy-pack", packFolder) },
            { name: "this program's preview", run: () => preview() },
        ],
        remove: () => {
            sandbox.close();
            fs.rmSync(scratch, { recursive: true, force: true });
        },
    };
}

/** Domains for about that many resources, by what the first two domains come to. */
async function domainsFor(size: number, scratch: string): Promise<number> {
    const counted = async (domains: number) => {
        const directory = path.join(scratch, `count-${domains}`);
        const sandbox = new Sandbox({
            directory,
            configurations: { [stack]: programConfiguration(domains, ["us-east-1"]) },
        });
        await sandbox.prepareStack(stack);
        const count = await countResources(sandbox);
        sandbox.close();
        return count;
    };
    const [one, two] = [await counted(1), await counted(2)];
    return Math.max(1, Math.round((size - one) / (two - one)) + 1);
}

async function started(file: string, args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}) {
    return Promise.resolve(
        spawn(file, args, { cwd, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] }),
    );
}

/** @throws {Error} where the command fails: its figures would be of something else. */
async function measured(start: Parameters<typeof measure>[0], expected: readonly number[] = [0]): Promise<Measurement> {
    const result = await measure(start);
    if (!expected.includes(result.exitCode ?? -1)) {
        throw new Error(`a command of the comparison ended with ${result.exitCode}`);
    }
    return result;
}

void command.parseAsync();
