import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { rawConfiguration } from "../../../config/load";
import { parseConfiguration } from "../../../config/parse";
import { at, pem } from "../certificates/fixtures";

const root = path.join(__dirname, "..", "..", "..");
const examples = path.join(root, "examples", "configurations");
const names = fs.readdirSync(examples).filter((name) => name.endsWith(".yaml"));

/** What the examples' paths and names refer to. */
const files: Readonly<Record<string, string>> = {
    "iot.example.com.pem": pem("leaves/rsa-2048"),
    "chain.pem": pem("authorities/intermediate"),
    "private-ca.pem": pem("authorities/intermediate"),
    "iot.example.com.key": pem("keys/leaf.pkcs8"),
};
const secrets = { "iot.example.com.key": pem("keys/leaf.pkcs8") };

describe("examples/configurations", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-examples-"));
    before(() => {
        fs.mkdirSync(path.join(directory, "certificates"));
        for (const [name, text] of Object.entries(files)) {
            fs.writeFileSync(path.join(directory, "certificates", name), text);
        }
    });
    after(() => fs.rmSync(directory, { recursive: true }));

    for (const name of names) {
        it(`${name} is a configuration that can be deployed`, () => {
            const { config } = parse(fs.readFileSync(path.join(examples, name), "utf8")) as {
                config: Record<string, unknown>;
            };
            const handedOver = Object.entries(config).map(([key, value]) => [
                key,
                typeof value === "string" ? value : JSON.stringify(value),
            ]);
            const { domains } = parseConfiguration(rawConfiguration(Object.fromEntries(handedOver)), {
                isSecret: () => false,
                material: { secrets, directory },
                stack: "prod",
                at,
            });
            assert.equal(domains["telemetry"]?.domainName, "iot.example.com");
        });
    }

    it("are all explained in docs/", () => {
        const documentation = ["certificates.md", "routing.md"]
            .map((name) => fs.readFileSync(path.join(root, "docs", name), "utf8"))
            .join("\n");
        assert.deepEqual(
            names.filter((name) => !documentation.includes(`examples/configurations/${name}`)),
            [],
        );
    });
});
