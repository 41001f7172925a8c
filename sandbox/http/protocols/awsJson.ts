import { JsonCodec2 } from "@smithy/core/protocols";
import { Refusal } from "../../cloud/errors";
import type { HttpAnswer, Protocol } from "../protocol";
import type { WireService } from "../wireService";

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

function answerOf(service: WireService, status: number, body: string | Uint8Array): HttpAnswer {
    const version = service.wire.jsonVersion ?? "1.1";
    return { status, headers: { "content-type": `application/x-amz-json-${version}` }, body };
}

/**
 * The operation in a header, everything else in JSON.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const awsJson: Protocol = {
    ask: async (service, { headers, body }) => {
        const operation = headers["x-amz-target"]?.split(".").at(-1);
        if (operation === undefined) {
            throw new Refusal("UnknownOperationException", `expected the operation in the header x-amz-target`, 404);
        }
        const input = service.inputOf(operation);
        const parameters =
            input === undefined
                ? {}
                : await codec.createDeserializer().read(service.schemas.of(input), body.toString("utf8"));
        return { operation, parameters };
    },

    answer: ({ service, operation }, output) => {
        const shape = service.outputOf(operation);
        if (shape === undefined) {
            return answerOf(service, 200, "");
        }
        const serializer = codec.createSerializer();
        serializer.write(service.schemas.of(shape), output);
        return answerOf(service, 200, serializer.flush());
    },

    refuse: (service, { name, message, statusCode }) =>
        answerOf(service, statusCode, JSON.stringify({ __type: name, message })),
};
