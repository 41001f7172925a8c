import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** A file's text; nothing where there is no such file. */
export function readIfThere(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

/** Writes a file under another name and renames it, so that no process that reads at the same time sees half of it. */
export function writeWhole(file: string, text: string): void {
    const draft = `${file}.${process.pid}.draft`;
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
}
