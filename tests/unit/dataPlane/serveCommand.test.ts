import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

describe("npm run sandbox:serve", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "iot-domains-serve-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs the command, and interrupts it when it serves. */
    async function serve(...args: readonly string[]) {
        const command = ["--require", "./tools/typescript.cjs", "sandbox/commands/serve.ts", ...args];
        const child = spawn(process.execPath, command, { env: { ...process.env, IOT_DOMAINS_SANDBOX: folder } });
        let [stdout, stderr] = ["", ""];
        const description = path.join(folder, "data-plane.json");
        let wasDescribed = false;
        child.stdout.on("data", (text: Buffer) => {
            stdout += text.toString();
            if (stdout.includes("The account is empty") && !wasDescribed) {
                wasDescribed = existsSync(description);
                child.kill("SIGINT");
            }
        });
        child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
        const [status] = (await once(child, "close")) as [number | null];
        return { status, stderr, wasDescribed, isDescribed: existsSync(description) };
    }

    it("describes where it listens until it is interrupted", async () => {
        const { status, stderr, wasDescribed, isDescribed } = await serve();
        assert.deepEqual([status, wasDescribed, isDescribed], [0, true, false], stderr);
    });

    it("says which port is taken, and what to do", async () => {
        const other = net.createServer();
        await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
        const { port } = other.address() as AddressInfo;
        const { status, stderr } = await serve("--port-base", String(port));
        other.close();
        assert.equal(status, 1);
        assert.match(stderr, new RegExp(`^--port-base: expected free ports, got ${port}: EADDRINUSE; [^\\n]*\\n$`));
    });

    it("refuses to stop a region in which nothing is deployed", async () => {
        const { status, stderr } = await serve("--stop-region", "mars");
        assert.equal(status, 1);
        assert.match(stderr, /^--stop-region, --start-region: expected .*which are none, got mars; [^\n]*\n$/);
    });
});
