import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    type AnalyzeDiagnostic,
    AnalyzeRequest,
    type AnalyzerInfo,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzerStackConfigureRequest,
    AnalyzeStackRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    type AnalyzeResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** What the engine sends in the place of a text that is known after the deployment. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What the engine sends in the place of a list that is known after the deployment. */
export const unknownList = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
/** What the engine sends in the place of an object that is known after the deployment. */
export const unknownObject = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";

/** A value that the engine marks as secret. */
export function secret(value: unknown): object {
    return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** A resource as a test describes it. */
export interface TestResource {
    readonly type: string;
    readonly name?: string;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly protect?: boolean;
    /** The region of the provider. */
    readonly providerRegion?: string;
    /** Names of the resources that a property's value comes from. */
    readonly sources?: Readonly<Record<string, readonly string[]>>;
    readonly stack?: string;
}

/** A violation as the engine gets it. */
export interface Violation {
    readonly rule: string;
    readonly level: "advisory" | "mandatory" | "other";
    readonly message: string;
    readonly urn: string;
}

type Configuration = Readonly<
    Record<string, { level?: "advisory" | "mandatory" | "disabled"; [setting: string]: unknown }>
>;

const packFolder = path.resolve(__dirname, "../../policies");

/** The pack on a day when the certificates of the fixtures are valid. */
export const fixedClockPack = path.resolve(__dirname, "fixedClockPack");

const levels = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    disabled: EnforcementLevel.DISABLED,
} as const;

/** The real pack in a process of its own, driven over gRPC as the engine drives it. */
export class PackProcess {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: AnalyzerClient,
    ) {}

    static async start(folder = packFolder): Promise<PackProcess> {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
            cwd: folder,
            env: {
                ...process.env,
                PULUMI_NODEJS_ORGANIZATION: "organization",
                PULUMI_NODEJS_PROJECT: "iot-domains",
                PULUMI_NODEJS_STACK: "prod",
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
        const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
        return new PackProcess(child, client);
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

    async configure(configuration: Configuration): Promise<void> {
        const request = new ConfigureAnalyzerRequest();
        for (const [name, { level, ...settings }] of Object.entries(configuration)) {
            const entry = new PolicyConfig().setProperties(struct(settings));
            if (level !== undefined) {
                entry.setEnforcementlevel(levels[level]);
            }
            request.getPolicyconfigMap().set(name, entry);
        }
        await this.call((done) => this.client.configure(request, done));
    }

    /** Judges one resource by its inputs. */
    async analyze(resource: TestResource): Promise<Violation[]> {
        const request = new AnalyzeRequest()
            .setType(resource.type)
            .setName(nameOf(resource))
            .setUrn(urnOf(resource))
            .setProperties(struct(resource.properties))
            .setOptions(new AnalyzerResourceOptions().setProtect(resource.protect ?? false));
        const provider = providerOf(resource);
        if (provider !== undefined) {
            request.setProvider(provider);
        }
        return violations(await this.call<AnalyzeResponse>((done) => this.client.analyze(request, done)));
    }

    /** Judges the resources of a stack by their outputs. */
    async analyzeStack(resources: readonly TestResource[]): Promise<Violation[]> {
        const urns = new Map(resources.map((resource) => [nameOf(resource), urnOf(resource)]));
        const request = new AnalyzeStackRequest().setResourcesList(
            resources.map((resource) => {
                const message = new AnalyzerResource()
                    .setType(resource.type)
                    .setName(nameOf(resource))
                    .setUrn(urnOf(resource))
                    .setProperties(struct(resource.properties))
                    .setOptions(new AnalyzerResourceOptions().setProtect(resource.protect ?? false));
                const provider = providerOf(resource);
                if (provider !== undefined) {
                    message.setProvider(provider);
                }
                for (const [property, sources] of Object.entries(resource.sources ?? {})) {
                    const dependencies = new AnalyzerPropertyDependencies().setUrnsList(
                        sources.map((name) => urns.get(name) ?? `no resource ${name}`),
                    );
                    message.getPropertydependenciesMap().set(property, dependencies);
                }
                return message;
            }),
        );
        return violations(await this.call<AnalyzeResponse>((done) => this.client.analyzeStack(request, done)));
    }

    /** Judges resources as the engine does in a run: one by one, then all of them. */
    async run(resources: readonly TestResource[]): Promise<Violation[]> {
        const found: Violation[] = [];
        for (const resource of resources) {
            found.push(...(await this.analyze(resource)));
        }
        return [...found, ...(await this.analyzeStack(resources))];
    }

    private call<T>(start: (done: (error: Error | null, answer: T) => void) => unknown): Promise<T> {
        return new Promise((resolve, reject) => {
            start((error, answer) => (error === null ? resolve(answer) : reject(error)));
        });
    }
}

/** The URN that the harness gives a resource. */
export function urnOf(resource: TestResource): string {
    return `urn:pulumi:${resource.stack ?? "prod"}::iot-domains::${resource.type}::${nameOf(resource)}`;
}

function nameOf(resource: TestResource): string {
    return resource.name ?? "telemetry";
}

function struct(properties: Readonly<Record<string, unknown>>): Struct {
    return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function providerOf({ providerRegion }: TestResource): AnalyzerProviderResource | undefined {
    return providerRegion === undefined
        ? undefined
        : new AnalyzerProviderResource()
              .setType("pulumi:providers:aws")
              .setName("default")
              .setUrn("urn:pulumi:prod::iot-domains::pulumi:providers:aws::default")
              .setProperties(struct({ region: providerRegion }));
}

function violations(response: AnalyzeResponse): Violation[] {
    return response.getDiagnosticsList().map((diagnostic: AnalyzeDiagnostic) => ({
        rule: diagnostic.getPolicyname(),
        level:
            diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY
                ? "mandatory"
                : diagnostic.getEnforcementlevel() === EnforcementLevel.ADVISORY
                  ? "advisory"
                  : "other",
        message: diagnostic.getMessage(),
        urn: diagnostic.getUrn(),
    }));
}
