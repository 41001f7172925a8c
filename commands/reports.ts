import { writeFileSync } from "node:fs";
import path from "node:path";
import { refuseFaults } from "./commandLine";

/** Where a report goes, and how it is written. */
export interface Output<Format extends string> {
    readonly format: Format;
    /** Absent for standard output. */
    readonly file?: string;
}

/** What `--format` and `--output` say. */
export interface OutputOptions<Format extends string> {
    readonly format?: Format;
    /** Absent where no file is named. */
    readonly output?: readonly string[];
}

/** The formats that files' extensions ask for. */
export type FormatOfExtension<Format extends string> = Readonly<Record<string, Format>>;

/** Where reports go: each file as its extension says or as `--format` does; to standard output where no file is named. */
export function outputsOf<Format extends string>(
    { format, output = [] }: OutputOptions<Format>,
    formatOfExtension: FormatOfExtension<Format>,
    fallback: Format,
    absolute: (file: string) => string,
): Output<Format>[] {
    return output.length === 0
        ? [{ format: format ?? fallback }]
        : output.map((file) => ({
              format: format ?? formatOfExtension[path.extname(file)] ?? fallback,
              file: absolute(file),
          }));
}

/** What is wrong with `--output`: a file whose format nobody can tell. */
export function outputFaults<Format extends string>(
    { format, output = [] }: OutputOptions<Format>,
    formatOfExtension: FormatOfExtension<Format>,
): string[] {
    const extensions = Object.keys(formatOfExtension);
    return output
        .filter((file) => format === undefined && !extensions.includes(path.extname(file)))
        .map(
            (file) =>
                `--output: expected a file that ends in ${extensions.join(", ")}, got ${JSON.stringify(file)}; or add --format`,
        );
}

/** What is wrong with `--stack`: no name, or none that Pulumi takes. */
export function stackFaults(stack: string | undefined): string[] {
    if (stack === undefined) {
        return ["--stack: expected the name of a stack, got nothing; name one, such as --stack prod"];
    }
    return /^[\w./-]+$/.test(stack)
        ? []
        : [`--stack: expected the name of a stack, got ${JSON.stringify(stack)}; write it as Pulumi does`];
}

/**
 * Writes a report to wherever it goes, and tells of each file.
 *
 * @param inShort What the report comes to, in a few words.
 * @throws UnusableArguments where a file cannot be written, after the others have been.
 */
export function writeReports<Format extends string>(
    outputs: readonly Output<Format>[],
    render: (format: Format) => string,
    inShort: string,
): void {
    const faults: string[] = [];
    for (const { format, file } of outputs) {
        const report = render(format);
        if (file === undefined) {
            process.stdout.write(report);
            continue;
        }
        try {
            writeFileSync(file, report);
            process.stderr.write(`${format} report: ${file} (${inShort})\n`);
        } catch (error) {
            const { code, message } = error as NodeJS.ErrnoException;
            faults.push(`--output: expected a file that can be written, got ${code ?? message}: ${file}`);
        }
    }
    refuseFaults(faults);
}
