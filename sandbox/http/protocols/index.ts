import type { HttpRequest, Protocol } from "../protocol";
import type { WireService } from "../wireService";
import { awsJson } from "./awsJson";
import { query } from "./query";
import { restJson } from "./restJson";
import { restXml } from "./restXml";
import { rpcV2Cbor } from "./rpcV2Cbor";

interface Spoken {
    readonly protocol: Protocol;
    /** Whether a request is written in it, where the service speaks others too. */
    readonly writes: (request: HttpRequest) => boolean;
}

/** AWS's protocols by botocore's names. */
const protocols: ReadonlyMap<string, Spoken> = new Map<string, Spoken>([
    ["rest-json", { protocol: restJson, writes: () => true }],
    ["rest-xml", { protocol: restXml, writes: () => true }],
    [
        "smithy-rpc-v2-cbor",
        { protocol: rpcV2Cbor, writes: ({ headers }) => headers["smithy-protocol"] === "rpc-v2-cbor" },
    ],
    ["json", { protocol: awsJson, writes: ({ headers }) => headers["x-amz-target"] !== undefined }],
    ["query", { protocol: query, writes: () => true }],
]);

/** The protocol of a request to a service; the service's last one where none is known by the request. */
export function protocolOf(service: WireService, request: HttpRequest): Protocol {
    const spoken = service.wire.protocols.map((name) => protocols.get(name)).filter((known) => known !== undefined);
    const found = spoken.find(({ writes }) => writes(request)) ?? spoken.at(-1);
    if (found === undefined) {
        throw new Error(`${service.name} speaks ${service.wire.protocols.join(", ")}, none of which is known here`);
    }
    return found.protocol;
}
