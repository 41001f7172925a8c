import { JsonCodec2 } from "@smithy/core/protocols";
import type { AwsError } from "../../cloud";
import type { HttpAnswer, Protocol } from "../protocol";
import { answerByBindings, askByBindings, type BodyCodec } from "./httpBindings";

const codec = new JsonCodec2({ httpBindings: true, timestampFormat: { useTrait: true, default: 7 }, jsonName: true });

const json: BodyCodec = {
    contentType: "application/json",
    read: (schema, body) =>
        codec.createDeserializer().read(schema, body.toString("utf8")) as Promise<Record<string, unknown>>,
    write: (schema, value) => {
        const serializer = codec.createSerializer();
        serializer.write(schema, value);
        return serializer.flush();
    },
};

/** An exception in JSON, for a client whose protocol is not known because the service is not: most understand this. */
export function refuseWithoutService({ name, message, statusCode }: AwsError): HttpAnswer {
    return {
        status: statusCode,
        headers: { "content-type": json.contentType, "x-amzn-errortype": name },
        body: JSON.stringify({ __type: name, message }),
    };
}

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson: Protocol = {
    ask: (service, request) => askByBindings(service, request, json),
    answer: (answered, output) => answerByBindings(answered, output, json),
    refuse: (_service, error) => refuseWithoutService(error),
};
