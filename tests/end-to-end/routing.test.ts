import assert from "node:assert/strict";
import pLimit from "p-limit";
import type { DomainOutput } from "../../outputs/contract";
import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { serveDns } from "../../sandbox/dataPlane/dns";
import { lookAtDns } from "../../verify/dns";
import { defaultTimeouts } from "../../verify/reach";
import { TestStack } from "./stack";
import { valuesOf } from "./stackFiles";
import { answersThroughout } from "./zoneHistory";

/** Each has a ready stack file in examples/configurations. */
const policies = ["simple", "weighted", "latency", "failover", "geolocation", "geoproximity", "ip-based"];

const exampleOf = (policy: string) => valuesOf(`examples/configurations/routing-${policy}.yaml`);

/** Looks at the stack's DNS through a name server of the sandbox's own, and fails the test for whatever is found. */
async function assertSoundInDns(stack: TestStack): Promise<void> {
    const { domains } = await stack.outputs<{ domains: Record<string, DomainOutput> }>();
    const [[key, domain] = []] = Object.entries(domains);
    assert.ok(key !== undefined && domain !== undefined);
    const regions = Object.keys(domain.regions);
    const hosts = Object.fromEntries(
        Object.values(domain.regions).map(({ cnameTarget }) => [cnameTarget, ["127.0.0.1"]]),
    );
    const server = await serveDns(stack.sandbox.cloud(), { hosts });
    try {
        const reach = {
            dnsServers: [server],
            connectTo: [],
            families: [4] as const,
            timeouts: defaultTimeouts,
            limit: pLimit(16),
            now: () => new Date(),
        };
        const { findings, observations } = await lookAtDns({ key, domain, regions }, reach, () => {});
        assert.deepEqual(findings, []);
        assert.ok(observations.some(({ what, outcome }) => what === "answers by place" && outcome === "sound"));
    } finally {
        await server.close();
    }
}

describe("every routing policy", function () {
    this.timeout(240_000);

    for (const policy of policies) {
        it(`${policy} comes up, answers as it says, has nothing left to do, and goes down`, async () => {
            const stack = new TestStack(exampleOf(policy));
            try {
                await stack.up();
                await assertSoundInDns(stack);
                const { changes } = await stack.preview();
                assert.deepEqual(Object.keys(changes), ["same"]);
                await stack.succeed("destroy", "--yes");
                assert.deepEqual(stack.inventory(), []);
            } finally {
                stack.remove();
            }
        });
    }
});

describe("a change of routing policy of a name that is in use", function () {
    this.timeout(600_000);

    it("leaves no moment without an answer, from one region to three, from policy to policy, and back", async () => {
        const stack = new TestStack(exampleOf("simple"));
        try {
            await stack.up();
            for (const policy of ["weighted", "latency", "geolocation", "simple"]) {
                stack.configure(exampleOf(policy));
                await stack.up();
                await assertSoundInDns(stack);
            }
            const moments = answersThroughout("iot.example.com", stack.sandbox.cloud().trail());
            const unanswered = moments.filter(({ endpoints }) =>
                endpoints.some((endpoint) => parseIotEndpoint(endpoint ?? "")?.isDataEndpoint !== true),
            );
            assert.deepEqual(unanswered, []);
            // The changes were there to be seen: every region has answered somebody at some moment, and one has in the end.
            const seen = new Set(moments.flatMap(({ endpoints }) => endpoints.map((each) => each?.split(".")[2])));
            assert.deepEqual([...seen].sort(), ["ap-southeast-1", "eu-central-1", "us-east-1"]);
            assert.deepEqual([...new Set(moments.at(-1)?.endpoints)].length, 1);
        } finally {
            stack.remove();
        }
    });
});

describe("a network that moves to another location of a name that is in use", function () {
    this.timeout(240_000);

    it("is refused in a preview where Route 53 would have it in two locations, with the way to do it", async () => {
        const stack = new TestStack(exampleOf("ip-based"));
        try {
            await stack.up();
            const renamed = exampleOf("ip-based");
            renamed.domains.telemetry.routing.locations["eu-central-1"] = { bureau: ["203.0.113.0/24"] };
            stack.configure(renamed);
            const { completed } = await stack.preview();
            assert.notEqual(completed.exitCode, 0);
            const said = completed.stdout + completed.stderr;
            assert.match(said, /- 203\.0\.113\.0\/24: from office to bureau/);
            assert.match(said, /Deploy twice/);
        } finally {
            stack.remove();
        }
    });
});
