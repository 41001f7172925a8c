import assert from "node:assert/strict";
import {
    ChangeResourceRecordSetsCommand,
    ChangeTagsForResourceCommand,
    CreateHealthCheckCommand,
    CreateHostedZoneCommand,
    GetHealthCheckCommand,
    InvalidChangeBatch,
    ListHostedZonesByNameCommand,
    ListResourceRecordSetsCommand,
    ListTagsForResourceCommand,
    NoSuchHostedZone,
    paginateListHostedZones,
    UpdateHealthCheckCommand,
    type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { removeServed, serve, type Served } from "./served";

describe("sandbox/http in AWS's protocol restXml", () => {
    let served: Served;

    beforeEach(async () => {
        served = await serve();
    });
    afterEach(removeServed);

    const zone = async (name = "example.com") => {
        const created = await served.route53.send(
            new CreateHostedZoneCommand({ Name: name, CallerReference: `${name} <1> & "2"` }),
        );
        return { id: created.HostedZone?.Id ?? "", created };
    };
    const change = (id: string, sets: ResourceRecordSet[]) =>
        served.route53.send(
            new ChangeResourceRecordSetsCommand({
                HostedZoneId: id,
                ChangeBatch: { Changes: sets.map((set) => ({ Action: "CREATE", ResourceRecordSet: set })) },
            }),
        );

    it("answers with a header beside the body, and with characters that XML escapes", async () => {
        const { id, created } = await zone();
        assert.equal(created.$metadata.httpStatusCode, 201);
        assert.equal(created.Location, `https://route53.amazonaws.com/2013-04-01${id}`);
        assert.equal(created.HostedZone?.CallerReference, 'example.com <1> & "2"');
        assert.equal(created.HostedZone?.Config?.PrivateZone, false);
        assert.ok(created.ChangeInfo?.SubmittedAt instanceof Date);
        assert.equal(created.DelegationSet?.NameServers?.length, 4);
    });

    it("takes and gives structures in lists: records of every kind of routing", async () => {
        const { id } = await zone();
        const record = { Name: "iot.example.com.", Type: "CNAME" as const, TTL: 60 };
        const sets: ResourceRecordSet[] = [
            {
                ...record,
                SetIdentifier: "default",
                GeoLocation: { CountryCode: "*" },
                ResourceRecords: [{ Value: "default.example.net" }],
            },
            {
                ...record,
                SetIdentifier: "eu",
                GeoLocation: { ContinentCode: "EU" },
                ResourceRecords: [{ Value: "eu.example.net" }],
            },
            { Name: "text.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"a <b> & c"' }] },
        ];
        await change(id, sets);
        const { ResourceRecordSets = [] } = await served.route53.send(
            new ListResourceRecordSetsCommand({ HostedZoneId: id, StartRecordName: "iot.example.com" }),
        );
        assert.deepEqual(ResourceRecordSets, sets);
    });

    it("gives lists in pages, from where the last page ended", async () => {
        const names = ["a.example", "b.example", "c.example"];
        for (const name of names) {
            await zone(name);
        }
        const pages: number[] = [];
        const client = served.route53;
        for await (const { HostedZones = [] } of paginateListHostedZones({ client, pageSize: 2 }, {})) {
            pages.push(HostedZones.length);
        }
        assert.deepEqual(pages, [2, 1]);
        const byName = await client.send(new ListHostedZonesByNameCommand({ DNSName: "b.example", MaxItems: 1 }));
        assert.deepEqual(
            byName.HostedZones?.map(({ Name }) => Name),
            ["b.example."],
        );
        assert.equal(byName.IsTruncated, true);
        assert.equal(byName.NextDNSName, "c.example.");
    });

    it("takes numbers and booleans for what they are", async () => {
        const { route53 } = served;
        const created = await route53.send(
            new CreateHealthCheckCommand({
                CallerReference: "1",
                HealthCheckConfig: {
                    Type: "TCP",
                    FullyQualifiedDomainName: "data.example.net",
                    Port: 8883,
                    RequestInterval: 30,
                    FailureThreshold: 3,
                },
            }),
        );
        const HealthCheckId = created.HealthCheck?.Id;
        await route53.send(new UpdateHealthCheckCommand({ HealthCheckId, Disabled: true, Port: 443 }));
        const { HealthCheck } = await route53.send(new GetHealthCheckCommand({ HealthCheckId }));
        assert.equal(HealthCheck?.HealthCheckConfig?.Disabled, true);
        assert.equal(HealthCheck?.HealthCheckConfig?.Port, 443);
    });

    it("takes two arguments from the path, and lists whose items have names of their own", async () => {
        const { route53 } = served;
        const { id } = await zone();
        const resource = { ResourceType: "hostedzone" as const, ResourceId: id.replace("/hostedzone/", "") };
        await route53.send(
            new ChangeTagsForResourceCommand({
                ...resource,
                AddTags: [
                    { Key: "team", Value: "fleet" },
                    { Key: "stage", Value: "" },
                ],
            }),
        );
        await route53.send(new ChangeTagsForResourceCommand({ ...resource, RemoveTagKeys: ["team"] }));
        const { ResourceTagSet } = await route53.send(new ListTagsForResourceCommand(resource));
        assert.deepEqual(ResourceTagSet?.Tags, [{ Key: "stage", Value: "" }]);
    });

    it("refuses with AWS's exceptions, which the client knows by their classes", async () => {
        const { id } = await zone();
        await assert.rejects(
            served.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: "Z0000000" })),
            (error) => error instanceof NoSuchHostedZone && error.$metadata.httpStatusCode === 404,
        );
        await assert.rejects(
            change(id, [{ Name: "example.com.", Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: "a.example" }] }]),
            (error) => error instanceof InvalidChangeBatch && /zone apex|not permitted/i.test(error.message),
        );
    });
});
