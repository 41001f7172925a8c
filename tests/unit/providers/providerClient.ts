import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { serve } from "../../../sandbox/providers/framework/serve";
import type { ProviderDefinition } from "../../../sandbox/providers/framework/resources";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { fromWire, toWire } from "../../../sandbox/providers/framework/wire";

type Answer<Response> = (error: ServiceError | null, response: Response) => void;

/** A resource as the engine addresses it. */
export interface Target {
    readonly type: string;
    readonly name?: string;
}

export interface Failure {
    readonly property: string;
    readonly reason: string;
}

const kinds = Object.fromEntries(
    Object.entries(messages.PropertyDiff.Kind).map(([name, number]) => [number, name.toLowerCase()]),
);

/** Speaks to a provider over gRPC the way the engine does. */
export class ProviderClient {
    private constructor(
        private readonly client: ResourceProviderClient,
        readonly stop: () => void,
    ) {}

    /** Starts a provider in this process, without configuring it. */
    static async start<Context>(definition: ProviderDefinition<Context>): Promise<ProviderClient> {
        const served = await serve(definition);
        const client = new ResourceProviderClient(`127.0.0.1:${served.port}`, credentials.createInsecure());
        return new ProviderClient(client, () => {
            client.close();
            served.stop();
        });
    }

    configure(configuration: Bag = {}): Promise<messages.ConfigureResponse> {
        const request = new messages.ConfigureRequest().setArgs(toWire(configuration));
        return this.ask<messages.ConfigureResponse>((answer) => this.client.configure(request, answer));
    }

    async checkConfig(configuration: Bag): Promise<readonly Failure[]> {
        const request = new messages.CheckRequest().setNews(toWire(configuration));
        const response = await this.ask<messages.CheckResponse>((answer) => this.client.checkConfig(request, answer));
        return response.getFailuresList().map((failure) => failure.toObject());
    }

    async schema(): Promise<{ resources: Record<string, Record<string, unknown>> }> {
        const request = new messages.GetSchemaRequest();
        const response = await this.ask<messages.GetSchemaResponse>((answer) => this.client.getSchema(request, answer));
        return JSON.parse(response.getSchema());
    }

    async check(
        target: Target,
        inputs: Bag,
        options: { previous?: Bag; randomSeed?: string; naming?: [mode: 0 | 1 | 2, name: string] } = {},
    ): Promise<{ inputs: Bag; failures: readonly Failure[] }> {
        const request = this.address(new messages.CheckRequest(), target);
        request.setNews(toWire(inputs)).setOlds(toWire(options.previous ?? {}));
        request.setRandomseed(Buffer.from(options.randomSeed ?? ""));
        if (options.naming !== undefined) {
            const [mode, name] = options.naming;
            request.setAutonaming(new messages.CheckRequest.AutonamingOptions().setMode(mode).setProposedName(name));
        }
        const response = await this.ask<messages.CheckResponse>((answer) => this.client.check(request, answer));
        const failures = response.getFailuresList().map((failure) => failure.toObject());
        return { inputs: fromWire(response.getInputs()), failures };
    }

    async diff(target: Target, id: string, outputs: Bag, inputs: Bag, ignoreChanges: string[] = []) {
        const request = this.address(new messages.DiffRequest(), target).setId(id);
        request.setOlds(toWire(outputs)).setNews(toWire(inputs)).setIgnorechangesList(ignoreChanges);
        const response = await this.ask<messages.DiffResponse>((answer) => this.client.diff(request, answer));
        const details = Array.from(response.getDetaileddiffMap().entries(), ([path, difference]) => {
            return [path, kinds[difference.getKind()]] as const;
        });
        return {
            changes: Object.fromEntries(details) as Record<string, string>,
            replaces: response.getReplacesList(),
            deleteBeforeReplace: response.getDeletebeforereplace(),
        };
    }

    async create(target: Target, inputs: Bag, options: { preview?: boolean; timeout?: number } = {}) {
        const request = this.address(new messages.CreateRequest(), target).setProperties(toWire(inputs));
        request.setPreview(options.preview ?? false).setTimeout(options.timeout ?? 0);
        const response = await this.ask<messages.CreateResponse>((answer) => this.client.create(request, answer));
        return { id: response.getId(), outputs: fromWire(response.getProperties()) };
    }

    /** Reads a resource; `undefined` where it is gone. An import knows the identifier alone. */
    async read(target: Target, id: string, outputs: Bag = {}, inputs: Bag = {}) {
        const request = this.address(new messages.ReadRequest(), target).setId(id);
        request.setProperties(toWire(outputs)).setInputs(toWire(inputs));
        const response = await this.ask<messages.ReadResponse>((answer) => this.client.read(request, answer));
        const properties = response.getProperties();
        return properties === undefined
            ? undefined
            : { id: response.getId(), outputs: fromWire(properties), inputs: fromWire(response.getInputs()) };
    }

    /** Reads a resource that must be there. */
    async find(target: Target, id: string, outputs: Bag = {}, inputs: Bag = {}) {
        const found = await this.read(target, id, outputs, inputs);
        if (found === undefined) {
            throw new Error(`${target.type} ${id} is gone`);
        }
        return found;
    }

    async update(target: Target, id: string, outputs: Bag, inputs: Bag, preview = false): Promise<Bag> {
        const request = this.address(new messages.UpdateRequest(), target).setId(id).setPreview(preview);
        request.setOlds(toWire(outputs)).setNews(toWire(inputs));
        const response = await this.ask<messages.UpdateResponse>((answer) => this.client.update(request, answer));
        return fromWire(response.getProperties());
    }

    async delete(target: Target, id: string, outputs: Bag): Promise<void> {
        const request = this.address(new messages.DeleteRequest(), target).setId(id).setProperties(toWire(outputs));
        await this.ask((answer) => this.client.delete(request, answer));
    }

    async invoke(token: string, inputs: Bag = {}): Promise<{ result: Bag; failures: readonly Failure[] }> {
        const request = new messages.InvokeRequest().setTok(token).setArgs(toWire(inputs));
        const response = await this.ask<messages.InvokeResponse>((answer) => this.client.invoke(request, answer));
        const failures = response.getFailuresList().map((failure) => failure.toObject());
        return { result: fromWire(response.getReturn()), failures };
    }

    async cancel(): Promise<void> {
        const { Empty } = await import("google-protobuf/google/protobuf/empty_pb");
        await this.ask((answer) => this.client.cancel(new Empty(), answer));
    }

    /** Checks the inputs and makes the resource, as the engine does on a deployment; fails on any fault. */
    async deploy(target: Target, given: Bag) {
        const inputs = await this.accept(target, given);
        return { ...(await this.create(target, inputs)), inputs };
    }

    /** Checks inputs that must be without fault. */
    async accept(target: Target, given: Bag, previous: Bag = {}): Promise<Bag> {
        const { inputs, failures } = await this.check(target, given, { previous });
        if (failures.length > 0) {
            throw new Error(failures.map(({ reason }) => reason).join("; "));
        }
        return inputs;
    }

    private address<Request extends { setUrn(urn: string): Request; setName(name: string): Request }>(
        request: Request & { setType(type: string): Request },
        { type, name = "example" }: Target,
    ): Request {
        request.setUrn(`urn:pulumi:stack::project::${type}::${name}`).setName(name);
        return request.setType(type);
    }

    private ask<Response>(call: (answer: Answer<Response>) => unknown): Promise<Response> {
        return new Promise((resolve, reject) => {
            call((error, response) => (error === null ? resolve(response) : reject(error)));
        });
    }
}

/** The state that a failed operation leaves behind; `undefined` where it leaves none. */
export function unfinishedState(error: unknown) {
    const [details] = (error as ServiceError).metadata.get("grpc-status-details-bin");
    if (details === undefined) {
        return undefined;
    }
    const [detail] = Status.deserializeBinary(details as Uint8Array).getDetailsList();
    const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
    return { id: failed.getId(), outputs: fromWire(failed.getProperties()), reasons: failed.getReasonsList() };
}
