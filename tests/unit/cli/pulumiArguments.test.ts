import assert from "node:assert/strict";
import { readPulumiArguments, runsProgram, type PulumiArguments } from "../../../sandbox/commands/pulumiArguments";

describe("sandbox/commands: arguments for Pulumi", () => {
    const cases: [line: string, expected: Partial<PulumiArguments>][] = [
        ["up", { command: "up", stack: "dev", args: ["up"] }],
        ["up --stack prod --yes", { command: "up", stack: "prod", args: ["up", "--stack", "prod", "--yes"] }],
        ["up --stack=prod", { stack: "prod", args: ["up", "--stack", "prod"] }],
        ["-s prod preview", { command: "preview", stack: "prod" }],
        ["preview -sprod", { command: "preview", stack: "prod" }],
        ["stack ls", { command: "stack", args: ["stack", "ls"] }],
        ["--color never stack ls", { command: "stack", args: ["--color", "never", "stack", "ls"] }],
        ["version", { command: "version", stack: "dev" }],
        ["--help", { command: undefined, args: ["--help"] }],
        ["stack export --file state.json", { args: ["stack", "export", "--file", "/home/me/state.json"] }],
        ["stack export --file=/tmp/s.json", { args: ["stack", "export", "--file", "/tmp/s.json"] }],
        ["up --policy-pack ../mine", { args: ["up", "--policy-pack", "/home/mine"] }],
        ["-C examples/consumer up", { command: "up", project: "/home/me/examples/consumer", args: ["up"] }],
        ["up --cwd=examples/consumer", { command: "up", project: "/home/me/examples/consumer", args: ["up"] }],
        [
            "config set key -- --stack",
            { command: "config", stack: "dev", args: ["config", "set", "key", "--", "--stack"] },
        ],
        ["config set a:b=c d", { args: ["config", "set", "a:b=c", "d"] }],
        ["up --target=urn:x --diff", { args: ["up", "--target=urn:x", "--diff"] }],
    ];
    for (const [line, expected] of cases) {
        it(`reads \`${line}\``, () => {
            const parsed = readPulumiArguments(line.split(" "), "/home/me");
            for (const [name, value] of Object.entries(expected)) {
                assert.deepEqual(parsed[name as keyof PulumiArguments], value, name);
            }
        });
    }

    for (const [command, expected] of [
        ["up", true],
        ["update", true],
        ["preview", true],
        ["pre", true],
        ["watch", true],
        ["destroy", false],
        ["refresh", false],
        ["stack", false],
        [undefined, false],
    ] as const) {
        it(`has ${command ?? "a line of options"} ${expected ? "" : "not "}checked by the policy pack`, () =>
            assert.equal(runsProgram(command), expected));
    }
});
