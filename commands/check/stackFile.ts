import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
    isMap,
    isPair,
    isScalar,
    isSeq,
    LineCounter,
    parseDocument,
    type Document,
    type Pair,
    type Scalar,
} from "yaml";
import type { Location } from "./finding";

/** A key of the configuration: names of mappings and positions in lists. */
export type ConfigurationPath = readonly (string | number)[];

/** The namespace of this project's keys. */
const namespace = "iot-domains:";

interface Place {
    readonly path: ConfigurationPath;
    /** Offsets into the file's text. */
    readonly start: number;
    readonly end: number;
}

/** The file that a stack's configuration stands in, for finding lines in it. No value of it is ever quoted. */
export class StackFile {
    private readonly lines = new LineCounter();
    private readonly document: Document;

    constructor(
        /** As reports name it. */
        private readonly name: string,
        text: string,
    ) {
        this.document = parseDocument(text, { lineCounter: this.lines });
    }

    /** The configuration file of a stack, if the project has one. */
    static of(project: string, stack: string): StackFile | undefined {
        const file = path.join(project, `Pulumi.${shortStackName(stack)}.yaml`);
        return existsSync(file) ? new StackFile(nameInRepository(file), readFileSync(file, "utf8")) : undefined;
    }

    /** Where the first of some paths stands that the file has; else the nearest to the first one. */
    locate(...candidates: readonly ConfigurationPath[]): Location {
        const exact = candidates
            .map((candidate) => this.follow(candidate))
            .find((place, index) => place?.path.length === candidates[index]?.length);
        return this.locationOf(exact ?? this.follow(candidates[0] ?? []));
    }

    /** Where a path as the program's errors write it stands, such as `domains.telemetry.certificate.chain`. */
    locateText(text: string): Location {
        return this.locate(this.readPath(text));
    }

    /** The keys of the mapping at a path. */
    keysAt(configurationPath: ConfigurationPath): readonly string[] {
        const node = this.node(configurationPath);
        return isMap(node) ? node.items.map(keyOf) : [];
    }

    /** The text at a path; `undefined` where there is none. */
    textAt(configurationPath: ConfigurationPath): string | undefined {
        const node = this.node(configurationPath);
        return isScalar(node) && typeof node.value === "string" ? node.value : undefined;
    }

    /** Takes a path apart by what the file has, because keys may hold dots themselves. */
    private readPath(text: string): ConfigurationPath {
        const parts: (string | number)[] = [];
        let rest = text;
        while (rest !== "") {
            const [, position] = /^\[(\d+)\]/.exec(rest) ?? [];
            const key =
                position === undefined
                    ? (this.keysAt(parts).find((known) => new RegExp(`^${escaped(known)}([.[]|$)`).test(rest)) ??
                      /^[^.[]+/.exec(rest)?.[0] ??
                      rest)
                    : undefined;
            parts.push(key ?? Number(position));
            rest = rest.slice(key?.length ?? `[${position}]`.length).replace(/^\./, "");
        }
        return parts;
    }

    /** Goes along a path as far as the file has it. */
    private follow(configurationPath: ConfigurationPath): Place | undefined {
        let place: Place | undefined;
        for (let length = 1; length <= configurationPath.length; length += 1) {
            const part = configurationPath.slice(0, length);
            const next = this.place(part);
            if (next === undefined) {
                return place;
            }
            place = { path: part, ...next };
        }
        return place;
    }

    private place(configurationPath: ConfigurationPath): Omit<Place, "path"> | undefined {
        const parent = this.node(configurationPath.slice(0, -1));
        const last = configurationPath.at(-1);
        if (isSeq(parent)) {
            const [start, end] = (parent.items[Number(last)] as Scalar | undefined)?.range ?? [];
            return start === undefined || end === undefined ? undefined : { start, end };
        }
        const name = configurationPath.length === 1 ? `${namespace}${last}` : String(last);
        const pair = isMap(parent) ? parent.items.find((item) => keyOf(item) === name) : undefined;
        return pair === undefined ? undefined : rangeOf(pair);
    }

    private node(configurationPath: ConfigurationPath): unknown {
        const [first, ...rest] = configurationPath;
        return this.document.getIn(
            first === undefined ? ["config"] : ["config", `${namespace}${first}`, ...rest],
            true,
        );
    }

    private locationOf(place: Place | undefined): Location {
        const start = this.lines.linePos(place?.start ?? 0);
        const end = this.lines.linePos(place?.end ?? 0);
        return {
            file: this.name,
            path: pathText(place?.path ?? []),
            line: start.line || 1,
            column: start.col || 1,
            endLine: end.line || 1,
            endColumn: end.col || 1,
        };
    }
}

/** A stack's own name, by which its files are called: that of `organization/project/prod` is `prod`. */
export function shortStackName(stack: string): string {
    return stack.slice(stack.lastIndexOf("/") + 1);
}

/** A file's name from the root of its repository, from which code hosts take names; from its folder where there is none. */
function nameInRepository(file: string): string {
    let root = path.dirname(file);
    while (!existsSync(path.join(root, ".git"))) {
        const parent = path.dirname(root);
        if (parent === root) {
            return path.basename(file);
        }
        root = parent;
    }
    return path.relative(root, file).replaceAll(path.sep, "/");
}

/** The key and a value on the same line; of a mapping or a list below it the key alone, which is what one looks for. */
function rangeOf({ key, value }: Pair): Omit<Place, "path"> | undefined {
    const [start, keyEnd] = (key as Scalar).range ?? [];
    const valueEnd = isScalar(value) ? value.range?.[1] : undefined;
    return start === undefined || keyEnd === undefined ? undefined : { start, end: valueEnd ?? keyEnd };
}

function keyOf(pair: unknown): string {
    return isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : "";
}

function pathText(configurationPath: ConfigurationPath): string {
    return configurationPath.reduce<string>(
        (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
        "",
    );
}

function escaped(text: string): string {
    return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
