"use strict";
/**
 * Lets Node run this project's TypeScript: `node --require ./tools/typescript.cjs file.ts`.
 *
 * ts-node does the compiling, without type checks: those belong to the editor and `npm test`, and cost every preview
 * four seconds. What it made is kept under a hash of the source, the compiler and its options, so TypeScript itself is
 * loaded only when a file has changed, and what is kept can never be stale: a changed source has another hash.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");
const sourceMaps = require("source-map-support");

const root = path.resolve(__dirname, "..");
const project = path.join(root, "tsconfig.json");
const caches = path.join(root, "node_modules", ".cache", "iot-domains");
const cache = path.join(caches, "typescript");
const compiler = [
    fs.readFileSync(project, "utf8"),
    require("typescript/package.json").version,
    require("ts-node/package.json").version,
].join("\n");

// Node 22 and later keep machine code, too: a quarter of what the SDK's modules cost each process.
enableCompileCache?.(path.join(caches, "node"));

/** Compiled text by file name, for stack traces that point at the source. */
const compiled = new Map();
let service;

function compile(source, file) {
    const hash = createHash("sha256").update(compiler).update("\0").update(file).update("\0").update(source);
    const kept = path.join(cache, `${hash.digest("hex")}.js`);
    try {
        return fs.readFileSync(kept, "utf8");
    } catch {
        service ??= require("ts-node").create({ cwd: root, project, transpileOnly: true });
        const output = service.compile(source, file);
        keep(kept, output);
        return output;
    }
}

/** Written under another name and renamed, so that a process that reads at the same time never sees half a file. */
function keep(file, text) {
    try {
        fs.mkdirSync(cache, { recursive: true });
        const draft = `${file}.${process.pid}`;
        fs.writeFileSync(draft, text);
        fs.renameSync(draft, file);
    } catch {
        // A read-only installation compiles each time: slower, never wrong.
    }
}

sourceMaps.install({
    environment: "node",
    handleUncaughtExceptions: false,
    retrieveFile: (file) => compiled.get(file) ?? null,
});

require.extensions[".ts"] = (module, file) => {
    const output = compile(fs.readFileSync(file, "utf8"), file);
    compiled.set(file, output);
    module._compile(output, file);
};
