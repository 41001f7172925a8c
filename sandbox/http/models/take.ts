import type { ServiceModel } from "../../cloud/models/model";
import type { SourceModel, SourceReference, SourceShape } from "../../cloud/models/source";
import type { Location, WireMember, WireModel, WireShape } from "./wireModel";

const locations: ReadonlySet<string> = new Set<Location>(["uri", "querystring", "header", "statusCode"]);

/** An object without its absent members; `undefined` where none is left. */
function orAbsent<Value extends object>(value: Value): Value | undefined {
    const present = Object.entries(value).filter(([, item]) => item !== undefined);
    return present.length === 0 ? undefined : (Object.fromEntries(present) as Value);
}

function takeMember(name: string, reference: SourceReference): WireMember | undefined {
    const { location, locationName, flattened, xmlAttribute, timestampFormat } = reference;
    if (location !== undefined && !locations.has(location)) {
        throw new Error(`${name} stands at a location that is not known here: ${location}`);
    }
    if (timestampFormat !== undefined) {
        throw new Error(`${name} has a timestamp format of its own, which is not known here: ${timestampFormat}`);
    }
    return orAbsent({
        location: location as Location | undefined,
        locationName: locationName === name ? undefined : locationName,
        flattened: flattened === true ? true : undefined,
        xmlAttribute: xmlAttribute === true ? true : undefined,
    });
}

function takeShape(name: string, source: SourceShape): WireShape | undefined {
    if (source.timestampFormat !== undefined) {
        throw new Error(
            `${name} has a timestamp format of its own, which is not known here: ${source.timestampFormat}`,
        );
    }
    const members = Object.entries(source.members ?? {}).map(([member, reference]) => [
        member,
        takeMember(member, reference),
    ]);
    return orAbsent({
        payload: source.payload,
        flattened: source.flattened === true ? true : undefined,
        members: orAbsent(Object.fromEntries(members) as Record<string, WireMember | undefined>),
        member: source.member?.locationName,
        key: source.key?.locationName,
        value: source.value?.locationName,
    }) as WireShape | undefined;
}

/** Takes over how the operations and shapes that the cloud has are written on the network. */
export function takeWireModel(source: SourceModel, model: ServiceModel): WireModel {
    const { metadata } = source;
    const operations = Object.keys(model.operations).map((name) => {
        const { method = "", requestUri = "", responseCode } = source.operations[name]?.http ?? {};
        return [name, { method, uri: requestUri, status: responseCode === 200 ? undefined : responseCode }] as const;
    });
    const codes = Object.keys(model.exceptions).map((name) => {
        const code = source.shapes[name]?.error?.code;
        return [name, code === name ? undefined : code] as const;
    });
    const shapes = Object.keys(model.shapes).map((name) => {
        const shape = source.shapes[name];
        return [name, shape && takeShape(name, shape)] as const;
    });
    return {
        protocols: metadata.protocols,
        signingName: metadata.signingName ?? metadata.endpointPrefix,
        apiVersion: metadata.apiVersion,
        xmlNamespace: metadata.xmlNamespace,
        targetPrefix: metadata.targetPrefix,
        jsonVersion: metadata.jsonVersion,
        routes: metadata.protocol.startsWith("rest-") ? Object.fromEntries(operations) : undefined,
        errorCodes: orAbsent(Object.fromEntries(codes) as Record<string, string>),
        shapes: orAbsent(Object.fromEntries(shapes) as Record<string, WireShape>),
    };
}
