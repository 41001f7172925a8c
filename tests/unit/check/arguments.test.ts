import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArguments } from "../../../commands/check/arguments";
import { UnusableArguments } from "../../../commands/commandLine";
import { disabledRules, readPackConfiguration } from "../../../commands/check/packConfiguration";
import { rules } from "../../../policies/rules";

const parse = (...argv: string[]) => parseArguments(argv, "/home/somebody");

describe("the arguments of a check", () => {
    it("name a stack, and the report goes to standard output as text", () => {
        const parsed = parse("--stack", "prod");
        assert.equal(parsed?.stack, "prod");
        assert.equal(parsed?.account, false);
        assert.deepEqual(parsed?.outputs, [{ format: "text" }]);
        assert.equal(parsed?.project, path.resolve(__dirname, "../../.."));
    });

    it("name files from the folder where the person is", () => {
        const parsed = parse("--state", "a/state.json", "--policy-pack-config", "/b.json", "--cwd", "../other");
        assert.equal(parsed?.state, "/home/somebody/a/state.json");
        assert.equal(parsed?.policyConfiguration, "/b.json");
        assert.equal(parsed?.project, "/home/other");
        assert.equal(parse("--state", "-")?.state, "-");
    });

    it("write each file as its extension says, or all as --format says", () => {
        const outputs = (...more: string[]) =>
            parse("--stack", "prod", "--output", "a.sarif", "--output", "b.json", ...more)?.outputs.map(
                ({ format }) => format,
            );
        assert.deepEqual(outputs(), ["sarif", "json"]);
        assert.deepEqual(outputs("--format", "sarif"), ["sarif", "sarif"]);
        assert.deepEqual(parse("--stack", "prod", "--format", "junit")?.outputs, [{ format: "junit" }]);
    });

    const refused: Readonly<Record<string, readonly [argv: string[], says: RegExp]>> = {
        "no stack and no state": [[], /--stack: expected the name of a stack, got nothing; name one/],
        "an empty stack": [["--stack", ""], /--stack: .*got ""/],
        "an exported state together with an account": [["--state", "a", "--account"], /--account: expected no --state/],
        "a file without a known extension": [["--stack", "a", "--output", "b.log"], /--output: .*got "b\.log"; or add/],
        "an unknown format": [["--stack", "a", "--format", "html"], /html.*Allowed choices are text, json, sarif/],
        "an unknown option": [["--stak", "prod"], /unknown option '--stak'[^]*--help/],
        "a stack without its option": [["prod"], /too many arguments/],
    };
    for (const [title, [argv, says]] of Object.entries(refused)) {
        it(`refuse ${title}`, () => {
            assert.throws(
                () => parse(...argv),
                (error) => error instanceof UnusableArguments && says.test(error.message),
            );
        });
    }
});

describe("the pack's configuration for an exported state", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-check-"));
    after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const read = (content: unknown) => {
        const file = path.join(folder, "policies.json");
        fs.writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
        return readPackConfiguration(file);
    };

    it("has levels and settings as the engine reads them", () => {
        assert.deepEqual(
            read({
                "certificate-wildcard": "disabled",
                "tls-security-policy": { allowed: ["a"], enforcementLevel: "advisory" },
                "record-time-to-live": { maximum: 60 },
            }),
            {
                "certificate-wildcard": { level: "disabled" },
                "tls-security-policy": { allowed: ["a"], level: "advisory" },
                "record-time-to-live": { maximum: 60 },
            },
        );
    });

    it("gives every rule without an entry the level of all", () => {
        const configuration = read({ all: "advisory", "certificate-wildcard": "mandatory" });
        assert.deepEqual(Object.keys(configuration).sort(), rules.map(({ name }) => name).sort());
        assert.deepEqual(configuration["tls-security-policy"], { level: "advisory" });
        assert.deepEqual(configuration["certificate-wildcard"], { level: "mandatory" });
    });

    it("turns rules off by their own entries, for all, and by a preset", () => {
        const disabled = (content: object) => {
            read(content);
            return disabledRules(path.join(folder, "policies.json"));
        };
        assert.deepEqual(disabledRules(undefined), []);
        assert.deepEqual(disabled({ "domain-name": "disabled", "tls-security-policy": "advisory" }), ["domain-name"]);
        assert.deepEqual(disabled({ configuration: { preset: "development" }, "domain-name": "advisory" }), [
            "domain-configuration-protected",
            "development-certificate",
        ]);
        assert.equal(disabled({ all: "disabled", "domain-name": "mandatory" }).length, rules.length - 1);
    });

    for (const [title, content, says] of [
        ["no JSON", "{", /expected a JSON file/],
        ["a list", [], /expected an object with the names of rules/],
        ["an unknown level", { all: "strict" }, /all: expected one of mandatory, advisory, disabled, got "strict"/],
    ] as const) {
        it(`is refused where it is ${title}`, () => assert.throws(() => read(content), says));
    }
});
