import { parse, parseDocument, stringify, visit, type Document, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { Failure } from "../cli";
import { readIfThere, writeWhole } from "./files";

/** A stack's configuration: a Pulumi.<stack>.yaml's text, or what such a file holds. */
export type StackConfiguration = string | { readonly config: Readonly<Record<string, unknown>> };

/** A stack's configuration in the sandbox. */
export interface ConfigurationCopy {
    /** What was copied, as YAML. */
    readonly source: string;
    /** The copy; the CLI writes into it. */
    readonly file: string;
    readonly missingSecrets: readonly string[];
    /** What the copy was before; nothing where there was none. */
    readonly previous?: string;
    readonly text: string;
}

/** Copies a stack's configuration to where the sandbox's CLI reads it. */
export function copyConfiguration(given: StackConfiguration, file: string): ConfigurationCopy {
    // YAML 1.1 is what Pulumi reads: its writer quotes what that version takes for something else than text.
    const source = typeof given === "string" ? given : stringify(given, { version: "1.1" });
    const previous = readIfThere(file);
    const copy = { source, file, previous, ...sandboxConfiguration(source, previous) };
    writeWhole(file, copy.text);
    return copy;
}

/** A stack's configuration as the sandbox's CLI gets it. */
export interface SandboxConfiguration {
    readonly text: string;
    /** Keys whose values are encrypted for somebody else and were not set in the sandbox. */
    readonly missingSecrets: readonly string[];
}

/** Stands for a secret that the sandbox has no value of, where a person lists the configuration. */
const placeholder = "(not set in the sandbox)";

/** What belongs to a stack's own encryption or to Pulumi Cloud; the sandbox encrypts by itself. */
const foreignSettings = ["encryptionsalt", "encryptedkey", "secretsprovider", "environment"] as const;

/**
 * Makes the sandbox's copy of a stack's configuration.
 *
 * The file itself is never given to the CLI, which writes into it. Everything comes from the file, new each time,
 * except what the file cannot hold for the sandbox: the salt of its encryption, and the values of secrets. Those stay
 * as they are in the copy that there was, at the places where the file has a secret.
 *
 * @param source the stack's own file
 * @param previous the sandbox's copy so far
 */
export function sandboxConfiguration(source: string, previous: string | undefined): SandboxConfiguration {
    const document = withoutAliases(parseDocument(source));
    const copy: unknown = previous === undefined ? undefined : parse(previous);
    for (const setting of foreignSettings) {
        document.delete(setting);
    }
    const missing: Path[] = [];
    for (const path of secretPaths(document.toJS())) {
        const kept = valueAt(copy, path);
        if (isSecret(kept)) {
            document.setIn([...path, "secure"], kept.secure);
        } else {
            // Something has to stand there, or what comes after it in a list would move.
            document.setIn(path, placeholder);
            missing.push(path);
        }
    }
    const salt = valueAt(copy, ["encryptionsalt"]);
    if (salt !== undefined) {
        document.set("encryptionsalt", salt);
    }
    return { text: document.toString({ lineWidth: 0 }), missingSecrets: missing.map(formatPath) };
}

/** Whether two configurations say the same, whatever they look like and however they are encrypted. */
export function configurationsAgree(first: string, second: string): boolean {
    const settings = (text: string) => {
        const document = parseDocument(text);
        document.delete("encryptionsalt");
        return JSON.stringify(document.toJS());
    };
    return settings(first) === settings(second);
}

/**
 * What a stack's file asks for that the sandbox cannot give.
 *
 * @throws Failure with all of it, and the ways out
 */
export function checkConfiguration(file: string, stack: string, copy: ConfigurationCopy): void {
    const faults = copy.missingSecrets.map(
        (key) =>
            `${file}: config: ${key}: expected a secret that the sandbox can read, got one that is encrypted for ` +
            "the stack itself; give the sandbox a value of its own: " +
            `npm run sandbox -- config set --stack ${stack} --secret --path '${key}' VALUE`,
    );
    if (parseDocument(copy.source).has("environment")) {
        faults.push(
            `${file}: environment: expected none in the sandbox, got imports from Pulumi ESC, which is a service of ` +
                "Pulumi Cloud; write the values that the sandbox needs under config of a stack of their own",
        );
    }
    if (faults.length > 0) {
        throw new Failure(faults.join("\n"));
    }
}

/** Writes out what YAML's aliases stand for: each place then has a value of its own to replace. */
function withoutAliases(document: Document): Document {
    visit(document, {
        Alias(_, alias) {
            const written = alias.resolve(document)?.clone() as Scalar | YAMLMap | YAMLSeq | undefined;
            delete written?.anchor;
            return written;
        },
    });
    return document;
}

type Path = readonly (string | number)[];

/** Where a value holds secrets: Pulumi writes one as a map with the single key `secure`. */
function* secretPaths(value: unknown, path: Path = []): Generator<Path> {
    if (isSecret(value)) {
        yield path;
    } else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
            yield* secretPaths(item, [...path, index]);
        }
    } else if (typeof value === "object" && value !== null) {
        for (const [key, item] of Object.entries(value)) {
            yield* secretPaths(item, [...path, key]);
        }
    }
}

function isSecret(value: unknown): value is { readonly secure: string } {
    return (
        typeof value === "object" &&
        value !== null &&
        Object.keys(value).length === 1 &&
        typeof (value as { secure?: unknown }).secure === "string"
    );
}

function valueAt(value: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (within, key) => (within as Record<string | number, unknown> | undefined)?.[key],
        value,
    );
}

/** A path as `pulumi config --path` takes it: `iot-domains:domains.telemetry["a.b"][0]`. */
function formatPath(path: Path): string {
    const [, first = "", ...rest] = path;
    return [
        String(first),
        ...rest.map((part) => {
            if (typeof part === "number") {
                return `[${part}]`;
            }
            return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
        }),
    ].join("");
}
