import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Shape } from "./model";

/** A member, an item, a key or a value, as botocore names its shape and says how it is written. */
export interface SourceReference {
    shape: string;
    location?: string;
    locationName?: string;
    flattened?: boolean;
    xmlAttribute?: boolean;
    timestampFormat?: string;
}

/** A shape as botocore writes it, with all that is not taken over. */
export interface SourceShape {
    type: Shape["type"];
    required?: string[];
    members?: Record<string, SourceReference>;
    member?: SourceReference;
    key?: SourceReference;
    value?: SourceReference;
    enum?: string[];
    pattern?: string;
    min?: number;
    max?: number;
    sensitive?: boolean;
    error?: { code?: string; httpStatusCode?: number };
    fault?: boolean;
    payload?: string;
    flattened?: boolean;
    timestampFormat?: string;
}

export interface SourceModel {
    metadata: {
        apiVersion: string;
        endpointPrefix: string;
        jsonVersion?: string;
        protocol: string;
        protocols: string[];
        signingName?: string;
        targetPrefix?: string;
        xmlNamespace?: string;
    };
    operations: Record<
        string,
        {
            http: { method: string; requestUri: string; responseCode?: number };
            input?: { shape: string };
            output?: { shape: string };
            errors?: Array<{ shape: string }>;
        }
    >;
    shapes: Record<string, SourceShape>;
}

/** Reads one of AWS's service models from botocore's data directory. */
export function readSource(directory: string, service: string, version: string): SourceModel {
    const file = path.join(directory, service, version, "service-2.json.gz");
    return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as SourceModel;
}
