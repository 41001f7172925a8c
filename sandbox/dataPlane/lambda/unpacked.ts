import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";

/** Functions' code as files: unpacked when it is first needed, and gone with {@link remove}. */
export class UnpackedCode {
    private root: string | undefined;
    private readonly folders = new Map<string, string>();

    /**
     * The folder with what is in an archive.
     *
     * @param sha256 Tells archives apart
     * @throws Error for an archive that would write elsewhere
     */
    folderOf(sha256: string, archive: Uint8Array): string {
        const known = this.folders.get(sha256);
        if (known !== undefined) {
            return known;
        }
        this.root ??= mkdtempSync(path.join(tmpdir(), "iot-domains-functions-"));
        const folder = path.join(this.root, String(this.folders.size));
        mkdirSync(folder);
        for (const [name, content] of Object.entries(unzipSync(archive))) {
            writeInside(folder, name, content);
        }
        this.folders.set(sha256, folder);
        return folder;
    }

    remove(): void {
        if (this.root !== undefined) {
            rmSync(this.root, { recursive: true, force: true });
        }
    }
}

function writeInside(folder: string, name: string, content: Uint8Array): void {
    const file = path.resolve(folder, name);
    if (file !== folder && !file.startsWith(folder + path.sep)) {
        throw new Error(`the deployment package has a file outside itself: ${JSON.stringify(name)}`);
    }
    if (name.endsWith("/")) {
        mkdirSync(file, { recursive: true });
    } else {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, content);
    }
}
