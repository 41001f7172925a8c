import { memberShape, type ServiceModel, type Shape } from "./model";

/** What stands in the place of a secret. */
export const redacted = "[secret]";

/** Members that hold secrets though AWS's model does not mark them, or marks only what encloses them. */
const secretNames = /^(privateKey|tokenValue|tokenSigningSignature|authParams|password)$/i;

/** An input without its secrets: what AWS's model marks as sensitive, wherever it stands. */
export function redact(model: ServiceModel | undefined, shapeName: string | undefined, value: unknown): unknown {
    const shape = shapeName === undefined ? undefined : model?.shapes[shapeName];
    if (value === undefined || value === null) {
        return value;
    }
    if (shape?.sensitive === true) {
        return redacted;
    }
    if (value instanceof Uint8Array) {
        return Buffer.from(value).toString("utf8");
    }
    if (value instanceof Date) {
        return value.toISOString();
    }
    if (Array.isArray(value)) {
        return value.map((item) => redact(model, shape?.member, item));
    }
    if (typeof value === "object") {
        return Object.fromEntries(
            Object.entries(value).map(([name, item]) => [
                name,
                isSecret(shape, name) ? redacted : redact(model, memberShape(shape, name), item),
            ]),
        );
    }
    return value;
}

/** A member that AWS's model does not know is left out of the trail as well: it may be a secret under a wrong name. */
function isSecret(shape: Shape | undefined, name: string): boolean {
    return secretNames.test(name) || shape === undefined || memberShape(shape, name) === undefined;
}
