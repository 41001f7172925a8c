import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { recover } from "../../sandbox/commands/recovery/recover";
import type { Misbehaviour } from "../../sandbox/cloud";
import { TestStack } from "./stack";
import { valuesOf } from "./stackFiles";

describe("recovery after the engine was killed", function () {
    this.timeout(300_000);

    /** Deploys until a call of AWS's API has arrived, and kills the engine before it hears the answer. */
    async function killDuring(stack: TestStack, operation: string, how: Misbehaviour["kind"]): Promise<void> {
        const cloud = stack.sandbox.cloud();
        const [service, name] = operation.split(":");
        const arrived = () => cloud.trail().filter((call) => call.service === service && call.operation === name);
        const before = arrived().length;
        await stack.sandbox.prepareStack(stack.name);
        cloud.misbehave({ operation, kind: how, milliseconds: 60_000, times: how === "throttle" ? 1000 : 1 });
        const engine = await stack.sandbox.startPulumi(["up", "--yes", "--skip-preview"], { stack: stack.name });
        const ended = once(engine, "close");
        while (arrived().length === before) {
            assert.equal(engine.exitCode, null, `the deployment ended without ${operation}`);
            await sleep(50);
        }
        engine.kill("SIGKILL");
        await ended;
        cloud.behave();
    }

    /** Recovers, with what is said, and what there was when the plugins of the killed engine had ended. */
    async function recovered(stack: TestStack): Promise<{ said: string; found: string[] }> {
        const lines: string[] = [];
        let found: string[] = [];
        const report = (line: string) => {
            lines.push(line);
            if (line === "$ pulumi stack export") {
                found = stack.inventory();
            }
        };
        await recover(stack.sandbox, stack.name, { report });
        const state = JSON.parse(await stack.exported());
        assert.equal(state.deployment.pending_operations?.length ?? 0, 0);
        return { said: lines.join("\n"), found };
    }

    let undisturbed: string[];
    before(async () => {
        const stack = new TestStack();
        await stack.up();
        undisturbed = stack.inventory();
        stack.remove();
    });

    /** Deploys to the end: there is what there would have been without a kill, and nothing besides. */
    async function assertWhole(stack: TestStack): Promise<void> {
        await stack.up();
        assert.deepEqual(stack.inventory(), undisturbed);
        const { changes } = await stack.preview();
        assert.deepEqual(
            Object.keys(changes).filter((operation) => operation !== "read"),
            ["same"],
        );
    }

    /** Calls that come one after the other, with what recovery says of each. */
    const chains: Record<string, [operation: string, expected: RegExp][]> = {
        "on the way to a domain": [
            ["acm:RequestCertificate", /Certificate::telemetry-certificate-us-east-1: arn:aws:acm/],
            ["route53:ChangeResourceRecordSets", /Record::validation-iot\.example\.com: \w+_/],
            ["iot:CreateDomainConfiguration", /DomainConfiguration::telemetry-us-east-1: test-/],
        ],
        "on the way to an alarm": [
            ["sns:CreateTopic", /topic: arn:aws:sns:us-east-1:\d+:us-east-1-alerts/],
            ["cloudwatch:PutMetricAlarm", /MetricAlarm::telemetry-us-east-1-expiry-alarm: /],
        ],
    };
    for (const [title, chain] of Object.entries(chains)) {
        describe(`again and again ${title}, each time after something was made`, () => {
            const stack = new TestStack();
            after(() => stack.remove());

            for (const [operation, expected] of chain) {
                it(`records what ${operation} has made`, async () => {
                    await killDuring(stack, operation, "delay");
                    const { said, found } = await recovered(stack);
                    assert.match(said, expected);
                    assert.deepEqual(stack.inventory(), found);
                });
            }

            it("ends in the stack that there would have been", () => assertWhole(stack));
        });
    }

    it("forgets what never came to be", async () => {
        const stack = new TestStack();
        try {
            await killDuring(stack, "iot:CreateDomainConfiguration", "throttle");
            assert.ok(!stack.inventory().some((thing) => thing.includes("domainConfiguration")));
            await recovered(stack);
            await assertWhole(stack);
        } finally {
            stack.remove();
        }
    });

    it("removes what was made twice, because the stack was deployed without recovery", async () => {
        const stack = new TestStack();
        try {
            await killDuring(stack, "acm:RequestCertificate", "delay");
            await stack.succeed("cancel", "--yes");
            await stack.up();
            const certificates = () => stack.inventory().filter((thing) => thing.endsWith("acm/certificate")).length;
            assert.equal(certificates(), 2);
            const { said } = await recovered(stack);
            assert.match(said, /once more, to be deleted with the next deployment: arn:aws:acm/);
            await assertWhole(stack);
        } finally {
            stack.remove();
        }
    });

    it("knows a claim certificate again, though it stands in the state as a secret", async () => {
        const stack = new TestStack(valuesOf("Pulumi.prod.yaml"), "prod");
        try {
            await killDuring(stack, "iot:RegisterCertificateWithoutCA", "delay");
            const { said } = await recovered(stack);
            assert.match(said, /iot\/certificate:Certificate::[\w-]+: [0-9a-f]{64}/);
            assert.doesNotMatch(said, /BEGIN CERTIFICATE/);
            await stack.up();
            const claims = stack.inventory().filter((thing) => thing.endsWith(" iot/certificate"));
            assert.deepEqual(
                claims,
                ["ap-southeast-1", "eu-central-1", "us-east-1"].map((region) => `${region} iot/certificate`),
            );
        } finally {
            stack.remove();
        }
    });
});
