import { type sendUnaryData, type ServerUnaryCall, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { checkConfiguration } from "./configuration";
import type { CheckResult, Failure } from "./check";
import { diffInputs, type Change } from "./diff";
import { ProviderError, toWireFailure, UnimplementedError } from "./failures";
import type { NameRequest } from "./naming";
import { Operations, type Plan } from "./operations";
import type { OperationScope, ProviderDefinition } from "./resources";
import { schemaOf } from "./schema";
import { revealBag } from "./values";
import { fromWire, toWire } from "./wire";

const { Kind } = messages.PropertyDiff;
const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

const namingModes = { 0: "propose", 1: "enforce", 2: "disable" } as const;

/** What is common to the requests that name a resource. */
interface ResourceRequest {
    getUrn(): string;
    getName(): string;
    getType(): string;
}

/**
 * A provider as the engine speaks to it: Pulumi's `ResourceProvider` service over a provider's declarations.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
 */
export class ProviderService<Context> {
    private readonly cancellation = new AbortController();
    private configured: Promise<Operations<Context>> | undefined;
    private close: () => void = () => {};

    constructor(private readonly provider: ProviderDefinition<Context>) {}

    /** The handlers for a gRPC server, by the names of the service's methods. */
    implementation(): UntypedServiceImplementation {
        const unimplemented = (name: string) => () =>
            Promise.reject(new UnimplementedError(`provider ${this.provider.name} does not implement ${name}`));
        return {
            handshake: handle(() => Promise.resolve(this.handshake())),
            getPluginInfo: handle(() => Promise.resolve(new PluginInfo().setVersion(this.provider.version))),
            getSchema: handle(() => Promise.resolve(this.schema())),
            attach: handle(() => Promise.resolve(new Empty())),
            cancel: handle(() => Promise.resolve(this.cancel())),
            checkConfig: handle((request: messages.CheckRequest) => this.checkConfig(request)),
            diffConfig: handle((request: messages.DiffRequest) => this.diffConfig(request)),
            configure: handle((request: messages.ConfigureRequest) => this.configure(request)),
            check: handle((request: messages.CheckRequest) => this.check(request)),
            diff: handle((request: messages.DiffRequest) => this.diff(request)),
            create: handle((request: messages.CreateRequest) => this.create(request)),
            read: handle((request: messages.ReadRequest) => this.read(request)),
            update: handle((request: messages.UpdateRequest) => this.update(request)),
            delete: handle((request: messages.DeleteRequest) => this.delete(request)),
            invoke: handle((request: messages.InvokeRequest) => this.invoke(request)),
            getMapping: handle(() => Promise.resolve(new messages.GetMappingResponse())),
            getMappings: handle(() => Promise.resolve(new messages.GetMappingsResponse())),
            parameterize: handle(unimplemented("Parameterize")),
            call: handle(unimplemented("Call")),
            construct: handle(unimplemented("Construct")),
            list: handle(unimplemented("List")),
        };
    }

    /** Gives back what the provider holds open. */
    dispose(): void {
        this.cancel();
        this.close();
    }

    private handshake(): messages.ProviderHandshakeResponse {
        const response = new messages.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        // Resources among the inputs then arrive as their identifiers, which is all that these providers want of them.
        response.setAcceptResources(false);
        response.setSupportsAutonamingConfiguration(true);
        return response;
    }

    private schema(): messages.GetSchemaResponse {
        return new messages.GetSchemaResponse().setSchema(JSON.stringify(schemaOf(this.provider)));
    }

    private cancel(): Empty {
        this.cancellation.abort(new Error("the operation was canceled"));
        return new Empty();
    }

    private async checkConfig(request: messages.CheckRequest): Promise<messages.CheckResponse> {
        const given = fromWire(request.getNews());
        const { failures } = checkConfiguration(this.provider.name, this.provider.configuration, given);
        return checkResponse({ inputs: given, failures });
    }

    private async diffConfig(request: messages.DiffRequest): Promise<messages.DiffResponse> {
        const read = (struct: Struct | undefined) =>
            revealBag(checkConfiguration(this.provider.name, this.provider.configuration, fromWire(struct)).inputs);
        const before = read(request.getOldInputs() ?? request.getOlds());
        const changes = diffInputs(this.provider.configuration, before, read(request.getNews()));
        return diffResponse({ changes, deleteBeforeReplace: false });
    }

    private async configure(request: messages.ConfigureRequest): Promise<messages.ConfigureResponse> {
        const { name, configuration } = this.provider;
        const { inputs, failures } = checkConfiguration(name, configuration, fromWire(request.getArgs()));
        if (failures.length > 0) {
            throw new ProviderError(failures.map(({ reason }) => reason).join("; "));
        }
        const session = this.provider.configure(revealBag(inputs));
        this.configured = session.then((opened) => {
            this.close = () => opened.close();
            return new Operations(this.provider, opened);
        });
        await this.configured;
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        response.setAcceptresources(false);
        response.setSupportsAutonamingConfiguration(true);
        return response;
    }

    private async check(request: messages.CheckRequest): Promise<messages.CheckResponse> {
        const operations = await this.operations();
        const [inputs, previous] = [fromWire(request.getNews()), fromWire(request.getOlds())];
        return checkResponse(operations.check(typeOf(request), inputs, previous, namingOf(request)));
    }

    private async diff(request: messages.DiffRequest): Promise<messages.DiffResponse> {
        const operations = await this.operations();
        const [outputs, inputs] = [fromWire(request.getOlds()), fromWire(request.getNews())];
        const ignored = request.getIgnorechangesList();
        return diffResponse(await operations.diff(typeOf(request), this.scope(request), outputs, inputs, ignored));
    }

    private async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
        const operations = await this.operations();
        const inputs = fromWire(request.getProperties());
        const response = new messages.CreateResponse();
        if (request.getPreview()) {
            return response.setProperties(toWire(operations.plan(typeOf(request), inputs)));
        }
        const made = await operations.create(typeOf(request), this.scope(request, request.getTimeout()), inputs);
        return response.setId(made.id).setProperties(toWire(made.outputs));
    }

    private async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
        const operations = await this.operations();
        const outputs = fromWire(request.getProperties());
        const known = { id: request.getId(), outputs, inputs: fromWire(request.getInputs()) };
        const imported = Object.keys(outputs).length === 0;
        const scope = this.scope(request, request.getTimeout());
        const found = await operations.read(typeOf(request), scope, known, imported);
        const response = new messages.ReadResponse();
        // The engine takes an answer without properties for a resource that is gone.
        return found === undefined
            ? response
            : response.setId(found.id).setProperties(toWire(found.outputs)).setInputs(toWire(found.inputs));
    }

    private async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
        const operations = await this.operations();
        const [outputs, inputs] = [fromWire(request.getOlds()), fromWire(request.getNews())];
        const response = new messages.UpdateResponse();
        if (request.getPreview()) {
            return response.setProperties(toWire(operations.planUpdate(typeOf(request), outputs, inputs)));
        }
        const current = { id: request.getId(), outputs, inputs: fromWire(request.getOldInputs()) };
        const scope = this.scope(request, request.getTimeout());
        const changed = await operations.update(typeOf(request), scope, current, inputs);
        return response.setProperties(toWire(changed.outputs));
    }

    private async delete(request: messages.DeleteRequest): Promise<Empty> {
        const operations = await this.operations();
        const outputs = fromWire(request.getProperties());
        const current = { id: request.getId(), outputs, inputs: fromWire(request.getOldInputs()) };
        await operations.delete(typeOf(request), this.scope(request, request.getTimeout()), current);
        return new Empty();
    }

    private async invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
        const operations = await this.operations();
        const scope = { resourceName: request.getTok(), cancelled: this.cancellation.signal };
        const outcome = await operations.invoke(request.getTok(), scope, fromWire(request.getArgs()));
        const response = new messages.InvokeResponse();
        return "failures" in outcome
            ? response.setFailuresList(outcome.failures.map(toCheckFailure))
            : response.setReturn(toWire(outcome.result));
    }

    private operations(): Promise<Operations<Context>> {
        return this.configured ?? Promise.reject(new ProviderError(`provider ${this.provider.name} is not configured`));
    }

    private scope(request: ResourceRequest, seconds = 0): OperationScope {
        return {
            resourceName: nameOf(request),
            cancelled: this.cancellation.signal,
            ...(seconds > 0 ? { timeout: seconds * 1000 } : {}),
        };
    }
}

function handle<Request, Response>(method: (request: Request) => Promise<Response>) {
    return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
        method(call.request).then(
            (response) => callback(null, response),
            (error: unknown) => callback(toWireFailure(error)),
        );
    };
}

function checkResponse({ inputs, failures }: CheckResult): messages.CheckResponse {
    return new messages.CheckResponse().setInputs(toWire(inputs)).setFailuresList(failures.map(toCheckFailure));
}

function toCheckFailure({ property, reason }: Failure): messages.CheckFailure {
    return new messages.CheckFailure().setProperty(property).setReason(reason);
}

function diffResponse({ changes, deleteBeforeReplace }: Plan): messages.DiffResponse {
    const response = new messages.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const properties = (some: readonly Change[]) => [...new Set(some.map(({ property }) => property))];
    response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(properties(changes));
    response.setReplacesList(properties(changes.filter(({ replaces }) => replaces)));
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const { path, kind, replaces } of changes) {
        const difference = new messages.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]);
        response.getDetaileddiffMap().set(path, difference);
    }
    return response;
}

function namingOf(request: messages.CheckRequest): NameRequest {
    const configured = request.getAutonaming();
    return {
        resourceName: nameOf(request),
        randomSeed: request.getRandomseed_asU8(),
        ...(configured === undefined
            ? {}
            : {
                  configured: {
                      mode: namingModes[configured.getMode()],
                      proposedName: configured.getProposedName(),
                  },
              }),
    };
}

/** Engines before 3.154 name a resource in its URN alone. */
function nameOf(request: ResourceRequest): string {
    return request.getName() || (request.getUrn().split("::").at(-1) ?? "");
}

function typeOf(request: ResourceRequest): string {
    return request.getType() || (request.getUrn().split("::").at(-2)?.split("$").at(-1) ?? "");
}
