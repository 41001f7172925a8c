import { XmlShapeDeserializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import { Refusal } from "../../cloud/errors";
import type { Protocol } from "../protocol";
import { element, refuseInXml, writeXml, xmlContentType } from "./xml";

/** A value of a form by the parts of its name: `Tags.member.1.Key`. */
interface Branch {
    [part: string]: Branch | string;
}

/** Grows a form's flat names into what XML of the same meaning would be parsed to, with lists where names are numbers. */
function grow(form: URLSearchParams): unknown {
    const root: Branch = Object.create(null) as Branch;
    for (const [name, value] of form) {
        const parts = name.split(".");
        const last = parts.pop() ?? "";
        let branch = root;
        for (const part of parts) {
            const next = branch[part] ?? (Object.create(null) as Branch);
            if (typeof next === "string") {
                throw new Refusal("MalformedInput", `${name} is both a value and a part of others`, 400);
            }
            branch[part] = next;
            branch = next;
        }
        branch[last] = value;
    }
    return withLists(root);
}

function withLists(branch: Branch | string): unknown {
    if (typeof branch === "string") {
        return branch;
    }
    const entries = Object.entries(branch).map(([part, value]) => [part, withLists(value)] as const);
    const isList = entries.length > 0 && entries.every(([part]) => /^\d+$/.test(part));
    return isList
        ? [...entries].sort(([left], [right]) => Number(left) - Number(right)).map(([, value]) => value)
        : Object.fromEntries(entries);
}

const deserializer = new XmlShapeDeserializer({
    httpBindings: false,
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: "",
    serviceNamespace: "",
});

/**
 * Input as a form, output as XML.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const query: Protocol = {
    ask: async (service, { body, query: parameters }) => {
        const form = new URLSearchParams([...parameters, ...new URLSearchParams(body.toString("utf8"))]);
        const operation = form.get("Action");
        if (operation === null) {
            throw new Refusal("MissingAction", "expected the operation in the parameter Action", 400);
        }
        const input = service.inputOf(operation);
        const read = input === undefined ? {} : deserializer.readSchema(service.schemas.of(input), grow(form));
        return { operation, parameters: read as Record<string, unknown> };
    },

    answer: ({ service, operation, requestId }, output) => {
        const shape = service.outputOf(operation);
        const result = shape === undefined ? {} : { [`${operation}Result`]: service.schemas.reference(shape) };
        const response = NormalizedSchema.of(
            element(`${operation}Response`, {
                ...result,
                ResponseMetadata: element("ResponseMetadata", { RequestId: 0 }),
            }),
        );
        const written = { [`${operation}Result`]: output, ResponseMetadata: { RequestId: requestId } };
        return { status: 200, headers: { "content-type": xmlContentType }, body: writeXml(service, response, written) };
    },

    refuse: refuseInXml,
};
