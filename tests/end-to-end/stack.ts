import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Sandbox, type Completed, type PulumiOptions } from "../../sandbox";

/** Values under `iot-domains:` of the stack that these tests deploy unless they say otherwise. */
export function settings(overrides: Record<string, unknown> = {}): Record<string, unknown> {
    return {
        environment: "development",
        hostedZone: "example.com",
        regions: { "us-east-1": {} },
        domains: { telemetry: { domainName: "iot.example.com" } },
        alerts: { emails: ["ops@example.com"] },
        ...overrides,
    };
}

/** A stack configuration file's content. */
export function configurationOf(values: Record<string, unknown>) {
    return {
        config: {
            "aws:region": "us-east-1",
            ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`iot-domains:${key}`, value])),
        },
    };
}

/** What a preview or a deployment did or would do, by operation: `{create: 3, same: 8}`. */
export type ChangeSummary = Readonly<
    Partial<Record<"create" | "update" | "delete" | "replace" | "same" | "read", number>>
>;

interface EngineEvent {
    readonly summaryEvent?: { readonly resourceChanges: ChangeSummary };
    readonly resourcePreEvent?: { readonly metadata: ResourceStep };
    readonly resOutputsEvent?: { readonly metadata: ResourceStep };
}

/** One step that the engine takes. */
export interface ResourceStep {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly diffs?: readonly string[] | null;
    readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string }>> | null;
}

/** What the engine said that it would do. */
export interface Preview {
    readonly completed: Completed;
    readonly changes: ChangeSummary;
    /** The steps as they were planned. */
    readonly steps: readonly ResourceStep[];
    /** The steps as they turned out: of a refresh, only then is known what has changed. */
    readonly results: readonly ResourceStep[];
}

/** One stack in a sandbox of its own, under the real engine. */
export class TestStack {
    public readonly sandbox: Sandbox;
    private readonly directory: string;

    public constructor(
        values: Record<string, unknown> = settings(),
        public readonly name = "test",
    ) {
        this.directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-test-"));
        this.sandbox = new Sandbox({
            directory: path.join(this.directory, "sandbox"),
            configurations: { [name]: configurationOf(values) },
        });
    }

    /** Replaces the stack's configuration. */
    public configure(values: Record<string, unknown>): void {
        this.sandbox.configure(this.name, configurationOf(values));
    }

    public pulumi(args: readonly string[], options: Omit<PulumiOptions, "stack"> = {}): Promise<Completed> {
        return this.sandbox.pulumi(args, { ...options, stack: this.name });
    }

    /** Deploys with the policy pack, and fails the test when that fails. */
    public async up(...args: string[]): Promise<Completed> {
        await this.sandbox.prepareStack(this.name);
        return this.succeed("up", "--yes", ...(await this.sandbox.policyArguments(this.name)), ...args);
    }

    /** Runs a command that has to succeed. */
    public async succeed(...args: string[]): Promise<Completed> {
        const completed = await this.pulumi(args);
        assert.equal(completed.exitCode, 0, `pulumi ${args.join(" ")}\n${completed.stdout}\n${completed.stderr}`);
        return completed;
    }

    /** Previews with the policy pack; the exit status is the caller's to judge. */
    public async preview(): Promise<Preview> {
        return this.look("preview", ...(await this.sandbox.policyArguments(this.name)));
    }

    /** Previews any command, without the pack: `look("refresh", "--preview-only")`. */
    public async look(...args: string[]): Promise<Preview> {
        await this.sandbox.prepareStack(this.name);
        const log = path.join(this.directory, `events-${Date.now()}.json`);
        const completed = await this.pulumi([...args, "--event-log", log], { env: { PULUMI_DEBUG_COMMANDS: "true" } });
        const events = fs.existsSync(log)
            ? fs
                  .readFileSync(log, "utf8")
                  .split("\n")
                  .filter((line) => line !== "")
                  .map((line) => JSON.parse(line) as EngineEvent)
            : [];
        return {
            completed,
            changes: events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {},
            steps: events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []),
            results: events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []),
        };
    }

    public async outputs<T = any>(): Promise<T> {
        return JSON.parse((await this.succeed("stack", "output", "--json", "--show-secrets")).stdout) as T;
    }

    public async exported(): Promise<string> {
        return (await this.succeed("stack", "export")).stdout;
    }

    /** What there is in the cloud, as `region service/type`, sorted. */
    public inventory(): string[] {
        return this.sandbox
            .cloud()
            .resources()
            .map(({ region, service, type }) => `${region} ${service}/${type}`)
            .sort();
    }

    /** Takes everything of the test off the disk. */
    public remove(): void {
        this.sandbox.close();
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}
