import { readFileSync } from "node:fs";
import path from "node:path";

/** Where in a request or an answer a member stands that is not in the body, by botocore's words. */
export type Location = "uri" | "querystring" | "header" | "statusCode";

/** How a member is written, where that does not follow from its name. */
export interface WireMember {
    readonly location?: Location;
    /** Its name on the wire. */
    readonly locationName?: string;
    readonly flattened?: true;
    readonly xmlAttribute?: true;
}

/** How the values of a shape are written, where that does not follow from AWS's model of the shape. */
export interface WireShape {
    /** The member that is the whole body. */
    readonly payload?: string;
    readonly flattened?: true;
    readonly members?: Readonly<Record<string, WireMember>>;
    /** Of a list's items, and of a map's keys and values: the names of their elements. */
    readonly member?: string;
    readonly key?: string;
    readonly value?: string;
}

/** What AWS's model of a service says of its requests and answers on the network, beside the shapes that the cloud has. */
export interface WireModel {
    /** AWS's protocols that the service speaks, by botocore's names: `rest-json`, `json`, `rest-xml`, `query`, ... */
    readonly protocols: readonly string[];
    /** The service in a signature's credential scope. */
    readonly signingName: string;
    readonly apiVersion: string;
    readonly xmlNamespace?: string;
    /** What stands before the operation's name in the header x-amz-target. */
    readonly targetPrefix?: string;
    readonly jsonVersion?: string;
    /** Of services whose operations differ by method and path. */
    readonly routes?: Readonly<Record<string, { method: string; uri: string; status?: number }>>;
    /** The error code by the exception's name, where the two differ. */
    readonly errorCodes?: Readonly<Record<string, string>>;
    readonly shapes?: Readonly<Record<string, WireShape>>;
}

/** Reads how a service's requests and answers are written, as `generate.ts` has taken it over. */
export function readWireModel(service: string): WireModel {
    return JSON.parse(readFileSync(path.join(__dirname, `${service}.json`), "utf8")) as WireModel;
}
