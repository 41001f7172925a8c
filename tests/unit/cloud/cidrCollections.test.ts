import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

describe("sandbox/cloud route53 CIDR collections", () => {
    let sandbox: Sandbox;
    let Id: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        const parameters = { Name: "networks", CallerReference: "1" };
        Id = (await sandbox.call("route53:CreateCidrCollection", parameters)).Collection.Id;
    });
    afterEach(removeSandboxes);

    const put = (LocationName: string, ...CidrList: string[]) => ({ Action: "PUT", LocationName, CidrList });
    const remove = (LocationName: string, ...CidrList: string[]) => ({
        ...{ Action: "DELETE_IF_EXISTS", LocationName, CidrList },
    });
    const change = (...Changes: object[]) => sandbox.call("route53:ChangeCidrCollection", { Id, Changes });
    const refusedChange = (...Changes: object[]) => sandbox.refusal("route53:ChangeCidrCollection", { Id, Changes });
    const blocks = async (more: object = {}): Promise<string[]> => {
        const { CidrBlocks } = await sandbox.call("route53:ListCidrBlocks", { CollectionId: Id, ...more });
        return CidrBlocks.map((block: { LocationName: string; CidrBlock: string }) =>
            [block.LocationName, block.CidrBlock].join(" "),
        );
    };
    const version = async (): Promise<number> =>
        (await sandbox.call("route53:ListCidrCollections")).CidrCollections[0].Version;

    it("are found by a name that is theirs alone; the same request again is the same collection", async () => {
        const parameters = { Name: "networks", CallerReference: "1" };
        const again = await sandbox.call("route53:CreateCidrCollection", parameters);
        assert.equal(again.Collection.Id, Id);
        assert.equal(again.Collection.Arn, `arn:aws:route53:::cidrcollection/${Id}`);
        assert.match(
            await sandbox.refusal("route53:CreateCidrCollection", { ...parameters, CallerReference: "2" }),
            /^CidrCollectionAlreadyExistsException: /,
        );
    });

    it("count their versions, and refuse a change to an older one", async () => {
        assert.equal(await version(), 1);
        const Changes = [put("office", "203.0.113.0/24")];
        const { Id: changeId } = await sandbox.call("route53:ChangeCidrCollection", {
            ...{ Id, Changes, CollectionVersion: 1 },
        });
        assert.equal((await sandbox.call("route53:GetChange", { Id: changeId })).ChangeInfo.Status, "INSYNC");
        assert.equal(await version(), 2);
        assert.match(
            await sandbox.refusal("route53:ChangeCidrCollection", { Id, Changes, CollectionVersion: 1 }),
            /^CidrCollectionVersionMismatchException: /,
        );
    });

    it("list locations and blocks page by page", async () => {
        await change(put("office", "203.0.113.0/24", "2001:db8::/48"), put("factory", "198.51.100.0/24"));
        const first = await sandbox.call("route53:ListCidrLocations", { CollectionId: Id, MaxResults: "1" });
        assert.deepEqual(first.CidrLocations, [{ LocationName: "factory" }]);
        const next = { CollectionId: Id, MaxResults: "1", NextToken: first.NextToken };
        const second = await sandbox.call("route53:ListCidrLocations", next);
        assert.deepEqual([second.CidrLocations, second.NextToken], [[{ LocationName: "office" }], undefined]);
        assert.deepEqual(await blocks({ LocationName: "office" }), ["office 2001:db8::/48", "office 203.0.113.0/24"]);
        assert.equal((await blocks()).length, 3);
        assert.match(
            await sandbox.refusal("route53:ListCidrBlocks", { CollectionId: Id, LocationName: "home" }),
            /^NoSuchCidrLocationException: /,
        );
    });

    it("move a block from one location to another in one change, in whatever order", async () => {
        await change(put("office", "203.0.113.0/24"));
        assert.match(await refusedChange(put("factory", "203.0.113.0/24")), /^CidrBlockInUseException: /);
        await change(put("factory", "203.0.113.0/24"), remove("office", "203.0.113.0/24"));
        assert.deepEqual(await blocks(), ["factory 203.0.113.0/24"]);
    });

    it("take a block that is there already, and the deletion of one that is not", async () => {
        await change(put("office", "2001:db8::/48"));
        await change(put("office", "2001:DB8:0::/48"), remove("office", "198.51.100.0/24"));
        assert.deepEqual(await blocks(), ["office 2001:db8::/48"]);
    });

    const malformed = ["203.0.113.0/25", "0.0.0.0/0", "2001:db8::/49", "203.0.113.0", "example.com/8"];
    for (const block of malformed) {
        it(`refuse the block ${block}, and with it the whole change`, async () => {
            assert.match(await refusedChange(put("office", "198.51.100.0/24"), put("x", block)), /^InvalidInput: /);
            assert.deepEqual([await blocks(), await version()], [[], 1]);
        });
    }

    it("hold a thousand blocks", async () => {
        const many = (second: number, count: number) =>
            Array.from({ length: count }, (_, index) => `10.${second + Math.floor(index / 256)}.${index % 256}.0/24`);
        await change(put("office", ...many(0, 1000)));
        assert.match(await refusedChange(put("office", "192.0.2.0/24")), /^LimitsExceeded: .*1000/);
        assert.match(
            await refusedChange(put("a", ...many(8, 600)), put("b", ...many(16, 401))),
            /^InvalidInput: .*1001/,
        );
    });

    it("must be empty to be deleted", async () => {
        await change(put("office", "203.0.113.0/24"));
        assert.match(await sandbox.refusal("route53:DeleteCidrCollection", { Id }), /^CidrCollectionInUseException: /);
        await change(remove("office", "203.0.113.0/24"));
        await sandbox.call("route53:DeleteCidrCollection", { Id });
        assert.deepEqual(sandbox.cloud.resources(), []);
        assert.match(await sandbox.refusal("route53:DeleteCidrCollection", { Id }), /^NoSuchCidrCollectionException: /);
        assert.match(await refusedChange(put("office", "203.0.113.0/24")), /^NoSuchCidrCollectionException: /);
    });

    describe("named by records", () => {
        let zone: string;

        beforeEach(async () => {
            zone = await sandbox.zone("example.com");
            await change(put("office", "203.0.113.0/24"));
        });

        const located = (SetIdentifier: string, LocationName: string, CollectionId = Id) => ({
            ...{ Name: "iot.example.com", Type: "CNAME", TTL: 60, SetIdentifier },
            ResourceRecords: [{ Value: `${SetIdentifier}.example.net` }],
            CidrRoutingConfig: { CollectionId, LocationName },
        });
        const refusedRecord = (record: object, HostedZoneId = zone) =>
            sandbox.refusal("route53:ChangeResourceRecordSets", {
                HostedZoneId,
                ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: record }] },
            });

        it("answer a location, and with an asterisk everything else", async () => {
            await sandbox.change(zone, ["CREATE", located("a", "office")], ["CREATE", located("b", "*")]);
            assert.match(await refusedRecord(located("c", "office")), /^InvalidChangeBatch: .*already exists/);
        });

        it("must exist, and so must the location", async () => {
            const nobody = "00000000-0000-0000-0000-000000000000";
            assert.match(await refusedRecord(located("a", "*", nobody)), /^InvalidChangeBatch: .*does not exist/);
            assert.match(await refusedRecord(located("a", "home")), /^InvalidChangeBatch: .*no location home/);
        });

        it("are one for all records of a name and type", async () => {
            const parameters = { Name: "others", CallerReference: "2" };
            const { Collection } = await sandbox.call("route53:CreateCidrCollection", parameters);
            await sandbox.change(zone, ["CREATE", located("a", "office")]);
            assert.match(
                await refusedRecord(located("b", "*", Collection.Id)),
                /must reference the same CIDR collection/,
            );
        });

        it("cannot serve a private zone", async () => {
            const { HostedZone } = await sandbox.call("route53:CreateHostedZone", {
                ...{ Name: "example.com", CallerReference: "private" },
                VPC: { VPCRegion: "us-east-1", VPCId: "vpc-0123456789abcdef0" },
            });
            assert.match(await refusedRecord(located("a", "*"), HostedZone.Id), /private hosted zone/);
        });

        it("keep their locations, and themselves, until the records are gone", async () => {
            const record = located("a", "office");
            const fallback = located("b", "*");
            await sandbox.change(zone, ["CREATE", record], ["CREATE", fallback]);
            assert.match(await refusedChange(remove("office", "203.0.113.0/24")), /^CidrBlockInUseException: /);
            await sandbox.change(zone, ["DELETE", record]);
            await change(remove("office", "203.0.113.0/24"));
            assert.match(
                await sandbox.refusal("route53:DeleteCidrCollection", { Id }),
                /^CidrCollectionInUseException: .*records/,
            );
            await sandbox.change(zone, ["DELETE", fallback]);
            await sandbox.call("route53:DeleteCidrCollection", { Id });
        });
    });
});
