import assert from "node:assert/strict";
import { UnusableArguments } from "../../../commands/commandLine";
import { readStackOutputs } from "../../../commands/verify/stackOutputs";

const saying = (stderr: string) => () => Promise.resolve({ exitCode: 255, stdout: "", stderr });

describe("a stack's outputs that cannot be read", () => {
    const cases: ReadonlyArray<readonly [title: string, stderr: string, remedy: RegExp]> = [
        ["a stack that does not exist", "error: no stack named 'prod' found", /; deploy it first$/],
        [
            "somebody who is not signed in",
            "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
            /; look whether .* pulumi login/,
        ],
        ["a folder without a project", "error: no Pulumi.yaml project file found", /\(--cwd\)$/],
    ];
    for (const [title, stderr, remedy] of cases) {
        it(`are explained for ${title} with what Pulumi said`, async () => {
            await assert.rejects(readStackOutputs(saying(stderr), "prod", false), (error) => {
                assert.ok(error instanceof UnusableArguments);
                assert.ok(error.message.startsWith("stack prod: expected") && error.message.includes(stderr));
                assert.match(error.message, remedy);
                return true;
            });
        });
    }
});
