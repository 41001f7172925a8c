import { memberShape, type ServiceModel, type Shape } from "./model";

/** What is wrong with an input, in the words of AWS's own answers. */
export interface InputFaults {
    /** What the SDK refuses before anything is sent: members that do not exist and values of another type. */
    readonly client: string[];
    /** What the service refuses: limits that AWS's model states. */
    readonly service: string[];
}

type Check = (shape: Shape, value: never) => Array<string | false>;

/**
 * The limits of a shape by its type, worded as AWS's services word them.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html
 */
const limits: Partial<Record<Shape["type"], Check>> = {
    string: (shape, value: string) => [
        ...lengthFaults(shape, [...value].length),
        shape.pattern !== undefined &&
            !fullMatch(shape.pattern).test(value) &&
            `Member must satisfy regular expression pattern: ${shape.pattern}`,
        shape.enum !== undefined &&
            !shape.enum.includes(value) &&
            `Member must satisfy enum value set: [${shape.enum.join(", ")}]`,
    ],
    blob: (shape, value: Uint8Array) => lengthFaults(shape, value.byteLength),
    list: (shape, value: unknown[]) => lengthFaults(shape, value.length),
    map: (shape, value: object) => lengthFaults(shape, Object.keys(value).length),
    integer: valueFaults,
    long: valueFaults,
    float: valueFaults,
    double: valueFaults,
};

function lengthFaults({ min, max }: Shape, length: number): Array<string | false> {
    return [
        min !== undefined && length < min && `Member must have length greater than or equal to ${min}`,
        max !== undefined && length > max && `Member must have length less than or equal to ${max}`,
    ];
}

function valueFaults({ min, max }: Shape, value: number): Array<string | false> {
    return [
        min !== undefined && value < min && `Member must have value greater than or equal to ${min}`,
        max !== undefined && value > max && `Member must have value less than or equal to ${max}`,
    ];
}

const patterns = new Map<string, RegExp>();

/**
 * Java's class of visible ASCII characters in JavaScript's words; it stands in a character class wherever AWS uses it.
 *
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
 */
const graph = { java: /\\p\{Graph\}/g, javaScript: "\\x21-\\x7e" };

/** AWS's services match the whole text. Some patterns name Unicode categories, others escape what the `u` flag forbids. */
function fullMatch(pattern: string): RegExp {
    let expression = patterns.get(pattern);
    if (expression === undefined) {
        const whole = `^(?:${pattern.replace(graph.java, graph.javaScript)})$`;
        try {
            expression = new RegExp(whole, "u");
        } catch {
            expression = new RegExp(whole);
        }
        patterns.set(pattern, expression);
    }
    return expression;
}

const conversions: Record<Shape["type"], (value: unknown) => unknown> = {
    structure: (value) => (isPlain(value) ? value : undefined),
    map: (value) => (isPlain(value) ? value : undefined),
    list: (value) => (Array.isArray(value) ? value : undefined),
    string: (value) => (typeof value === "string" ? value : undefined),
    boolean: (value) => (typeof value === "boolean" ? value : undefined),
    integer: (value) => (Number.isInteger(value) ? value : undefined),
    long: (value) => (Number.isInteger(value) ? value : undefined),
    float: (value) => (typeof value === "number" ? value : undefined),
    double: (value) => (typeof value === "number" ? value : undefined),
    timestamp: toDate,
    blob: (value) => (typeof value === "string" ? Buffer.from(value) : value instanceof Uint8Array ? value : undefined),
};

function isPlain(value: unknown): boolean {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function toDate(value: unknown): Date | undefined {
    const date = value instanceof Date ? value : new Date(value as string | number);
    return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Services name members with a small first letter in their answers, whatever their API's own spelling. */
function spelt(path: string): string {
    return path.replace(/(^|\.)[A-Z]/g, (start) => start.toLowerCase());
}

function isAbsent(value: unknown): boolean {
    return value === undefined || value === null;
}

/**
 * Checks an input against AWS's model of it, every fault at once, and returns it as the service's code takes it:
 * without absent members, blobs as bytes, timestamps as dates.
 */
export function acceptInput(
    model: ServiceModel,
    shapeName: string | undefined,
    input: Record<string, unknown>,
): { readonly value: unknown; readonly faults: InputFaults } {
    const faults: InputFaults = { client: [], service: [] };
    if (shapeName === undefined) {
        faults.client.push(...Object.keys(input).map((name) => `Unknown parameter in input: "${name}"`));
        return { value: {}, faults };
    }

    function accept(name: string, value: unknown, path: string): unknown {
        const shape = model.shapes[name];
        if (shape === undefined) {
            throw new Error(`the model has no shape ${name}`);
        }
        const converted = conversions[shape.type](value);
        if (converted === undefined) {
            const got = Array.isArray(value) ? "list" : typeof value;
            faults.client.push(`Invalid type for parameter ${path || "input"}: got ${got}, expected ${shape.type}`);
            return undefined;
        }
        const quoted = shape.sensitive === true || typeof value === "object" ? "Value" : `Value '${String(value)}'`;
        for (const limit of limits[shape.type]?.(shape, converted as never) ?? []) {
            if (limit !== false) {
                faults.service.push(`${quoted} at '${spelt(path)}' failed to satisfy constraint: ${limit}`);
            }
        }
        if (shape.type === "structure") {
            return acceptStructure(shape, converted as Record<string, unknown>, path);
        }
        if (shape.type === "list") {
            return (converted as unknown[]).map((item, index) =>
                accept(shape.member ?? "", item, `${path}.${index + 1}.member`),
            );
        }
        if (shape.type === "map") {
            const entries = Object.entries(converted as object).filter(([, item]) => !isAbsent(item));
            for (const [key] of entries) {
                accept(shape.key ?? "", key, `${path}.${key}`);
            }
            return Object.fromEntries(
                entries.map(([key, item]) => [key, accept(shape.value ?? "", item, `${path}.${key}`)]),
            );
        }
        return converted;
    }

    function acceptStructure(shape: Shape, value: Record<string, unknown>, path: string): unknown {
        const members = shape.members ?? {};
        const below = (name: string) => (path === "" ? name : `${path}.${name}`);
        for (const name of Object.keys(value).filter((name) => memberShape(shape, name) === undefined)) {
            const known = Object.keys(members).join(", ");
            faults.client.push(`Unknown parameter in ${path || "input"}: "${name}", must be one of: ${known}`);
        }
        for (const name of (shape.required ?? []).filter((name) => isAbsent(value[name]))) {
            faults.service.push(
                `Value null at '${spelt(below(name))}' failed to satisfy constraint: Member must not be null`,
            );
        }
        const present = Object.entries(members).filter(([name]) => !isAbsent(value[name]));
        return Object.fromEntries(present.map(([name, target]) => [name, accept(target, value[name], below(name))]));
    }

    return { value: accept(shapeName, input, ""), faults };
}
