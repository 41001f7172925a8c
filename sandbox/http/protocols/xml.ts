import { XmlCodec } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticStructureSchema } from "@smithy/types";
import type { AwsError } from "../../cloud";
import type { HttpAnswer } from "../protocol";
import type { WireService } from "../wireService";

export const xmlContentType = "text/xml";

/** A codec with what stands in the root element of every answer of a service. */
export function xmlCodec(service: WireService): XmlCodec {
    return new XmlCodec({
        httpBindings: true,
        timestampFormat: { useTrait: true, default: 5 },
        serviceNamespace: service.name,
        xmlNamespace:
            service.wire.xmlNamespace ?? `https://${service.name}.amazonaws.com/doc/${service.wire.apiVersion}/`,
    });
}

/** The schema of an element with elements in it. */
export function element(name: string, members: Readonly<Record<string, SchemaRef>>): StaticStructureSchema {
    return [3, "aws", name, 0, Object.keys(members), Object.values(members)] as unknown as StaticStructureSchema;
}

/** Writes a value as a document, in the SDK's way. */
export function writeXml(service: WireService, schema: NormalizedSchema, value: unknown): string {
    const serializer = xmlCodec(service).createSerializer();
    serializer.write(schema, value);
    return `<?xml version="1.0"?>\n${serializer.flush() as string}`;
}

const text = 0;
const errorResponse = element("ErrorResponse", {
    Error: element("Error", { Type: text, Code: text, Message: text }),
    RequestId: text,
});

/** An exception, as the protocols that speak XML write it. */
export function refuseInXml(service: WireService, error: AwsError, requestId: string): HttpAnswer {
    const { name, message, statusCode } = error;
    const written = {
        Error: {
            Type: statusCode < 500 ? "Sender" : "Receiver",
            Code: service.wire.errorCodes?.[name] ?? name,
            Message: message,
        },
        RequestId: requestId,
    };
    return {
        status: statusCode,
        headers: { "content-type": xmlContentType },
        body: writeXml(service, NormalizedSchema.of(errorResponse), written),
    };
}
