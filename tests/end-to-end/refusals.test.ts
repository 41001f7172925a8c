import assert from "node:assert/strict";
import { settings, TestStack } from "./stack";

describe("what is refused before AWS is asked", function () {
    this.timeout(240_000);

    describe("a configuration with faults", () => {
        const stack = new TestStack(
            settings({ hostdZone: "example.com", domains: { telemetry: { domainName: "IoT.example.org" } } }),
        );
        after(() => stack.remove());

        it("fails the preview with every fault, and registers nothing", async () => {
            const { completed, steps } = await stack.preview();
            const output = completed.stdout + completed.stderr;
            assert.notEqual(completed.exitCode, 0);
            assert.match(output, /has 2 faults/);
            assert.match(output, /hostdZone: .*did you mean hostedZone\?/);
            assert.match(output, /domains\.telemetry\.domainName: .*write it as iot\.example\.org/);
            assert.doesNotMatch(output, /\.ts:\d+/, "a stack trace is of no use to who wrote the configuration");
            assert.deepEqual(
                steps.filter(({ type }) => type !== "pulumi:pulumi:Stack"),
                [],
            );
        });
    });

    describe("a TLS policy that lets TLS 1.2 in", () => {
        const stack = new TestStack(
            settings({
                domains: {
                    telemetry: { domainName: "iot.example.com", securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10" },
                },
            }),
        );
        after(() => stack.remove());

        it("fails the preview by the pack's rule", async () => {
            const { completed } = await stack.preview();
            assert.notEqual(completed.exitCode, 0);
            assert.match(completed.stdout, /tls-security-policy/);
            assert.deepEqual(stack.inventory(), []);
        });
    });

    describe("in production", () => {
        const values = settings({ environment: "production" });
        const stack = new TestStack(values);
        after(() => stack.remove());

        it("a change of the certificate's names, which would replace a live certificate", async () => {
            await stack.up();
            const before = stack.inventory();
            stack.configure({
                ...values,
                domains: {
                    telemetry: {
                        domainName: "iot.example.com",
                        certificate: { source: "acm", subjectAlternativeNames: ["*.iot.example.com"] },
                    },
                },
            });
            const { completed } = await stack.preview();
            assert.notEqual(completed.exitCode, 0);
            assert.match(completed.stdout + completed.stderr, /This replaces what serves iot\.example\.com/);
            const up = await stack.pulumi(["up", "--yes"]);
            assert.notEqual(up.exitCode, 0);
            assert.deepEqual(stack.inventory(), before);
        });

        it("the destruction of a live domain", async () => {
            stack.configure(values);
            const { exitCode, stdout, stderr } = await stack.pulumi(["destroy", "--yes"]);
            assert.notEqual(exitCode, 0);
            assert.match(stdout + stderr, /protect/);
            assert.ok(stack.inventory().includes("us-east-1 iot/domainConfiguration"));
        });
    });
});
