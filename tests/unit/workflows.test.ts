import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { parseArguments } from "../../commands/check/arguments";
import { formats } from "../../commands/check/formats";

const root = path.resolve(__dirname, "../..");
const files = [".github/workflows", "examples/workflows"]
    .flatMap((folder) => fs.readdirSync(path.join(root, folder)).map((name) => path.join(folder, name)))
    .filter((file) => !path.basename(file).startsWith("gitlab"));

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
    readonly if?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly steps: readonly Step[];
}

interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: Readonly<Record<string, Job>>;
}

function read(file: string): string {
    return fs.readFileSync(path.join(root, file), "utf8");
}

function parseWorkflow(file: string): Workflow {
    return parse(read(file)) as Workflow;
}

/** Whether a step runs what a pull request may have changed: its scripts or its dependencies'. */
function runsRepository({ run = "" }: Step): boolean {
    return /\b(npm|npx|node|pulumi)\b/.test(run);
}

describe("the workflows for GitHub Actions", () => {
    for (const file of files) {
        describe(file, () => {
            const text = read(file);
            const workflow = parseWorkflow(file);
            const jobs = Object.values(workflow.jobs);
            const steps = jobs.flatMap((job) => job.steps);

            it("names every action by its commit, with the version that it is", () => {
                const uses = text.split("\n").filter((line) => /\buses:/.test(line));
                assert.ok(uses.length > 0);
                for (const line of uses) {
                    assert.match(line, /uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
                }
            });

            it("gives a pull request of a fork no secret and no right to write", () => {
                assert.ok(!Object.keys(workflow.on).includes("pull_request_target"));
                assert.ok(Object.values(workflow.permissions).every((permission) => permission === "read"));
                for (const job of jobs) {
                    const isTrusted = Object.values(job.permissions ?? {}).includes("write");
                    const hasSecrets = JSON.stringify(job).includes("secrets.");
                    assert.ok(
                        !(isTrusted || hasSecrets) ||
                            /head\.repo\.full_name == github\.repository|needs\./.test(job.if ?? ""),
                    );
                }
            });

            it("lets no job that runs the repository's code write on GitHub", () => {
                for (const { permissions = {}, steps: own } of jobs.filter((job) => job.steps.some(runsRepository))) {
                    const written = Object.keys(permissions).filter((name) => permissions[name] === "write");
                    // The pack's example leaves the preview and the comment to one step of Pulumi's action.
                    const isPulumis = own.some((step) => step.with?.["comment-on-pr"] === true);
                    assert.deepEqual(
                        written.filter((name) => name !== "id-token"),
                        isPulumis ? ["pull-requests"] : [],
                    );
                }
            });

            it("keeps the token out of the checkout, and secrets and credentials out of installing", () => {
                for (const step of steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))) {
                    assert.equal(step.with?.["persist-credentials"], false);
                }
                for (const job of jobs) {
                    const positionOf = (test: RegExp, from: readonly (string | undefined)[]) =>
                        from.findLastIndex((value) => test.test(value ?? ""));
                    const installed = positionOf(
                        /npm (ci|install)/,
                        job.steps.map(({ run }) => run),
                    );
                    const trusted = job.steps.findIndex(({ uses }) => /configure-aws-credentials/.test(uses ?? ""));
                    assert.ok(trusted < 0 || installed < trusted);
                    assert.doesNotMatch(JSON.stringify(job.env ?? {}), /secrets\./);
                }
            });

            it("puts nothing of a pull request into a script but by the environment", () => {
                for (const script of steps.flatMap((step) => [step.run, step.with?.["script"]])) {
                    const put = [...String(script ?? "").matchAll(/\$\{\{\s*([^}]+?)\s*\}\}/g)].map(([, each]) => each);
                    assert.deepEqual(
                        put.filter((each) => each !== "steps.check.outputs.status"),
                        [],
                    );
                }
            });

            for (const { run } of steps.filter((step) => /npm run -s check/.test(step.run ?? ""))) {
                it("calls the check with options that it has", () => {
                    const [, call = ""] =
                        /npm run -s check -- ([^|]+)\|\|/.exec(run?.replaceAll("\\\n", " ") ?? "") ?? [];
                    const argv = call
                        .trim()
                        .split(/\s+/)
                        .map((word) => word.replace('"$STACK"', "prod"));
                    assert.equal(parseArguments(argv, root)?.stack, "prod");
                });
            }
        });
    }

    for (const file of files.filter((name) => read(name).includes("createComment"))) {
        it(`keep one comment a stack up to date, by its first line: ${file}`, async () => {
            const scripts = Object.values(parseWorkflow(file).jobs)
                .flatMap((job) => job.steps)
                .flatMap((step) => step.with?.["script"] ?? []);
            assert.equal(scripts.length, 1);
            const host = new CommentHost();
            host.comments.push(
                { id: 0, user: { type: "User" }, body: reportOn("prod", "forged by somebody") },
                { id: 1, user: null, body: null },
            );
            for (const [stack, outcome] of [
                ["prod", "first"],
                ["dev", "other stack"],
                ["prod", "second"],
            ] as const) {
                await host.run(String(scripts[0]), stack, reportOn(stack, outcome));
            }
            assert.deepEqual(
                host.comments.slice(2).map(({ body }) => body),
                [reportOn("prod", "second"), reportOn("dev", "other stack")],
            );
        });
    }
});

/** A comment as the command writes it. */
function reportOn(stack: string, subject: string): string {
    return formats.markdown({ stack, subject, findings: [], failures: [] });
}

interface Comment {
    readonly id: number;
    readonly user: { readonly type: string } | null;
    readonly body: string | null;
}

/** As much of GitHub's API as the script calls that actions/github-script runs. */
class CommentHost {
    readonly comments: Comment[] = [];

    async run(script: string, stack: string, report: string): Promise<void> {
        const issues = {
            listComments: "listComments",
            createComment: ({ body }: { body: string }) =>
                this.comments.push({ id: this.comments.length, user: { type: "Bot" }, body }),
            updateComment: ({ comment_id: id, body }: { comment_id: number; body: string }) => {
                this.comments[id] = { id, user: { type: "Bot" }, body };
            },
        };
        const github = { rest: { issues }, paginate: () => this.comments };
        const context = { repo: { owner: "acme", repo: "fleet" }, issue: { number: 7 } };
        const requireFile = () => ({ readFileSync: () => report });
        const body = `return (async () => {${script}})()`;
        const run = new Function("github", "context", "require", "process", body) as (
            ...given: unknown[]
        ) => Promise<void>;
        await run(github, context, requireFile, { env: { STACK: stack } });
    }
}
