/**
 * Takes over from AWS's service models what the cloud needs: shapes with their limits, and types for its code.
 *
 * AWS publishes the models with botocore (Apache License 2.0). Run after a change of `operations.ts`:
 * `node --require ./tools/typescript.cjs sandbox/cloud/models/generate.ts DIRECTORY`, where DIRECTORY is botocore's `data`.
 *
 * @see https://github.com/boto/botocore/tree/develop/botocore/data
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { modelledServices } from "./operations";
import type { ServiceModel, Shape } from "./model";

/** A shape as botocore writes it, with all that is not taken over. */
interface SourceShape {
    type: Shape["type"];
    required?: string[];
    members?: Record<string, { shape: string }>;
    member?: { shape: string };
    key?: { shape: string };
    value?: { shape: string };
    enum?: string[];
    pattern?: string;
    min?: number;
    max?: number;
    sensitive?: boolean;
    error?: { httpStatusCode?: number };
    fault?: boolean;
}

interface SourceModel {
    operations: Record<
        string,
        { input?: { shape: string }; output?: { shape: string }; errors?: Array<{ shape: string }> }
    >;
    shapes: Record<string, SourceShape>;
}

function readSource(directory: string, service: string, version: string): SourceModel {
    const file = path.join(directory, service, version, "service-2.json.gz");
    return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as SourceModel;
}

function shapesBelow(shape: SourceShape): string[] {
    const members = Object.values(shape.members ?? {}).map((member) => member.shape);
    return [...members, shape.member?.shape, shape.key?.shape, shape.value?.shape].filter((name) => name !== undefined);
}

function takeShape(source: SourceShape): Shape {
    const members = Object.entries(source.members ?? {}).map(([name, member]) => [name, member.shape] as const);
    return {
        type: source.type,
        required: source.required,
        members: source.members === undefined ? undefined : Object.fromEntries(members),
        member: source.member?.shape,
        key: source.key?.shape,
        value: source.value?.shape,
        enum: source.enum,
        pattern: source.pattern,
        min: source.min,
        max: source.max,
        sensitive: source.sensitive,
    };
}

function takeModel(source: SourceModel, names: readonly string[]): ServiceModel {
    const shapes: Record<string, Shape> = {};
    const exceptions: Record<string, number> = {};
    const operations: ServiceModel["operations"] = {};
    const wanted: string[] = [];
    for (const name of [...names].sort()) {
        const operation = source.operations[name];
        if (operation === undefined) {
            throw new Error(`AWS's model has no operation ${name}`);
        }
        const errors = (operation.errors ?? []).map((error) => error.shape).sort();
        operations[name] = { input: operation.input?.shape, output: operation.output?.shape, errors };
        for (const error of errors) {
            const shape = source.shapes[error];
            exceptions[error] = shape?.error?.httpStatusCode ?? (shape?.fault === true ? 500 : 400);
        }
        wanted.push(...[operation.input?.shape, operation.output?.shape].filter((shape) => shape !== undefined));
    }
    for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
        const shape = source.shapes[name];
        if (shape !== undefined && shapes[name] === undefined) {
            shapes[name] = takeShape(shape);
            wanted.push(...shapesBelow(shape));
        }
    }
    const sorted = Object.fromEntries(Object.entries(shapes).sort(([left], [right]) => (left < right ? -1 : 1)));
    return { operations, exceptions, shapes: sorted };
}

const primitives: Partial<Record<Shape["type"], string>> = {
    string: "string",
    integer: "number",
    long: "number",
    float: "number",
    double: "number",
    boolean: "boolean",
    timestamp: "Date",
    blob: "Uint8Array",
};

function typeOf(name: string, model: ServiceModel): string {
    const shape = model.shapes[name];
    if (shape === undefined) {
        throw new Error(`AWS's model has no shape ${name}`);
    }
    if (shape.enum !== undefined) {
        return shape.enum.map((value) => JSON.stringify(value)).join(" | ");
    }
    if (shape.type === "structure") {
        return name;
    }
    if (shape.type === "list") {
        return `Array<${typeOf(shape.member ?? "", model)}>`;
    }
    if (shape.type === "map") {
        return `Record<string, ${typeOf(shape.value ?? "", model)}>`;
    }
    return primitives[shape.type] ?? "unknown";
}

function declare(name: string, shape: Shape, model: ServiceModel): string {
    const members = Object.entries(shape.members ?? {}).map(([member, target]) => {
        const optional = shape.required?.includes(member) === true ? "" : "?";
        return `    ${member}${optional}: ${typeOf(target, model)};`;
    });
    if (members.length === 0) {
        return `export type ${name} = Record<string, never>;`;
    }
    return `export interface ${name} {\n${members.join("\n")}\n}`;
}

function declareAll(service: string, model: ServiceModel): string {
    const structures = Object.entries(model.shapes).filter(([, shape]) => shape.type === "structure");
    const operations = Object.entries(model.operations).map(
        ([name, { input, output }]) =>
            `    ${name}: { input: ${input ?? "Record<string, never>"}; output: ${output ?? "void"} };`,
    );
    return [
        `// Generated by generate.ts from AWS's service model of ${service} (botocore, Apache License 2.0). Do not edit.`,
        ...structures.map(([name, shape]) => declare(name, shape, model)),
        `/** Input and output of each modelled operation. */\nexport interface OperationTypes {\n${operations.join("\n")}\n}\n`,
    ].join("\n\n");
}

const [directory] = process.argv.slice(2);
if (directory === undefined) {
    throw new Error("name botocore's data directory");
}
for (const [service, { version, operations }] of Object.entries(modelledServices)) {
    const model = takeModel(readSource(directory, service, version), operations);
    writeFileSync(path.join(__dirname, "shapes", `${service}.json`), JSON.stringify(model, undefined, 1));
    writeFileSync(path.join(__dirname, `${service}.ts`), declareAll(service, model));
}
