import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { commandsToTry } from "../../../sandbox/commands/serve/commandsToTry";
import { explainDataPlane } from "../../../sandbox/commands/serve/explanation";

const description = {
    dns: { address: "127.0.0.1", port: 20_000 },
    awsEndpointUrl: "http://127.0.0.1:20001",
    proxy: { address: "127.0.0.1", port: 20_002 },
    endpoints: [
        {
            region: "us-east-1",
            host: "a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com",
            addresses: ["127.0.0.1", "::1"],
            ports: { "443": 20_003, "8443": 20_004, "8883": 20_005 },
        },
    ],
};
const domain = { domainName: "iot.dev.example.com", regions: ["us-east-1"] };
const folder = ".sandbox";

describe("what sandbox:serve prints", () => {
    it("is in the documentation, as the stack dev prints it with fixed ports", () => {
        const documented = readFileSync("docs/sandbox.md", "utf8");
        const commands = commandsToTry(domain, description, folder).join("\n");
        assert.ok(documented.includes(commands), `docs/sandbox.md: expected these lines:\n${commands}`);
    });

    it("shows where every region listens, and the commands for every domain", () => {
        const text = explainDataPlane(description, [domain], folder);
        assert.match(text, /us-east-1 +│ 20003 +│ 20004 +│ 20005 +│ a1b2c3d4e5f6g7-ats/);
        for (const line of commandsToTry(domain, description, folder)) {
            assert.ok(text.includes(line), line);
        }
    });

    it("says of a domain that none of its regions is served", () => {
        const text = explainDataPlane(description, [{ ...domain, regions: ["eu-west-1"] }], folder);
        assert.match(text, /iot\.dev\.example\.com: none of its regions is served/);
    });

    it("says of an empty account how to deploy something", () => {
        assert.match(explainDataPlane({ ...description, endpoints: [] }, [], folder), /`npm start` deploys a stack/);
    });
});
