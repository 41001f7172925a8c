import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Writes the script in a client's folder `bin` that starts a program of it, wherever that folder is moved to.
 *
 * @param lines Shell, in which `$here` is the folder of the script
 */
export async function writeLauncher(folder: string, program: string, lines: readonly string[]): Promise<void> {
    const bin = path.join(folder, "bin");
    await mkdir(bin, { recursive: true });
    const script = ["#!/bin/sh", "here=${0%/*}", ...lines, ""];
    await writeFile(path.join(bin, program), script.join("\n"), { mode: 0o755 });
}
