// A function's process: loads the handler, gives it one event, and says what came of it. Runs in Node without anything of
// the sandbox, as Lambda's own runtime does; see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const extensions = [".js", ".mjs", ".cjs"];

async function loadHandler(folder, name) {
    const at = name.lastIndexOf(".");
    const module = path.join(folder, name.slice(0, at));
    const file = extensions.map((extension) => module + extension).find((candidate) => existsSync(candidate));
    if (file === undefined) {
        throw Object.assign(new Error(`Error: Cannot find module '${path.basename(module)}'`), {
            name: "Runtime.ImportModuleError",
        });
    }
    const loaded = await import(pathToFileURL(file).href);
    const handler = loaded[name.slice(at + 1)] ?? loaded.default?.[name.slice(at + 1)];
    if (typeof handler !== "function") {
        throw Object.assign(new Error(`${name} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
    }
    return handler;
}

function run(handler, event, context) {
    return new Promise((resolve, reject) => {
        const callback = (error, result) => (error ? reject(error) : resolve(result));
        const result = handler(event, context, callback);
        if (handler.length < 3 || typeof result?.then === "function") {
            resolve(result);
        }
    });
}

process.once("message", async ({ folder, handler, event, context }) => {
    let outcome;
    try {
        const result = await run(await loadHandler(folder, handler), event, context);
        outcome = { result: result === undefined ? null : JSON.parse(JSON.stringify(result)) };
    } catch (error) {
        outcome = { errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) };
    }
    process.send(outcome, () => process.exit(0));
});

// Without the sandbox there is nobody left to answer.
process.once("disconnect", () => process.exit(0));
