import { readFileSync } from "node:fs";
import { UnusableArguments } from "../commandLine";

/** The text of a file that an option names. @throws UnusableArguments where it cannot be read */
export function readPemFile(option: string, file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new UnusableArguments(`${option}: expected a file in PEM, got ${file}: ${code}; correct the path`);
    }
}
