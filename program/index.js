"use strict";
/**
 * Pulumi's way into the program, index.ts.
 *
 * Pulumi.yaml's `main` names this folder because the language host looks through the whole folder of `main` for
 * package.json files before it starts a program, which takes seconds where a node_modules lies in it. TypeScript is
 * compiled by tools/typescript.cjs and not by Pulumi's own ts-node, which type-checks all of @pulumi/aws on each run:
 * types are the editor's and `npm test`'s concern.
 */
require("../tools/typescript.cjs");

/**
 * What only somebody who debugs the program wants to know is taken on request alone:
 *
 * - a stack trace for every promise of every property, to name the place if one is never resolved, and one for every
 *   resource, to say where in the program it stands;
 * - debug messages, several for each resource, each of them a call to the engine that waits for the one before. The engine
 *   drops them unless it runs with `--debug`.
 *
 * Together they are most of the time and memory of a large stack; see docs/performance.md.
 */
if (!process.env.IOT_DOMAINS_DEBUG) {
    Error.stackTraceLimit = 0;
    // Pulumi lifts the limit for each resource, so that frames come all the same; they are not looked up in source maps.
    Error.prepareStackTrace = (error) => `${error}\n    (set IOT_DOMAINS_DEBUG=1 to see where this comes from)`;
    require("@pulumi/pulumi/log").debug = () => Promise.resolve();
}

// What a stack does not have is no output of it; Pulumi would warn of a value that is undefined.
const outputs = Object.entries(require("../index.ts")).filter(([, value]) => value !== undefined);
module.exports = Object.fromEntries(outputs);
