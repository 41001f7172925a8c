import { Refusal } from "../../errors";

type Document = Record<string, unknown>;

interface PatchOperation {
    readonly op?: unknown;
    readonly path?: unknown;
    readonly value?: unknown;
}

function refuse(message: string): never {
    throw new Refusal("InvalidRequestException", `Invalid patch document: ${message}`);
}

/** The parts of a JSON pointer. @see https://www.rfc-editor.org/rfc/rfc6901 */
function parts(pointer: unknown): string[] {
    if (typeof pointer !== "string" || !pointer.startsWith("/")) {
        refuse(`${JSON.stringify(pointer)} is no path`);
    }
    return pointer
        .slice(1)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The object that holds what a path names, and the name in it. */
function locate(document: Document, pointer: unknown): readonly [holder: Document, name: string] {
    const names = parts(pointer);
    const name = names.pop() ?? "";
    let holder: unknown = document;
    for (const part of names) {
        holder = (holder as Document)[part];
        if (typeof holder !== "object" || holder === null) {
            refuse(`there is nothing at ${String(pointer)}`);
        }
    }
    return [holder as Document, name];
}

const appliers: Readonly<Record<string, (holder: Document, name: string, value: unknown) => void>> = {
    add: (holder, name, value) => {
        if (Array.isArray(holder)) {
            holder.splice(name === "-" ? holder.length : Number(name), 0, value);
        } else {
            holder[name] = value;
        }
    },
    replace: (holder, name, value) => {
        holder[name] = value;
    },
    remove: (holder, name) => {
        if (Array.isArray(holder)) {
            holder.splice(Number(name), 1);
        } else {
            delete holder[name];
        }
    },
};

/**
 * A document after a JSON patch of additions, replacements and removals.
 *
 * @throws Refusal InvalidRequestException for a patch that cannot be applied
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyPatch(document: Document, patch: string): Document {
    let operations: unknown;
    try {
        operations = JSON.parse(patch);
    } catch {
        refuse("it is not valid JSON");
    }
    if (!Array.isArray(operations)) {
        refuse("it is not a list of operations");
    }
    const patched = structuredClone(document);
    for (const { op, path, value } of operations as PatchOperation[]) {
        const apply = Object.hasOwn(appliers, String(op)) ? appliers[String(op)] : undefined;
        if (apply === undefined) {
            refuse(`the operation ${JSON.stringify(op)} is none of ${Object.keys(appliers).join(", ")}`);
        }
        const [holder, name] = locate(patched, path);
        if (op !== "add" && !(name in holder)) {
            refuse(`there is nothing at ${String(path)}`);
        }
        apply(holder, name, value);
    }
    return patched;
}
