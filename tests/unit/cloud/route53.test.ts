import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const cname = (Name: string, value: string, rest: object = {}) => ({
    Name,
    Type: "CNAME",
    TTL: 60,
    ResourceRecords: [{ Value: value }],
    ...rest,
});
const address = (Name: string, rest: object = {}) => ({
    Name,
    Type: "A",
    TTL: 60,
    ResourceRecords: [{ Value: "192.0.2.1" }],
    ...rest,
});
const weighted = (SetIdentifier: string, Weight = 1) =>
    cname("w.example.com", `${SetIdentifier}.example.net`, { SetIdentifier, Weight });
const located = (SetIdentifier: string, GeoLocation: object) =>
    cname("geo.example.com", `${SetIdentifier}.example.net`, { SetIdentifier, GeoLocation });

describe("sandbox/cloud route53", () => {
    let sandbox: Sandbox;
    let zone: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        zone = await sandbox.zone("example.com");
    });
    afterEach(removeSandboxes);

    function refusedChange(...changes: Array<readonly [string, object]>): Promise<string> {
        return sandbox.refusal("route53:ChangeResourceRecordSets", {
            HostedZoneId: zone,
            ChangeBatch: { Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) },
        });
    }

    async function names(): Promise<string[]> {
        const { ResourceRecordSets } = await sandbox.call("route53:ListResourceRecordSets", { HostedZoneId: zone });
        return ResourceRecordSets.map(({ Name, Type }: { Name: string; Type: string }) => `${Name} ${Type}`);
    }

    it("gives a new zone its NS and SOA records, and name servers of its own", async () => {
        assert.deepEqual(await names(), ["example.com. NS", "example.com. SOA"]);
        const { DelegationSet, HostedZone } = await sandbox.call("route53:GetHostedZone", { Id: zone });
        assert.equal(HostedZone.Name, "example.com.");
        assert.equal(HostedZone.ResourceRecordSetCount, 2);
        assert.equal(new Set(DelegationSet.NameServers).size, 4);
        const other = await sandbox.call("route53:GetHostedZone", { Id: await sandbox.zone("example.com") });
        assert.notDeepEqual(other.DelegationSet.NameServers, DelegationSet.NameServers);
    });

    it("finds zones by name in the order of reversed labels", async () => {
        await sandbox.zone("a.example.org");
        await sandbox.zone("example.org");
        const { HostedZones } = await sandbox.call("route53:ListHostedZonesByName", { DNSName: "example.org" });
        assert.deepEqual(
            HostedZones.map(({ Name }: { Name: string }) => Name),
            ["example.org.", "a.example.org."],
        );
    });

    it("answers a change as PENDING, and INSYNC when it is asked for", async () => {
        const { ChangeInfo } = (await sandbox.change(zone, ["CREATE", address("www.example.com")])) as {
            ChangeInfo: { Id: string; Status: string };
        };
        assert.equal(ChangeInfo.Status, "PENDING");
        const later = await sandbox.call("route53:GetChange", { Id: ChangeInfo.Id });
        assert.equal(later.ChangeInfo.Status, "INSYNC");
    });

    it("lists records page by page in the order of reversed labels, with octal codes for asterisks", async () => {
        const made = ["z.example.com", "*.example.com", "a.z.example.com", "b.example.com"];
        await sandbox.change(zone, ...made.map((name) => ["CREATE", address(name)] as const));
        const seen: string[] = [];
        let start: object = {};
        for (;;) {
            const answer = await sandbox.call("route53:ListResourceRecordSets", {
                HostedZoneId: zone,
                MaxItems: "2",
                ...start,
            });
            seen.push(
                ...answer.ResourceRecordSets.map(({ Name, Type }: { Name: string; Type: string }) => Name + Type),
            );
            if (!answer.IsTruncated) {
                break;
            }
            start = { StartRecordName: answer.NextRecordName, StartRecordType: answer.NextRecordType };
        }
        assert.deepEqual(seen, [
            "example.com.NS",
            "example.com.SOA",
            "\\052.example.com.A",
            "b.example.com.A",
            "z.example.com.A",
            "a.z.example.com.A",
        ]);
    });

    it("applies a batch as a whole or not at all", async () => {
        const message = await refusedChange(
            ["CREATE", address("new.example.com")],
            ["DELETE", address("absent.example.com")],
        );
        assert.match(
            message,
            /^InvalidChangeBatch: \[Tried to delete .*absent\.example\.com\.'.* but it was not found\]$/,
        );
        assert.deepEqual(await names(), ["example.com. NS", "example.com. SOA"]);
    });

    it("takes a change of type, and of routing policy, in one batch", async () => {
        await sandbox.change(zone, ["CREATE", address("x.example.com")], ["CREATE", weighted("one")]);
        await sandbox.change(
            zone,
            ["DELETE", address("x.example.com")],
            ["CREATE", cname("x.example.com", "y.example.com")],
            ["DELETE", weighted("one")],
            ["CREATE", cname("w.example.com", "one.example.net")],
        );
        assert.deepEqual((await names()).slice(2), ["w.example.com. CNAME", "x.example.com. CNAME"]);
    });

    const refused: Array<[title: string, before: object[], changes: Array<[string, object]>, expected: RegExp]> = [
        ["a CNAME at the apex", [], [["CREATE", cname("example.com", "x.example.net")]], /not permitted at apex/],
        [
            "a name outside the zone",
            [],
            [["CREATE", address("www.example.org")]],
            /RRSet with DNS name www\.example\.org\. is not permitted in zone example\.com\./,
        ],
        [
            "a CNAME beside another type",
            [address("x.example.com")],
            [["CREATE", cname("x.example.com", "y.example.net")]],
            /conflicts with other records with the same DNS name/,
        ],
        [
            "another type beside a CNAME",
            [cname("x.example.com", "y.example.net")],
            [["UPSERT", address("x.example.com")]],
            /conflicting RRSet of type CNAME with the same DNS name already exists/,
        ],
        [
            "creating what exists",
            [address("x.example.com")],
            [["CREATE", address("x.example.com")]],
            /Tried to create resource record set \[name='x\.example\.com\.', type='A'\] but it already exists/,
        ],
        [
            "deleting with other values",
            [address("x.example.com")],
            [["DELETE", address("x.example.com", { TTL: 61 })]],
            /values provided do not match the current values/,
        ],
        [
            "a simple record beside weighted ones",
            [weighted("one")],
            [["CREATE", cname("w.example.com", "y.example.net")]],
            /cannot be created as other RRSets exist with the same name and type/,
        ],
        [
            "a weighted record beside a simple one",
            [cname("w.example.com", "y.example.net")],
            [["CREATE", weighted("one")]],
            /cannot be created as a non-weighted set exists/,
        ],
        [
            "two policies at one name and type",
            [weighted("one")],
            [["CREATE", cname("w.example.com", "y.example.net", { SetIdentifier: "two", Region: "us-east-1" })]],
            /cannot be created as a non-latency set exists/,
        ],
        [
            "a set identifier twice",
            [weighted("one")],
            [["CREATE", weighted("one", 9)]],
            /set-identifier='one'\] but it already exists/,
        ],
        [
            "one place twice",
            [located("europe", { ContinentCode: "EU" })],
            [["CREATE", located("europe-again", { ContinentCode: "EU" })]],
            /a geolocation RRSet with the same name, type and GeoLocation already exists/,
        ],
        [
            "a continent that is none",
            [],
            [["CREATE", located("x", { ContinentCode: "XX" })]],
            /InvalidInput: .*unknown continent code XX/,
        ],
        [
            "a country that is none",
            [],
            [["CREATE", located("x", { CountryCode: "UK" })]],
            /InvalidInput: .*unknown country code UK/,
        ],
        [
            "a country of whose addresses Route 53 has no data",
            [],
            [["CREATE", located("x", { CountryCode: "BV" })]],
            /InvalidInput: .*unknown country code BV/,
        ],
        [
            "a subdivision of another country",
            [],
            [["CREATE", located("x", { CountryCode: "DE", SubdivisionCode: "BY" })]],
            /InvalidInput: .*unknown subdivision code BY of DE/,
        ],
        [
            "a set identifier without a policy",
            [],
            [["CREATE", address("x.example.com", { SetIdentifier: "a" })]],
            /InvalidInput: Invalid request: Expected exactly one of \[Weight, .*but found none in Change with \[Action=CREATE/,
        ],
        [
            "a policy without a set identifier",
            [],
            [["CREATE", address("x.example.com", { Weight: 1 })]],
            /InvalidInput: .*SetIdentifier/,
        ],
        [
            "values without a time to live",
            [],
            [["CREATE", address("x.example.com", { TTL: undefined })]],
            /InvalidInput: .*AliasTarget, all of \[TTL, and ResourceRecords\]/,
        ],
        [
            "an address that is none",
            [],
            [["CREATE", address("x.example.com", { ResourceRecords: [{ Value: "192.0.2.256" }] })]],
            /ARRDATAIllegalIPv4Address/,
        ],
        [
            "a text without quotation marks",
            [],
            [["CREATE", address("x.example.com", { Type: "TXT", ResourceRecords: [{ Value: "hello" }] })]],
            /InvalidCharacterString/,
        ],
        [
            "a health check that does not exist",
            [],
            [
                [
                    "CREATE",
                    cname("x.example.com", "y.example.net", { HealthCheckId: "00000000-0000-0000-0000-000000000000" }),
                ],
            ],
            /NoSuchHealthCheck/,
        ],
        ["a name with an empty label", [], [["UPSERT", cname("a..example.com", "x.example.net")]], /DomainLabelEmpty/],
    ];

    for (const [title, before, changes, expected] of refused) {
        it(`refuses ${title}`, async () => {
            if (before.length > 0) {
                await sandbox.change(zone, ...before.map((record) => ["CREATE", record] as const));
            }
            const untouched = await names();
            assert.match(await refusedChange(...changes), expected);
            assert.deepEqual(await names(), untouched);
        });
    }

    it("refuses an alias to an IoT endpoint, and to a record that is not there", async () => {
        const alias = (DNSName: string, HostedZoneId: string) => ({
            Name: "iot.example.com",
            Type: "CNAME",
            AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: true },
        });
        const endpoint = "a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com";
        assert.match(
            await refusedChange(["CREATE", alias(endpoint, "Z1OTHER")]),
            /does not lie within the target zone/,
        );
        assert.match(await refusedChange(["CREATE", alias("t.example.com", zone)]), /but that target was not found/);
        await sandbox.change(
            zone,
            ["CREATE", cname("t.example.com", endpoint)],
            ["CREATE", alias("t.example.com", zone)],
        );
    });

    it("refuses to delete a zone that still has records, and forgets an empty one", async () => {
        await sandbox.change(zone, ["CREATE", address("x.example.com")]);
        assert.match(await sandbox.refusal("route53:DeleteHostedZone", { Id: zone }), /^HostedZoneNotEmpty: /);
        await sandbox.change(zone, ["DELETE", address("x.example.com")]);
        await sandbox.call("route53:DeleteHostedZone", { Id: zone });
        assert.match(await sandbox.refusal("route53:GetHostedZone", { Id: zone }), /^NoSuchHostedZone: /);
        assert.deepEqual(sandbox.cloud.resources(), []);
    });

    it("keeps the NS and SOA records of a zone", async () => {
        const { ResourceRecordSets } = await sandbox.call("route53:ListResourceRecordSets", { HostedZoneId: zone });
        const [servers, authority] = ResourceRecordSets;
        assert.match(await refusedChange(["DELETE", servers]), /must contain at least one NS record/);
        assert.match(await refusedChange(["DELETE", authority]), /must contain exactly one SOA record/);
    });

    it("keeps the type of a health check, and refuses what a type does not take", async () => {
        const config = { Type: "TCP", FullyQualifiedDomainName: "x-ats.iot.us-east-1.amazonaws.com", Port: 8883 };
        const { HealthCheck } = await sandbox.call("route53:CreateHealthCheck", {
            CallerReference: "one",
            HealthCheckConfig: config,
        });
        assert.equal(HealthCheck.HealthCheckConfig.RequestInterval, 30);
        const HealthCheckId = HealthCheck.Id;
        await sandbox.call("route53:UpdateHealthCheck", { HealthCheckId, Port: 443 });
        assert.match(
            await sandbox.refusal("route53:UpdateHealthCheck", { HealthCheckId, Type: "HTTPS" }),
            /Unknown parameter/,
        );
        assert.match(
            await sandbox.refusal("route53:CreateHealthCheck", {
                CallerReference: "two",
                HealthCheckConfig: { ...config, ResourcePath: "/" },
            }),
            /^InvalidInput: ResourcePath/,
        );
        await sandbox.call("route53:DeleteHealthCheck", { HealthCheckId });
        assert.match(await sandbox.refusal("route53:GetHealthCheck", { HealthCheckId }), /^NoSuchHealthCheck: /);
    });

    it("tags zones", async () => {
        const id = { ResourceType: "hostedzone", ResourceId: zone.replace("/hostedzone/", "") };
        await sandbox.call("route53:ChangeTagsForResource", { ...id, AddTags: [{ Key: "a", Value: "1" }] });
        await sandbox.call("route53:ChangeTagsForResource", {
            ...id,
            AddTags: [{ Key: "b", Value: "2" }],
            RemoveTagKeys: ["a"],
        });
        const { ResourceTagSet } = await sandbox.call("route53:ListTagsForResource", id);
        assert.deepEqual(ResourceTagSet.Tags, [{ Key: "b", Value: "2" }]);
    });
});
