import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A machine whose PATH holds nothing but what a test puts there. */
export class Machine {
    readonly root = mkdtempSync(path.join(tmpdir(), "iot-domains-cli-"));
    private readonly folders: string[] = [];

    get environment(): NodeJS.ProcessEnv {
        return {
            PATH: this.folders.join(path.delimiter),
            HOME: path.join(this.root, "home"),
            IOT_DOMAINS_CLI_DIRECTORY: path.join(this.root, "builds"),
        };
    }

    /** Puts a folder with scripts at the end of PATH. */
    folder(name: string, scripts: Readonly<Record<string, string>>): string {
        const folder = path.join(this.root, name);
        mkdirSync(folder);
        this.folders.push(folder);
        for (const [script, body] of Object.entries(scripts)) {
            this.script(path.join(folder, script), body);
        }
        return folder;
    }

    /** A folder with a Pulumi CLI that says it is of a version, and the helpers that are named. */
    pulumi(name: string, version: string, helpers: readonly string[]): string {
        const scripts = { pulumi: `echo ${version}`, ...Object.fromEntries(helpers.map((helper) => [helper, ":"])) };
        return this.folder(name, scripts);
    }

    /** A Go that makes, slowly enough for two to meet, executables that only know their version. */
    go(version: string, build: string = this.successfulBuild("3.192.0")): string {
        return this.folder("go", {
            go: `if [ "$1" = env ]; then echo go${version}; exit; fi\necho built >> "${this.root}/go-runs"\n${build}`,
        });
    }

    /** What `go build` does where it succeeds, with the folder for executables in $directory. */
    successfulBuild(version: string): string {
        return `
            while [ "$1" != -o ]; do shift; done
            directory=$2
            echo "go: downloading example.com/module v1.0.0" >&2
            /bin/mkdir -p "$directory"
            for name in pulumi pulumi-language-nodejs; do
                printf '#!/bin/sh\\necho ${version}\\n' > "$directory/$name"
                /bin/chmod 755 "$directory/$name"
                /bin/sleep 0.2
            done`;
    }

    remove(): void {
        rmSync(this.root, { recursive: true, force: true });
    }

    private script(file: string, body: string): void {
        writeFileSync(file, `#!/bin/sh\n${body}\n`);
        chmodSync(file, 0o755);
    }
}
