import type { CheckReport } from "../finding";
import { codeQuality } from "./codeQuality";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { text } from "./text";
import { workflowCommands } from "./workflowCommands";

/** How a report can be written, by the name on the command line. */
export const formats = {
    text,
    json,
    sarif,
    markdown,
    junit,
    github: workflowCommands,
    gitlab: codeQuality,
} as const satisfies Readonly<Record<string, (report: CheckReport) => string>>;

/** The name of a format. */
export type Format = keyof typeof formats;

/** The names of all formats. */
export const formatNames = Object.keys(formats) as readonly Format[];

/** The format that a file's name asks for, by its extension. */
export const formatOfExtension: Readonly<Record<string, Format>> = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".md": "markdown",
    ".xml": "junit",
    ".annotations": "github",
    ".codequality": "gitlab",
};
