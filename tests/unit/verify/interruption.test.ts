import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const look = path.join(__dirname, "interruptedLook.ts");

describe("a look that is interrupted", () => {
    for (const [signal, status] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        it(`by ${signal} removes what was made for it, says so, and ends`, async () => {
            const child = spawn(process.execPath, ["--require", "./tools/typescript.cjs", look], {
                stdio: ["ignore", "pipe", "pipe"],
            });
            const said = { stdout: "", stderr: "" };
            child.stderr.on("data", (text: Buffer) => (said.stderr += text.toString()));
            child.stdout.on("data", (text: Buffer) => {
                said.stdout += text.toString();
                if (text.toString().includes("looking")) {
                    child.kill(signal);
                }
            });
            const [code] = (await once(child, "close")) as [number | null];
            assert.equal(code, status, said.stderr);
            assert.deepEqual(said.stdout.trim().split("\n").sort(), [
                "looking",
                "removed in eu-central-1",
                "removed in us-east-1",
            ]);
            assert.match(said.stderr, new RegExp(`${signal}: removing what was made for the look`));
        });
    }
});
