import { Refusal } from "../cloud/errors";
import { readModel, type ServiceModel } from "../cloud/models/model";
import { serviceNames } from "../cloud/services";
import { readWireModel, type WireModel } from "./models/wireModel";
import { Schemas } from "./schemas";

/** A service as it is spoken to on the network. */
export class WireService {
    readonly wire: WireModel;
    readonly schemas: Schemas;
    private readonly model: ServiceModel;

    constructor(readonly name: string) {
        this.wire = readWireModel(name);
        this.model = readModel(name);
        this.schemas = new Schemas(this.model, this.wire);
    }

    /** The name of an operation's input shape; `undefined` where it takes none or is not modelled. */
    inputOf(operation: string): string | undefined {
        return this.model.operations[operation]?.input;
    }

    /** The name of an operation's output shape; `undefined` where it has none. */
    outputOf(operation: string): string | undefined {
        return this.model.operations[operation]?.output;
    }
}

let services: ReadonlyMap<string, WireService> | undefined;

/**
 * The service of a signature's credential scope; all models are read when the first is asked for.
 *
 * @throws Refusal UnknownService, which names the services that there are
 */
export function serviceOfSignature(signingName: string): WireService {
    services ??= new Map(
        serviceNames.map((name) => {
            const service = new WireService(name);
            return [service.wire.signingName, service];
        }),
    );
    const service = services.get(signingName);
    if (service === undefined) {
        const known = [...services.keys()].join(", ");
        throw new Refusal(
            "UnknownService",
            `the sandbox has no service that signs as ${signingName}; it has ${known}`,
            501,
        );
    }
    return service;
}
