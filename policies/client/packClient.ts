import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerStackConfigureRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    type AnalyzeDiagnostic,
    type AnalyzeResponse,
    type AnalyzerInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { analyzeRequest, analyzeStackRequest, type JudgedResource } from "./judgedResource";

/** A violation as the engine gets it. */
export interface Violation {
    readonly rule: string;
    readonly level: "advisory" | "mandatory" | "other";
    readonly message: string;
    readonly urn: string;
}

/** The pack's configuration by the names of its rules: a level, settings, or both. */
export type PackConfiguration = Readonly<
    Record<string, { readonly level?: ConfiguredLevel; readonly [setting: string]: unknown }>
>;

/** A level that a configuration can give. */
export type ConfiguredLevel = "advisory" | "mandatory" | "disabled";

/** What the pack is told of the run that it judges. */
export interface PackRun {
    /** @default "iot-domains" */
    readonly project?: string;
    /** @default "prod" */
    readonly stack?: string;
}

/** The folder of this repository's pack. */
export const packFolder = path.resolve(__dirname, "..");

const levels: Readonly<Record<ConfiguredLevel, EnforcementLevel>> = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    disabled: EnforcementLevel.DISABLED,
};

/**
 * A pack in a process of its own, driven over gRPC as the engine drives it.
 *
 * So resources can be judged that no engine has in hand: a stack's exported state, or those of a test.
 */
export class PackClient {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: AnalyzerClient,
    ) {}

    /**
     * Starts a pack.
     *
     * @param folder Where its PulumiPolicy.yaml is.
     * @throws Error with what the pack complained of, where it ends before it listens.
     */
    static async start(folder = packFolder, { project = "iot-domains", stack = "prod" }: PackRun = {}) {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
            cwd: folder,
            env: {
                ...process.env,
                PULUMI_NODEJS_ORGANIZATION: "organization",
                PULUMI_NODEJS_PROJECT: project,
                PULUMI_NODEJS_STACK: stack,
                PULUMI_NODEJS_DRY_RUN: "true",
                PULUMI_CONFIG: "{}",
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let complaint = "";
        child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
        const port = await new Promise<string>((resolve, reject) => {
            createInterface({ input: child.stdout }).once("line", resolve);
            child.once("exit", (code) =>
                reject(new Error(`the pack ended with ${code} before it listened: ${complaint}`)),
            );
        });
        // A stack's state in one message: far more than gRPC's own limit of 4 MB.
        const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
            "grpc.max_send_message_length": -1,
            "grpc.max_receive_message_length": -1,
        });
        return new PackClient(child, client);
    }

    async stop(): Promise<void> {
        this.client.close();
        const ended = new Promise((resolve) => this.child.once("exit", resolve));
        this.child.kill();
        await ended;
    }

    info(): Promise<AnalyzerInfo> {
        return this.call<AnalyzerInfo>((done) => this.client.getAnalyzerInfo(new Empty(), done));
    }

    async configureStack(): Promise<void> {
        await this.call((done) => this.client.configureStack(new AnalyzerStackConfigureRequest(), done));
    }

    /** @throws Error with every fault of the configuration. */
    async configure(configuration: PackConfiguration): Promise<void> {
        const request = new ConfigureAnalyzerRequest();
        for (const [name, { level, ...settings }] of Object.entries(configuration)) {
            const entry = new PolicyConfig().setProperties(
                Struct.fromJavaScript(settings as Record<string, JavaScriptValue>),
            );
            if (level !== undefined) {
                entry.setEnforcementlevel(levels[level]);
            }
            request.getPolicyconfigMap().set(name, entry);
        }
        await this.call((done) => this.client.configure(request, done));
    }

    /** Judges one resource by its inputs. */
    async analyze(resource: JudgedResource): Promise<Violation[]> {
        const request = analyzeRequest(resource);
        return violations(await this.call<AnalyzeResponse>((done) => this.client.analyze(request, done)));
    }

    /** Judges the resources of a stack by their outputs. */
    async analyzeStack(resources: readonly JudgedResource[]): Promise<Violation[]> {
        const request = analyzeStackRequest(resources);
        return violations(await this.call<AnalyzeResponse>((done) => this.client.analyzeStack(request, done)));
    }

    private call<T>(start: (done: (error: Error | null, answer: T) => void) => unknown): Promise<T> {
        return new Promise((resolve, reject) => {
            start((error, answer) => (error === null ? resolve(answer) : reject(error)));
        });
    }
}

function violations(response: AnalyzeResponse): Violation[] {
    return response.getDiagnosticsList().map((diagnostic: AnalyzeDiagnostic) => ({
        rule: diagnostic.getPolicyname(),
        level: levelOf(diagnostic.getEnforcementlevel()),
        message: diagnostic.getMessage(),
        urn: diagnostic.getUrn(),
    }));
}

function levelOf(level: EnforcementLevel): Violation["level"] {
    if (level === EnforcementLevel.MANDATORY) {
        return "mandatory";
    }
    return level === EnforcementLevel.ADVISORY ? "advisory" : "other";
}
