import type { Protocol } from "../protocol";
import type { WireService } from "../wireService";
import { answerByBindings, askByBindings, type BodyCodec } from "./httpBindings";
import { refuseInXml, writeXml, xmlCodec, xmlContentType } from "./xml";

const xml = (service: WireService): BodyCodec => ({
    contentType: xmlContentType,
    read: async (schema, body) =>
        (await xmlCodec(service).createDeserializer().read(schema, body)) as Record<string, unknown>,
    write: (schema, value) => writeXml(service, schema, value),
});

/** @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml: Protocol = {
    ask: (service, request) => askByBindings(service, request, xml(service)),
    answer: (answered, output) => answerByBindings(answered, output, xml(answered.service)),
    refuse: refuseInXml,
};
