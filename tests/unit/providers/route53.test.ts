import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { AwsSandbox, types } from "./awsSandbox";

const { record, zone } = types;

describe("the sandbox's Route 53 resources", () => {
    let sandbox: AwsSandbox;
    let zoneId: string;

    beforeEach(async () => {
        sandbox = await AwsSandbox.start();
        zoneId = (await sandbox.client.deploy(zone, { name: "example.com" })).id;
    });
    afterEach(() => sandbox.stop());

    const cname = (more: Bag = {}): Bag => ({
        ...{ zoneId, name: "iot.example.com", type: "CNAME", ttl: 60, records: ["a.example.net"] },
        ...more,
    });

    const recordsOf = async (): Promise<Array<{ Name: string; SetIdentifier?: string; TTL?: number }>> => {
        const { ResourceRecordSets } = await sandbox.call("route53", "ListResourceRecordSets", {
            HostedZoneId: zoneId,
        });
        return ResourceRecordSets.filter(({ Type }: { Type: string }) => Type === "CNAME");
    };

    it("gives a record the identifier of its zone, name, type and set", async () => {
        const plain = await sandbox.client.deploy(record, cname());
        assert.deepEqual([plain.id, plain.outputs.fqdn], [`${zoneId}_iot.example.com_CNAME`, "iot.example.com"]);
        const named = cname({ name: "eu", setIdentifier: "eu_1", weightedRoutingPolicies: [{ weight: 1 }] });
        const weighted = await sandbox.client.deploy(record, named);
        assert.deepEqual([weighted.id, weighted.outputs.fqdn], [`${zoneId}_eu_CNAME_eu_1`, "eu.example.com"]);
    });

    it("takes names that differ in a period and in case for the same", async () => {
        const made = await sandbox.client.deploy(record, cname({ name: "IoT.example.com." }));
        assert.equal(made.outputs.name, "iot.example.com");
        const inputs = await sandbox.client.accept(record, cname({ name: "iot.example.com" }), made.inputs);
        assert.deepEqual((await sandbox.client.diff(record, made.id, made.outputs, inputs)).changes, {});
    });

    it("does not overwrite a record unless told to", async () => {
        await sandbox.client.deploy(record, cname());
        const other = cname({ records: ["b.example.net"] });
        await assert.rejects(
            sandbox.client.deploy(record, other),
            /creating Route53 Record: operation error Route 53: ChangeResourceRecordSets, .*InvalidChangeBatch/,
        );
        const { outputs } = await sandbox.client.deploy(record, { ...other, allowOverwrite: true });
        assert.deepEqual(outputs.records, ["b.example.net"]);
    });

    it("changes a record in place, and another set of it in one step", async () => {
        const policy = { setIdentifier: "a", weightedRoutingPolicies: [{ weight: 1 }] };
        const made = await sandbox.client.deploy(record, cname(policy));
        const slower = await sandbox.client.accept(record, cname({ ...policy, ttl: 300 }), made.inputs);
        assert.deepEqual((await sandbox.client.diff(record, made.id, made.outputs, slower)).changes, { ttl: "update" });
        const outputs = await sandbox.client.update(record, made.id, made.outputs, slower);
        const moved = await sandbox.client.accept(record, cname({ ...policy, setIdentifier: "b" }), slower);
        const { changes } = await sandbox.client.diff(record, made.id, outputs, moved);
        assert.deepEqual(changes, { ttl: "update", setIdentifier: "update" });
        const before = sandbox.operations("route53").filter((name) => name.startsWith("Change")).length;
        await sandbox.client.update(record, made.id, outputs, moved);
        const after = sandbox.operations("route53").filter((name) => name.startsWith("Change")).length;
        assert.equal(after - before, 1);
        assert.deepEqual(
            (await recordsOf()).map(({ SetIdentifier, TTL }) => [SetIdentifier, TTL]),
            [["b", 60]],
        );
    });

    it("replaces a record whose name changes, the new one first", async () => {
        const made = await sandbox.client.deploy(record, cname());
        const inputs = await sandbox.client.accept(record, cname({ name: "other" }), made.inputs);
        const plan = await sandbox.client.diff(record, made.id, made.outputs, inputs);
        assert.deepEqual([plan.changes, plan.deleteBeforeReplace], [{ name: "update_replace" }, false]);
    });

    const policies: Array<[string, Bag]> = [
        ["weight", { weightedRoutingPolicies: [{ weight: 10 }] }],
        ["latency", { latencyRoutingPolicies: [{ region: "eu-central-1" }] }],
        ["a continent", { geolocationRoutingPolicies: [{ continent: "EU" }] }],
        ["a country's part", { geolocationRoutingPolicies: [{ country: "US", subdivision: "CA" }] }],
        ["the rest of the world", { geolocationRoutingPolicies: [{ country: "*" }] }],
        ["failover", { failoverRoutingPolicies: [{ type: "SECONDARY" }] }],
    ];
    for (const [title, policy] of policies) {
        it(`routes by ${title}, and finds no change in it afterwards`, async () => {
            const made = await sandbox.client.deploy(record, cname({ setIdentifier: "one", ...policy }));
            const read = await sandbox.client.find(record, made.id, made.outputs, made.inputs);
            assert.deepEqual((await sandbox.client.diff(record, made.id, read.outputs, made.inputs)).changes, {});
            const imported = await sandbox.client.find(record, made.id);
            assert.deepEqual((await sandbox.client.diff(record, made.id, imported.outputs, made.inputs)).changes, {});
        });
    }

    it("keeps texts without the quotes that Route 53 wants", async () => {
        const made = await sandbox.client.deploy(record, cname({ type: "TXT", records: ["v=spf1 -all"] }));
        assert.deepEqual(made.outputs.records, ["v=spf1 -all"]);
    });

    const refused: Array<[string, Bag, RegExp]> = [
        ["neither records nor an alias", { records: undefined } as unknown as Bag, /exactly one of records, aliases/],
        [
            "a routing policy without a set",
            { weightedRoutingPolicies: [{ weight: 1 }] },
            /setIdentifier must be specified/,
        ],
        [
            "two routing policies",
            {
                ...{ setIdentifier: "x", weightedRoutingPolicies: [{ weight: 1 }] },
                latencyRoutingPolicies: [{ region: "eu-central-1" }],
            },
            /"weightedRoutingPolicies": conflicts with latencyRoutingPolicies/,
        ],
        ["a type that DNS does not have", { type: "CNAMES" }, /expected type to be one of/],
    ];
    for (const [title, change, reason] of refused) {
        it(`refuses ${title}`, async () => {
            const { failures } = await sandbox.client.check(record, cname(change));
            assert.match(failures.map((failure) => failure.reason).join("\n"), reason);
        });
    }

    it("deletes a record as it is, and takes one that is gone for deleted", async () => {
        const made = await sandbox.client.deploy(record, cname());
        const change = { HostedZoneId: zoneId, ChangeBatch: { Changes: [] as object[] } };
        const changed = {
            Name: "iot.example.com",
            Type: "CNAME",
            TTL: 5,
            ResourceRecords: [{ Value: "z.example.net" }],
        };
        change.ChangeBatch.Changes.push({ Action: "UPSERT", ResourceRecordSet: changed });
        await sandbox.call("route53", "ChangeResourceRecordSets", change);
        await sandbox.client.delete(record, made.id, made.outputs);
        assert.deepEqual(await recordsOf(), []);
        await sandbox.client.delete(record, made.id, made.outputs);
        assert.equal(await sandbox.client.read(record, made.id, made.outputs, made.inputs), undefined);
    });

    it("deletes a zone with its records only where it was told to", async () => {
        const made = await sandbox.client.find(zone, zoneId);
        await sandbox.client.deploy(record, cname());
        await assert.rejects(sandbox.client.delete(zone, zoneId, made.outputs), /HostedZoneNotEmpty/);
        await sandbox.client.delete(zone, zoneId, { ...made.outputs, forceDestroy: true });
        assert.equal(await sandbox.client.read(zone, zoneId, made.outputs, made.inputs), undefined);
    });

    it("tells of a zone what programs ask", async () => {
        const { outputs } = await sandbox.client.find(zone, zoneId);
        assert.deepEqual([outputs.comment, outputs.zoneId, outputs.name], ["Managed by Pulumi", zoneId, "example.com"]);
        assert.equal((outputs.nameServers as string[]).length, 4);
        const { result } = await sandbox.client.invoke("aws:route53/getZone:getZone", { name: "Example.com." });
        const servers = [...(result.nameServers as string[])].sort();
        assert.deepEqual([result.zoneId, result.privateZone, servers], [zoneId, false, outputs.nameServers]);
        const byId = await sandbox.client.invoke("aws:route53/getZone:getZone", { zoneId });
        assert.equal(byId.result.name, "example.com");
    });

    it("says that there is no such zone, or more than one", async () => {
        const find = (name: string) => sandbox.client.invoke("aws:route53/getZone:getZone", { name });
        await assert.rejects(find("example.org"), /no matching Route 53 Hosted Zone found/);
        await sandbox.client.deploy(zone, { name: "example.com" });
        await assert.rejects(find("example.com"), /multiple Route 53 Hosted Zones matched/);
    });

    it("makes, changes and deletes a health check", async () => {
        const given: Bag = { type: "TCP", fqdn: "a.example.net", port: 8883, requestInterval: 10, failureThreshold: 2 };
        const made = await sandbox.client.deploy(types.healthCheck, { ...given, tags: { Name: "eu" } });
        assert.deepEqual(made.outputs.tagsAll, { Name: "eu" });
        const inputs = await sandbox.client.accept(types.healthCheck, { ...given, port: 443 }, made.inputs);
        const plan = await sandbox.client.diff(types.healthCheck, made.id, made.outputs, inputs);
        assert.deepEqual(plan.changes, { port: "update", tags: "delete", "tagsAll.Name": "delete" });
        const outputs = await sandbox.client.update(types.healthCheck, made.id, made.outputs, inputs);
        assert.deepEqual([outputs.port, outputs.tagsAll], [443, {}]);
        await sandbox.client.delete(types.healthCheck, made.id, outputs);
        assert.equal(await sandbox.client.read(types.healthCheck, made.id, outputs, inputs), undefined);
    });
});
