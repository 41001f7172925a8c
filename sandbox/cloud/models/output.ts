import { memberShape, type ServiceModel } from "./model";

/**
 * Faults of an output against AWS's model of it: members that AWS does not have and values of another type.
 *
 * An answer in another shape than AWS's would let a program pass here and fail there, so it counts as a defect of the
 * sandbox, never as something to put up with.
 */
export function outputFaults(model: ServiceModel, shapeName: string | undefined, output: unknown): string[] {
    const faults: string[] = [];

    function check(name: string, value: unknown, path: string): void {
        const shape = model.shapes[name];
        if (shape === undefined || value === undefined) {
            return;
        }
        if (shape.type === "structure" && typeof value === "object" && value !== null) {
            for (const [member, item] of Object.entries(value)) {
                const target = memberShape(shape, member);
                if (target === undefined) {
                    faults.push(`${path}.${member} is not a member of AWS's ${name}`);
                } else {
                    check(target, item, `${path}.${member}`);
                }
            }
        } else if (shape.type === "list" && Array.isArray(value)) {
            value.forEach((item, index) => check(shape.member ?? "", item, `${path}[${index}]`));
        } else if (shape.type === "map" && typeof value === "object" && value !== null) {
            Object.entries(value).forEach(([key, item]) => check(shape.value ?? "", item, `${path}.${key}`));
        } else if (!scalars[shape.type]?.(value)) {
            faults.push(`${path} is not a ${shape.type}`);
        } else if (shape.enum !== undefined && !shape.enum.includes(asModelled(value as string))) {
            faults.push(`${path} is not one of ${shape.enum.join(", ")}`);
        }
    }

    if (shapeName !== undefined) {
        check(shapeName, output ?? {}, "output");
    }
    return faults;
}

const isNumber = (value: unknown): boolean => typeof value === "number";

const scalars: Record<string, (value: unknown) => boolean> = {
    string: (value) => typeof value === "string",
    boolean: (value) => typeof value === "boolean",
    integer: Number.isInteger,
    long: Number.isInteger,
    float: isNumber,
    double: isNumber,
    timestamp: (value) => value instanceof Date,
    blob: (value) => value instanceof Uint8Array,
};

/** ACM's answers write `RSA-2048` where its model says `RSA_2048`. */
function asModelled(value: string): string {
    return value.replace(/^(RSA|EC)-/, "$1_");
}
