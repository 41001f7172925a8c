import { FromStringShapeDeserializer, ToStringShapeSerializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { Refusal } from "../../cloud/errors";
import type { WireMember } from "../models/wireModel";
import type { Answered, Asked, HttpAnswer, HttpRequest } from "../protocol";
import type { WireService } from "../wireService";

/** How a REST protocol writes the body, which is all in which it differs from another. */
export interface BodyCodec {
    readonly contentType: string;
    readonly read: (schema: NormalizedSchema, body: Buffer) => Promise<Record<string, unknown>>;
    readonly write: (schema: NormalizedSchema, value: Record<string, unknown>) => string | Uint8Array;
}

const settings = { httpBindings: true, timestampFormat: { useTrait: true, default: 7 as const } };
const isInBody = ({ location }: WireMember) => location === undefined;

/** The path of a route as an expression with a group for each label. */
function routeExpression(uri: string): RegExp {
    const [path = ""] = uri.replace(/\/$/, "").split("?");
    const source = path.split(/(\{\w+\})/).map((part) => {
        const [, label] = /^\{(\w+)\}$/.exec(part) ?? [];
        return label === undefined ? part.replace(/[.*+?^$()|[\]\\]/g, "\\$&") : `(?<${label}>[^/]+)`;
    });
    return new RegExp(`^${source.join("")}/?$`);
}

const expressions = new Map<string, RegExp>();

/** The operation that a method and a path name, with the values of the path's labels. */
function findRoute(
    service: WireService,
    { method, path }: HttpRequest,
): { readonly operation: string; readonly labels: Readonly<Record<string, string>> } {
    const routes = Object.entries(service.wire.routes ?? {});
    for (const [operation, route] of routes.filter(([, candidate]) => candidate.method === method)) {
        const expression = expressions.get(route.uri) ?? routeExpression(route.uri);
        expressions.set(route.uri, expression);
        const match = expression.exec(path);
        if (match !== null) {
            return { operation, labels: match.groups ?? {} };
        }
    }
    const known = routes.map(([operation]) => operation).join(", ");
    throw new Refusal(
        "UnknownOperation",
        `the sandbox has no operation of ${service.name} at ${method} ${path}; of ${service.name} it has ${known}`,
        501,
    );
}

/** The texts of a member that stands outside the body; none where it is absent. */
function textsOf(
    { location, locationName = "" }: WireMember,
    { headers, query }: HttpRequest,
    labels: Readonly<Record<string, string>>,
): string[] {
    if (location === "uri") {
        const label = labels[locationName];
        return label === undefined ? [] : [decodeURIComponent(label)];
    }
    if (location === "querystring") {
        return query.getAll(locationName);
    }
    return [headers[locationName.toLowerCase()]].filter((text) => text !== undefined);
}

/** Reads a request whose operation and input stand in its path, its query, its headers and its body. */
export async function askByBindings(service: WireService, request: HttpRequest, body: BodyCodec): Promise<Asked> {
    const { operation, labels } = findRoute(service, request);
    const input = service.inputOf(operation);
    if (input === undefined) {
        return { operation, parameters: {} };
    }
    const { payload, members = {} } = service.wire.shapes?.[input] ?? {};
    const schema = service.schemas.of(input);
    const parameters: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
        const texts = textsOf({ locationName: name, ...members[name] }, request, labels);
        if (!isInBody(members[name] ?? {}) && texts.length > 0) {
            const reader = new FromStringShapeDeserializer(settings);
            parameters[name] = member.isListSchema()
                ? texts.map((text) => reader.read(member.getValueSchema(), text) as unknown)
                : (reader.read(member, texts[0] ?? "") as unknown);
        }
    }
    if (request.body.length === 0) {
        return { operation, parameters };
    }
    if (payload !== undefined) {
        return {
            operation,
            parameters: { ...parameters, [payload]: await body.read(schema.getMemberSchema(payload), request.body) },
        };
    }
    const inBody = service.schemas.structure(input, isInBody);
    return { operation, parameters: { ...parameters, ...(await body.read(inBody, request.body)) } };
}

/** Writes an answer whose output stands in its status, its headers and its body. */
export function answerByBindings(
    { service, operation }: Answered,
    output: Record<string, unknown>,
    body: BodyCodec,
): HttpAnswer {
    const { status = 200 } = service.wire.routes?.[operation] ?? {};
    const shape = service.outputOf(operation);
    if (shape === undefined) {
        return { status, headers: {}, body: "" };
    }
    const headers: Record<string, string> = { "content-type": body.contentType };
    const written = service.wire.shapes?.[shape]?.members ?? {};
    for (const [name, member] of service.schemas.of(shape).structIterator()) {
        const { location, locationName = name } = written[name] ?? {};
        if (location === "header" && output[name] !== undefined) {
            const serializer = new ToStringShapeSerializer(settings);
            serializer.write(member, output[name]);
            headers[locationName.toLowerCase()] = serializer.flush();
        }
    }
    const inBody = service.schemas.structure(shape, isInBody);
    return { status, headers, body: body.write(inBody, output) };
}
