import assert from "node:assert/strict";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const look = path.join(__dirname, "interruptedLook.ts");

type Act = (child: ChildProcessWithoutNullStreams) => unknown;

const goOn: Act = (child) => child.stdin.write("go on\n");

/** Runs a look, and does something when it first says a line, and when it says that it has been interrupted. */
async function interrupted(slowStep: string, atLine: Readonly<Record<string, Act>>, whenToldOf: Act = () => undefined) {
    const child = spawn(process.execPath, ["--require", "./tools/typescript.cjs", look, slowStep]);
    const seen = new Set<string>();
    const lines: string[] = [];
    let complaints = "";
    createInterface({ input: child.stderr }).on("line", (line) => {
        complaints += `${line}\n`;
        if (line.includes("removing what was made")) {
            whenToldOf(child);
        }
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
        lines.push(line);
        if (!seen.has(line)) {
            atLine[line]?.(child);
        }
        seen.add(line);
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, complaints, removed: lines.filter((line) => line.startsWith("removed")).sort() };
}

const everything = ["removed in eu-central-1", "removed in us-east-1"];

describe("a look that is interrupted", () => {
    for (const [signal, status] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        it(`by ${signal}, from the terminal and from npm as well, removes what was made for it, says so, and ends`, async () => {
            const { code, complaints, removed } = await interrupted("removing", {
                looking: (child) => child.kill(signal),
                removing: (child) => {
                    child.kill(signal);
                    goOn(child);
                },
            });
            assert.deepEqual([code, removed], [status, everything], complaints);
            assert.match(complaints, new RegExp(`${signal}: removing what was made for the look`));
        });
    }

    it("while something is being made for it removes that, too", async () => {
        const { code, complaints, removed } = await interrupted(
            "making",
            { making: (child) => child.kill("SIGINT") },
            goOn,
        );
        assert.deepEqual([code, removed], [130, everything], complaints);
    });
});
