import path from "node:path";
import type { JudgedResource } from "../../policies/client/judgedResource";
import { PackClient, packFolder, type PackConfiguration, type Violation } from "../../policies/client/packClient";

export type { Violation } from "../../policies/client/packClient";

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

/** The pack on a day when the certificates of the fixtures are valid. */
export const fixedClockPack = path.resolve(__dirname, "fixedClockPack");

/** The real pack in a process of its own, asked about resources as tests describe them. */
export class PackProcess {
    private constructor(private readonly client: PackClient) {}

    static async start(folder = packFolder): Promise<PackProcess> {
        return new PackProcess(await PackClient.start(folder));
    }

    stop(): Promise<void> {
        return this.client.stop();
    }

    info(): ReturnType<PackClient["info"]> {
        return this.client.info();
    }

    configureStack(): Promise<void> {
        return this.client.configureStack();
    }

    configure(configuration: PackConfiguration): Promise<void> {
        return this.client.configure(configuration);
    }

    /** Judges one resource by its inputs. */
    analyze(resource: TestResource): Promise<Violation[]> {
        return this.client.analyze(judged(resource));
    }

    /** Judges the resources of a stack by their outputs. */
    analyzeStack(resources: readonly TestResource[]): Promise<Violation[]> {
        const urns = new Map(resources.map((resource) => [nameOf(resource), urnOf(resource)]));
        return this.client.analyzeStack(resources.map((resource) => judged(resource, urns)));
    }

    /** Judges resources as the engine does in a run: one by one, then all of them. */
    async run(resources: readonly TestResource[]): Promise<Violation[]> {
        const found: Violation[] = [];
        for (const resource of resources) {
            found.push(...(await this.analyze(resource)));
        }
        return [...found, ...(await this.analyzeStack(resources))];
    }
}

/** The URN that the harness gives a resource. */
export function urnOf(resource: TestResource): string {
    return `urn:pulumi:${resource.stack ?? "prod"}::iot-domains::${resource.type}::${nameOf(resource)}`;
}

function nameOf(resource: TestResource): string {
    return resource.name ?? "telemetry";
}

function judged(resource: TestResource, urns: ReadonlyMap<string, string> = new Map()): JudgedResource {
    const { type, properties, protect, providerRegion, sources = {} } = resource;
    return {
        urn: urnOf(resource),
        type,
        name: nameOf(resource),
        properties,
        protect,
        provider:
            providerRegion === undefined
                ? undefined
                : {
                      type: "pulumi:providers:aws",
                      name: "default",
                      urn: "urn:pulumi:prod::iot-domains::pulumi:providers:aws::default",
                      properties: { region: providerRegion },
                  },
        propertyDependencies: Object.fromEntries(
            Object.entries(sources).map(([property, names]) => [
                property,
                names.map((name) => urns.get(name) ?? `no resource ${name}`),
            ]),
        ),
    };
}
