import assert from "node:assert/strict";
import { once } from "node:events";
import { readTrail } from "../../../sandbox/cloud";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";
import { startWriter } from "./writerProcess";

/** The number of records of each name: the writer always changes all records of a name at once. */
async function recordsByName(sandbox: Sandbox, zone: string): Promise<Map<string, string[]>> {
    const { ResourceRecordSets } = await sandbox.call("route53:ListResourceRecordSets", { HostedZoneId: zone });
    const names = new Map<string, string[]>();
    for (const { Name, ResourceRecords } of ResourceRecordSets.slice(2)) {
        names.set(Name, [...(names.get(Name) ?? []), ResourceRecords[0].Value]);
    }
    return names;
}

describe("sandbox/cloud in several processes", () => {
    let sandbox: Sandbox;
    let zone: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        zone = await sandbox.zone("example.com");
    });
    afterEach(removeSandboxes);

    it("loses no write and no line of the trail when three processes write at once", async function () {
        this.timeout(30_000);
        const writers = ["a", "b", "c"].map((name) => startWriter(sandbox.directory, zone, name, "40"));
        const codes = await Promise.all(writers.map(async (child) => (await once(child, "exit"))[0] as number));
        assert.deepEqual(codes, [0, 0, 0]);
        const { HealthChecks } = await sandbox.call("route53:ListHealthChecks");
        assert.equal(HealthChecks.length, 120);
        const names = await recordsByName(sandbox, zone);
        assert.deepEqual([...names.keys()], ["a.example.com.", "b.example.com.", "c.example.com."]);
        const changes = readTrail(sandbox.directory).filter(
            ({ outcome, service }) => service === "route53" && outcome === "ok",
        );
        assert.equal(changes.length, 1 + 3 * 40 * 2 + 2);
    });

    it("sees what another process has written, its clock and its misbehaviour", async () => {
        const other = makeSandbox(sandbox.directory);
        const made = await other.zone("example.org");
        assert.equal((await sandbox.call("route53:GetHostedZone", { Id: made })).HostedZone.Name, "example.org.");
        other.cloud.advanceClock(1000);
        assert.deepEqual(sandbox.cloud.now(), other.cloud.now());
        other.cloud.misbehave({ operation: "*", kind: "throttle" });
        assert.match(await sandbox.refusal("sts:GetCallerIdentity"), /^ThrottlingException/);
    });

    it("is whole whenever a process that writes is killed", async function () {
        this.timeout(60_000);
        for (const milliseconds of [0, 3, 7, 12, 18, 25, 33, 42]) {
            const child = startWriter(sandbox.directory, zone, "killed");
            assert.ok(child.stdout);
            await once(child.stdout, "data");
            await new Promise((resolve) => setTimeout(resolve, milliseconds));
            child.kill("SIGKILL");
            await once(child, "exit");

            const [values] = (await recordsByName(sandbox, zone)).values();
            assert.equal(values?.length, 10, "a batch is all there or not at all");
            assert.equal(new Set(values).size, 1, "records of one batch belong together");
            const { HealthChecks } = await sandbox.call("route53:ListHealthChecks");
            const latest = Number(values?.[0]?.split(".")[0]?.slice(1));
            assert.ok(Number.isInteger(latest) && HealthChecks.length >= 1);
            assert.ok(readTrail(sandbox.directory).length > 0);
            const record = { Name: "alive.example.com", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
            await sandbox.change(zone, ["CREATE", record]);
            await sandbox.change(zone, ["DELETE", record]);
        }
    });
});
