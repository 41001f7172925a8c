import { Struct, type Value as StructValue } from "google-protobuf/google/protobuf/struct_pb";
import { secretSignature, signatureKey } from "../../engine/secrets";
import { isObject, Secret, unknown, type Bag, type Value } from "./values";

/** How the engine writes what JSON cannot say; these constants are part of Pulumi's protocol. */
const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

type Signed = Record<string, unknown>;

/** What stands behind each signature; other signed objects, which are assets and archives, stay as they travel. */
const signed: ReadonlyMap<unknown, (object: Signed) => Value> = new Map([
    [secretSignature, ({ value }: Signed) => new Secret(decode(value))],
    [
        outputSignature,
        ({ value, secret }: Signed) => {
            const inner = value === undefined ? unknown : decode(value);
            return secret === true ? new Secret(inner) : inner;
        },
    ],
]);

function decode(value: unknown): Value {
    if (value === unknownMarker) {
        return unknown;
    }
    if (Array.isArray(value)) {
        return value.map(decode);
    }
    if (!isObject(value)) {
        return value as Value;
    }
    const open = signed.get(value[signatureKey]);
    return open === undefined ? decodeMembers(value) : open(value);
}

function decodeMembers(object: Record<string, unknown>): Bag {
    return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, decode(member)]));
}

function encode(value: Value): unknown {
    if (value === unknown) {
        return unknownMarker;
    }
    if (value instanceof Secret) {
        return { [signatureKey]: secretSignature, value: encode(value.value) };
    }
    if (Array.isArray(value)) {
        return value.map(encode);
    }
    return isObject(value) ? encodeMembers(value as Bag) : value;
}

function encodeMembers(bag: Bag): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(bag)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [name, encode(value)]),
    );
}

/** Reads properties as the engine sends them. */
export function fromWire(struct: Struct | undefined): Bag {
    return struct === undefined ? {} : decodeMembers(struct.toJavaScript());
}

/** Writes properties as the engine expects them. */
export function toWire(bag: Bag): Struct {
    return Struct.fromJavaScript(encodeMembers(bag) as { [key: string]: ReturnType<StructValue["toJavaScript"]> });
}
