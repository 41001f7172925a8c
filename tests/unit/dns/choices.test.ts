import assert from "node:assert/strict";
import type { DnsServer } from "../../../sandbox/dataPlane/dns";
import { ask, scopeOf, told, type TestQuestion } from "./exchange";
import { TestZone } from "./zone";
import { cname, simple } from "./zoneContents";

const name = "iot.example.com";

const berlin = "141.20.0.0/24";
const tokyo = "133.11.0.0/24";
const stanfordNeighbour = "128.32.0.0/24";
const nowhere = "192.0.2.0/24";

describe("the sandbox's name server chooses", () => {
    let zone: TestZone;
    let server: DnsServer;

    before(async () => {
        zone = await TestZone.create();
    });

    beforeEach(async () => {
        server = await zone.serve();
    });

    afterEach(() => zone.empty());

    after(() => zone.remove());

    const target = async (question: TestQuestion) => told((await ask(server, question)).answers);

    const placed = (value: string, GeoLocation: object, fields: object = {}) =>
        cname(name, `${value}.example.net`, { SetIdentifier: value, GeoLocation, ...fields });
    const answered = async (subnet?: string) =>
        (await target({ subnet })).map((text) => text.split(" ")[2]?.replace(".example.net", "")).join();

    it("by the smallest place, and tells for how large a network", async () => {
        await zone.put(
            placed("europe", { ContinentCode: "EU" }),
            placed("japan", { CountryCode: "JP" }),
            placed("states", { CountryCode: "US" }),
            placed("california", { CountryCode: "US", SubdivisionCode: "CA" }),
            placed("world", { CountryCode: "*" }),
        );
        const subnets = [berlin, tokyo, stanfordNeighbour, "128.83.0.0/24", nowhere, "2001:db8::/48", undefined];
        assert.deepEqual(await Promise.all(subnets.map(answered)), [
            "europe",
            "japan",
            "california",
            "states",
            "world",
            "world",
            "world",
        ]);
        const scopes = await Promise.all(
            [berlin, nowhere, "141.0.0.0/8", "0.0.0.0/0"].map(async (subnet) => scopeOf(await ask(server, { subnet }))),
        );
        assert.deepEqual(scopes, [16, 24, 8, 0]);
    });

    it("nothing for a place without a record where there is no default, with the SOA", async () => {
        await zone.put(placed("europe", { ContinentCode: "EU" }));
        const message = await ask(server, { subnet: tokyo });
        assert.deepEqual(
            [message.rcode, message.answers, message.authorities?.map(({ type }) => type)],
            ["NOERROR", [], ["SOA"]],
        );
    });

    it("by the lowest latency, and by the nearest with its bias", async () => {
        const regions = ["us-east-1", "eu-central-1", "ap-northeast-1"];
        await zone.put(
            ...regions.map((Region) => cname(name, `${Region}.example.net`, { SetIdentifier: Region, Region })),
        );
        assert.deepEqual(await Promise.all([berlin, tokyo, "128.59.0.0/24"].map(answered)), [
            "eu-central-1",
            "ap-northeast-1",
            "us-east-1",
        ]);
        const near = (AWSRegion: string, Bias: number) =>
            cname("near.example.com", `${AWSRegion}.example.net`, {
                SetIdentifier: AWSRegion,
                GeoProximityLocation: { AWSRegion, Bias },
            });
        await zone.put(near("us-east-1", 99), near("eu-central-1", 0));
        // Berlin is 6700 kilometres from us-east-1, of which a bias of 99 leaves 67, and 440 from eu-central-1.
        assert.deepEqual(await target({ name: "near.example.com", subnet: berlin }), [
            "near.example.com CNAME us-east-1.example.net",
        ]);
    });

    it("by weight, in proportion, and by the longest network", async () => {
        let draw = 0;
        const seeded = await zone.serve({ random: () => draw });
        await zone.put(
            ...[
                ["a", 1],
                ["b", 3],
                ["c", 0],
            ].map(([SetIdentifier, Weight]) => cname(name, `${SetIdentifier}.example.net`, { SetIdentifier, Weight })),
        );
        const drawn: string[] = [];
        for (draw = 0; draw < 1; draw += 0.125) {
            drawn.push(...told((await ask(seeded, {})).answers).map((text) => text.split(" ")[2]?.[0] ?? ""));
        }
        assert.equal(drawn.join(""), "aabbbbbb");
        const { Collection } = await zone.call("CreateCidrCollection", {
            Name: "c",
            CallerReference: "c",
        });
        await zone.call("ChangeCidrCollection", {
            Id: Collection.Id,
            Changes: [
                { Action: "PUT", LocationName: "wide", CidrList: ["10.0.0.0/8", "2001:db8::/32"] },
                { Action: "PUT", LocationName: "narrow", CidrList: ["10.1.0.0/16"] },
            ],
        });
        const routed = (LocationName: string, SetIdentifier: string) =>
            cname("net.example.com", `${SetIdentifier}.example.net`, {
                SetIdentifier,
                CidrRoutingConfig: { CollectionId: Collection.Id, LocationName },
            });
        await zone.put(routed("wide", "wide"), routed("narrow", "narrow"), routed("*", "rest"));
        const subnets = ["10.1.2.0/24", "10.2.2.0/24", "2001:db8:1::/48", nowhere];
        const found = await Promise.all(
            subnets.map(
                async (subnet) => (await target({ name: "net.example.com", subnet }))[0]?.split(" ")[2]?.split(".")[0],
            ),
        );
        assert.deepEqual(found, ["narrow", "wide", "wide", "rest"]);
    });

    it("several values at random where it is told to", async () => {
        const values = Array.from({ length: 10 }, (_, index) => `198.51.100.${index + 1}`);
        await zone.put(
            ...values.map((Value) => ({
                ...simple("many.example.com", "A", Value),
                SetIdentifier: Value,
                MultiValueAnswer: true,
            })),
        );
        const found = (await target({ name: "many.example.com", type: "A" })).map((text) => text.split(" ")[2]);
        assert.equal(new Set(found).size, 8);
        assert.ok(found.every((value) => values.includes(value ?? "")));
    });

    it("the healthy one, as it is told of each health check and as each is set", async () => {
        const unhealthy = new Set<string>();
        server = await zone.serve({
            isHealthy: ({ HealthCheckConfig }) => !unhealthy.has(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
        });
        const first = await zone.healthCheck("first.example.net");
        const second = await zone.healthCheck("second.example.net");
        await zone.put(
            cname(name, "first.example.net", { SetIdentifier: "first", Failover: "PRIMARY", HealthCheckId: first }),
            cname(name, "second.example.net", {
                SetIdentifier: "second",
                Failover: "SECONDARY",
                HealthCheckId: second,
            }),
        );
        assert.equal(await answered(), "first");
        unhealthy.add("first.example.net");
        assert.equal(await answered(), "second");
        unhealthy.add("second.example.net");
        assert.equal(await answered(), "first");
        unhealthy.delete("second.example.net");
        await zone.call("UpdateHealthCheck", { HealthCheckId: first, Disabled: true });
        assert.equal(await answered(), "first");
        await zone.call("UpdateHealthCheck", { HealthCheckId: first, Inverted: true });
        assert.equal(await answered(), "second");
    });

    it("through aliases, whose owner it answers as, and leaves a branch that is unhealthy", async () => {
        const unhealthy = new Set<string>();
        server = await zone.serve({
            isHealthy: ({ HealthCheckConfig }) => !unhealthy.has(HealthCheckConfig.FullyQualifiedDomainName ?? ""),
        });
        const alias = (Name: string, DNSName: string, fields: object = {}) => ({
            Name,
            Type: "CNAME",
            AliasTarget: { DNSName, HostedZoneId: zone.id, EvaluateTargetHealth: true },
            ...fields,
        });
        const half = (chain: string, region: string, Failover: string, HealthCheckId: string) =>
            cname(`_${chain}.${name}`, `${region}.example.net`, { SetIdentifier: region, Failover, HealthCheckId });
        const eu = await zone.healthCheck("eu.example.net");
        const us = await zone.healthCheck("us.example.net");
        await zone.put(
            half("eu", "eu", "PRIMARY", eu),
            half("eu", "us", "SECONDARY", us),
            half("us", "us", "PRIMARY", us),
        );
        await zone.put(
            alias(`_geo.${name}`, `_eu.${name}`, { SetIdentifier: "EU", GeoLocation: { ContinentCode: "EU" } }),
            alias(`_geo.${name}`, `_us.${name}`, { SetIdentifier: "default", GeoLocation: { CountryCode: "*" } }),
        );
        await zone.put(alias(name, `_geo.${name}`));
        assert.deepEqual(await target({ name: "IOT.example.com", subnet: berlin }), [
            "IOT.example.com CNAME eu.example.net",
        ]);
        assert.equal(await answered(tokyo), "us");
        unhealthy.add("eu.example.net");
        assert.equal(await answered(berlin), "us");
        unhealthy.add("us.example.net");
        assert.equal(await answered(berlin), "eu");
    });
});
