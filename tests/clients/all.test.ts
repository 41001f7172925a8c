import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { commandsToTry } from "../../sandbox/commands/serve/commandsToTry";
import { domainsIn } from "../../sandbox/commands/serve/domains";
import { domainName, served } from "./served";

describe("the commands that `npm run sandbox:serve` prints", () => {
    it("work one after the other in a shell", async () => {
        const domain = (await domainsIn(served.cloud)).find((each) => each.domainName === domainName);
        assert.ok(domain);
        const commands = commandsToTry(domain, served.plane.description, served.folder);
        writeFileSync(path.join(served.folder, "printed.sh"), commands.join("\n"));
        const { exitCode, stdout, stderr } = await served.run("sh", "-e", "printed.sh");
        assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
        assert.match(stdout, /\sCNAME\s+\S+\.iot\.eu-central-1\.amazonaws\.com\./);
        assert.match(stderr, /Verification: OK/);
        // In any order: neither AWS nor a broker promises one for messages that a session has kept.
        const received = [...stdout.matchAll(/devices\/sensor-1\/hello hello by (.*)/g)].map(([, sender]) => sender);
        assert.deepEqual(received.sort(), ["HTTPS", "MQTT", "the AWS CLI"], stdout);
    });
});
