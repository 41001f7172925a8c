import { readFileSync } from "node:fs";
import path from "node:path";

/** One type of AWS's service model, with the limits that AWS states in it. */
export interface Shape {
    readonly type:
        | "structure"
        | "list"
        | "map"
        | "string"
        | "integer"
        | "long"
        | "float"
        | "double"
        | "boolean"
        | "timestamp"
        | "blob";
    readonly required?: readonly string[];
    /** Of a structure: the shape's name by the member's name. */
    readonly members?: Readonly<Record<string, string>>;
    /** Of a list. */
    readonly member?: string;
    /** Of a map. */
    readonly key?: string;
    readonly value?: string;
    readonly enum?: readonly string[];
    readonly pattern?: string;
    /** Least length, count or value. */
    readonly min?: number;
    /** Greatest length, count or value. */
    readonly max?: number;
    readonly sensitive?: boolean;
}

/** What is taken over of AWS's model of one service. */
export interface ServiceModel {
    readonly operations: Record<
        string,
        { readonly input?: string; readonly output?: string; readonly errors: readonly string[] }
    >;
    /** HTTP status by the exception's name. */
    readonly exceptions: Readonly<Record<string, number>>;
    readonly shapes: Readonly<Record<string, Shape>>;
}

/** Reads AWS's model of a service, as `generate.ts` has taken it over. */
export function readModel(service: string): ServiceModel {
    return JSON.parse(readFileSync(path.join(__dirname, "shapes", `${service}.json`), "utf8")) as ServiceModel;
}

/** The shape of a structure's member or a map's value; `undefined` where there is no such member, whatever objects inherit. */
export function memberShape(shape: Shape | undefined, name: string): string | undefined {
    if (shape?.type === "map") {
        return shape.value;
    }
    const { members = {} } = shape ?? {};
    return Object.hasOwn(members, name) ? members[name] : undefined;
}
