import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** The folders of PATH, in their order. */
export function pathFolders(environment: NodeJS.ProcessEnv): string[] {
    return (environment.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
}

/** Every executable file of a name in some folders, in the folders' order. */
export function executables(name: string, folders: readonly string[]): string[] {
    return folders.map((folder) => path.join(folder, name)).filter(isExecutable);
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
