import { mkdirSync, readFileSync, rmSync, writeFileSync, copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** What the bundle leaves to the installation it runs in: the engine's protocol has one copy in a process. */
const external = ["@pulumi/policy", "@pulumi/pulumi"];

const marker = "PulumiPolicy.yaml";

interface Manifest {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
}

/**
 * Writes the pack as a folder of its own that can be published or copied: one index.js without TypeScript and without
 * this repository.
 *
 * @param directory Made anew; what is in it has to be an earlier bundle.
 * @throws Error where the folder holds something else.
 */
export async function bundlePack(directory: string): Promise<void> {
    if (existsSync(directory) && readdirSync(directory).length > 0 && !existsSync(path.join(directory, marker))) {
        throw new Error(
            `${directory}: expected an empty folder or an earlier bundle, got something else; name another one`,
        );
    }
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    copyFileSync(path.join(__dirname, marker), path.join(directory, marker));
    const manifest = JSON.parse(readFileSync(path.join(__dirname, "package.json"), "utf8")) as Manifest;
    const dependencies = Object.entries(manifest.dependencies).filter(([name]) => external.includes(name));
    writeFileSync(
        path.join(directory, "package.json"),
        `${JSON.stringify({ ...manifest, dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`,
    );
    await build({
        stdin: {
            contents: 'import { startPack } from "./pack"; startPack();',
            resolveDir: __dirname,
            sourcefile: "policies/index.ts",
            loader: "ts",
        },
        outfile: path.join(directory, "index.js"),
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        // Patterns with a slash: modules inside of these packages, such as the protocol's, stay outside, too.
        external: external.flatMap((name) => [name, `${name}/*`]),
        legalComments: "linked",
        charset: "utf8",
        logLevel: "warning",
    });
}
