import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readMaterial, type MaterialSource } from "./material";
import type { Finding } from "../rules/finding";
import { inFile, inSecret } from "./pemLocations";

/** What became of a reference: what it stands for, or what is wrong with it. */
export type ReferenceResult =
    { readonly text: string } | { readonly fault: Pick<Finding, "got" | "expected" | "remedy"> };

/**
 * Something in a configuration that stands for something else, and that is looked up after the configuration was parsed.
 *
 * A class of its own, so that no text or mapping of a configuration can be mistaken for one.
 */
export class Reference {
    public constructor(public readonly read: (source: MaterialSource) => ReferenceResult) {}
}

/** A configuration with every reference replaced by what it stands for. */
export type Read<Settings> = Settings extends Reference
    ? string
    : Settings extends object
      ? { [Name in keyof Settings]: Read<Settings[Name]> }
      : Settings;

/** A PEM text in a file, or in a secret of the configuration. */
export const pemReference = z.discriminatedUnion("from", [inFile, inSecret]).transform(
    (material) =>
        new Reference((source) => {
            const result = readMaterial(material, source);
            // Neither of the two is read later: that is for texts in AWS Secrets Manager.
            return "later" in result ? { text: "" } : result;
        }),
);

/** A folder, from the project's folder; it stands for its absolute path. */
export const folderReference = z.string().transform(
    (folder) =>
        new Reference(({ directory }) => {
            const text = path.resolve(directory, folder);
            return fs.statSync(text, { throwIfNoEntry: false })?.isDirectory()
                ? { text }
                : {
                      fault: {
                          got: JSON.stringify(folder.slice(0, 200)),
                          expected: "the path of a folder",
                          remedy: "correct the path; it starts from the project's folder",
                      },
                  };
        }),
);

/**
 * Looks up every reference in a configuration.
 *
 * @param at The path of the settings, for the findings.
 * @returns The settings, with an empty text for what could not be read; and a finding for each of those.
 */
export function readReferences<Settings>(
    settings: Settings,
    source: MaterialSource,
    at: string,
): { readonly settings: Read<Settings>; readonly findings: readonly Finding[] } {
    const findings: Finding[] = [];
    const read = (value: unknown, place: string): unknown => {
        if (value instanceof Reference) {
            const result = value.read(source);
            if ("text" in result) {
                return result.text;
            }
            findings.push({ rule: "configuration", severity: "high", path: place, ...result.fault });
            return "";
        }
        if (Array.isArray(value)) {
            return value.map((member, index) => read(member, `${place}[${index}]`));
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(
                  Object.entries(value).map(([name, member]) => [name, read(member, `${place}.${name}`)]),
              )
            : value;
    };
    return { settings: read(settings, at) as Read<Settings>, findings };
}
