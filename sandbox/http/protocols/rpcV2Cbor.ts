import { CborCodec } from "@smithy/core/cbor";
import { NormalizedSchema, SCHEMA } from "@smithy/core/schema";
import { Refusal } from "../../cloud/errors";
import type { HttpAnswer, Protocol } from "../protocol";

const codec = new CborCodec();
const anything = NormalizedSchema.of(SCHEMA.DOCUMENT);

function answerOf(status: number, schema: NormalizedSchema, value: unknown): HttpAnswer {
    const serializer = codec.createSerializer();
    serializer.write(schema, value);
    const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
    return { status, headers, body: serializer.flush() as Uint8Array };
}

/**
 * The operation in the path, everything else in CBOR.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const rpcV2Cbor: Protocol = {
    ask: async (service, { path, body }) => {
        const [, operation] = /^\/service\/\w+\/operation\/(\w+)$/.exec(path) ?? [];
        if (operation === undefined) {
            throw new Refusal("UnknownOperationException", `expected the operation in the path, got ${path}`, 404);
        }
        const input = service.inputOf(operation);
        if (input === undefined || body.length === 0) {
            return { operation, parameters: {} };
        }
        const parameters: unknown = await codec.createDeserializer().read(service.schemas.of(input), body);
        return { operation, parameters: parameters as Record<string, unknown> };
    },

    answer: ({ service, operation }, output) => {
        const shape = service.outputOf(operation);
        return answerOf(200, shape === undefined ? anything : service.schemas.of(shape), output);
    },

    refuse: (service, { name, message, statusCode }) => {
        const answer = answerOf(statusCode, anything, { __type: name, message });
        // Clients of a service that once spoke the query protocol alone know its exceptions by their codes there.
        const code = `${service.wire.errorCodes?.[name] ?? name};${statusCode < 500 ? "Sender" : "Receiver"}`;
        return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": code } };
    },
};
