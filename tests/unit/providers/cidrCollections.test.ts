import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { AwsSandbox, types } from "./awsSandbox";

const collectionType = { type: "aws:route53/cidrCollection:CidrCollection" };
const locationType = { type: "aws:route53/cidrLocation:CidrLocation" };

describe("the sandbox's CIDR collections and locations", () => {
    let sandbox: AwsSandbox;
    let cidrCollectionId: string;

    beforeEach(async () => {
        sandbox = await AwsSandbox.start();
        cidrCollectionId = (await sandbox.client.deploy(collectionType, { name: "networks" })).id;
    });
    afterEach(() => sandbox.stop());

    const office = (more: Bag = {}): Bag => ({
        ...{ cidrCollectionId, name: "office", cidrBlocks: ["203.0.113.0/24", "198.51.100.0/24"] },
        ...more,
    });
    const planned = async (target: { type: string }, made: { id: string; outputs: Bag; inputs: Bag }, wanted: Bag) =>
        sandbox.client.diff(target, made.id, made.outputs, await sandbox.client.accept(target, wanted, made.inputs));

    it("knows a collection by the identifier that Route 53 gives, and replaces it with its name", async () => {
        assert.match(cidrCollectionId, /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/);
        const imported = await sandbox.client.find(collectionType, cidrCollectionId);
        assert.deepEqual(
            [imported.inputs.name, imported.outputs.arn, imported.outputs.version],
            ["networks", `arn:aws:route53:::cidrcollection/${cidrCollectionId}`, 1],
        );
        const made = { ...imported, id: cidrCollectionId };
        assert.deepEqual((await planned(collectionType, made, { name: "networks" })).changes, {});
        assert.deepEqual((await planned(collectionType, made, { name: "others" })).changes, {
            name: "update_replace",
        });
        await sandbox.client.delete(collectionType, cidrCollectionId, imported.outputs);
        await sandbox.client.delete(collectionType, cidrCollectionId, imported.outputs);
    });

    it("knows a location by its collection and name, from the first block to the last", async () => {
        const made = await sandbox.client.deploy(locationType, office());
        assert.equal(made.id, `${cidrCollectionId},office`);
        const imported = await sandbox.client.find(locationType, made.id);
        assert.deepEqual((await planned(locationType, { ...imported, id: made.id }, office())).changes, {});

        const wanted = await sandbox.client.accept(
            locationType,
            office({ cidrBlocks: ["192.0.2.0/24", "198.51.100.0/24"] }),
            made.inputs,
        );
        const plan = await sandbox.client.diff(locationType, made.id, made.outputs, wanted);
        assert.deepEqual([Object.keys(plan.changes).length > 0, plan.replaces], [true, []]);
        const outputs = await sandbox.client.update(locationType, made.id, made.outputs, wanted);
        const changes = sandbox.trail("route53").filter(({ operation }) => operation === "ChangeCidrCollection");
        assert.deepEqual(
            changes.slice(1).map(({ parameters }) => parameters.Changes),
            [
                [{ LocationName: "office", Action: "PUT", CidrList: ["192.0.2.0/24"] }],
                [{ LocationName: "office", Action: "DELETE_IF_EXISTS", CidrList: ["203.0.113.0/24"] }],
            ],
        );
        const seen = await sandbox.client.find(locationType, made.id, outputs, wanted);
        assert.deepEqual((await sandbox.client.diff(locationType, made.id, seen.outputs, wanted)).changes, {});

        await sandbox.client.delete(locationType, made.id, outputs);
        await sandbox.client.delete(locationType, made.id, outputs);
        await sandbox.client.delete(collectionType, cidrCollectionId, {});
    });

    for (const [property, value] of [
        ["name", "factory"],
        ["cidrCollectionId", "00000000-0000-0000-0000-000000000000"],
    ] as const) {
        it(`replaces a location whose ${property} changes`, async () => {
            const made = await sandbox.client.deploy(locationType, office());
            const { changes } = await planned(locationType, made, office({ [property]: value }));
            assert.deepEqual(changes, { [property]: "update_replace" });
        });
    }

    const refused: ReadonlyArray<readonly [string, { type: string }, Bag, RegExp]> = [
        ["a collection's name with a dot", collectionType, { name: "a.b" }, /can include up to 64 letters/],
        ["a location's name of 17 characters", locationType, { name: "a".repeat(17) }, /can include up to 16 letters/],
        ["a block with host bits", locationType, { cidrBlocks: ["192.0.2.1/24"] }, /did you mean .*192\.0\.2\.0\/24/],
        ["a block that is none", locationType, { cidrBlocks: ["192.0.2.0"] }, /is not a valid CIDR block/],
        ["a block that Route 53 refuses", locationType, { cidrBlocks: ["192.0.2.0/25"] }, /InvalidInput/],
        [
            "a collection that is not there",
            locationType,
            { cidrCollectionId: "00000000-0000-0000-0000-000000000000" },
            /reading Route 53 CIDR Collection \(0{8}-.*couldn't find resource/,
        ],
    ];
    for (const [title, target, inputs, expected] of refused) {
        it(`refuses ${title}`, async () => {
            const whole = target === locationType ? office(inputs) : inputs;
            await assert.rejects(sandbox.client.deploy(target, whole), expected);
        });
    }

    it("fails, as the real provider does, where two locations change one version of a collection", async () => {
        sandbox.misbehave({ operation: "route53:ListCidrCollections", kind: "delay", milliseconds: 200, times: 2 });
        const outcomes = await Promise.allSettled([
            sandbox.client.deploy(locationType, office()),
            sandbox.client.deploy(locationType, office({ name: "factory", cidrBlocks: ["192.0.2.0/24"] })),
        ]);
        const failures = outcomes.filter((outcome) => outcome.status === "rejected");
        assert.equal(failures.length, 1);
        assert.match(String(failures[0]?.reason), /StatusCode: 409, CidrCollectionVersionMismatchException/);
    });

    it("does not find a location without blocks, nor one in a collection that is gone", async () => {
        for (const id of [`${cidrCollectionId},home`, "00000000-0000-0000-0000-000000000000,home"]) {
            await assert.rejects(sandbox.client.find(locationType, id), /does not exist/);
        }
        await assert.rejects(
            sandbox.client.find(locationType, cidrCollectionId),
            /expected CIDRCOLLECTIONID,LOCATIONNAME/,
        );
    });

    it("routes a record by a location", async () => {
        await sandbox.client.deploy(locationType, office());
        const zone = await sandbox.client.deploy(types.zone, { name: "example.com" });
        const cidrRoutingPolicy = { collectionId: cidrCollectionId, locationName: "office" };
        const inputs = {
            ...{ zoneId: zone.id, name: "iot.example.com", type: "CNAME", ttl: 60, records: ["a.example.net"] },
            ...{ setIdentifier: "office", cidrRoutingPolicy },
        };
        const made = await sandbox.client.deploy(types.record, inputs);
        const imported = await sandbox.client.find(types.record, made.id);
        assert.deepEqual(imported.outputs.cidrRoutingPolicy, cidrRoutingPolicy);
    });
});
