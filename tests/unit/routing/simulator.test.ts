import assert from "node:assert/strict";
import type { ResourceRecordSet } from "../../../rules/routing/resourceRecordSet";
import { ask, type Place } from "../../../rules/routing/simulator";

const zone = "Z0123456789ABCDEFGHIJ";

function record(endpoint: string, fields: Partial<ResourceRecordSet>): ResourceRecordSet {
    return {
        Name: "iot.example.com.",
        Type: "CNAME",
        SetIdentifier: endpoint,
        TTL: 60,
        ResourceRecords: [{ Value: endpoint }],
        HealthCheckId: `check-${endpoint}`,
        ...fields,
    };
}

function alias(target: string, fields: Partial<ResourceRecordSet>, evaluateTargetHealth = true): ResourceRecordSet {
    return {
        Name: "iot.example.com.",
        Type: "CNAME",
        SetIdentifier: target,
        AliasTarget: { HostedZoneId: zone, DNSName: target, EvaluateTargetHealth: evaluateTargetHealth },
        ...fields,
    };
}

interface Case {
    readonly title: string;
    readonly records: readonly ResourceRecordSet[];
    readonly place?: Place;
    /** Endpoints whose health checks pass. */
    readonly healthy: readonly string[];
    readonly random?: number;
    readonly cidr?: Record<string, string[]>;
    readonly answer: string | undefined;
}

const weighted = (weights: Record<string, number>) =>
    Object.entries(weights).map(([endpoint, Weight]) => record(endpoint, { Weight }));

const latency = ["near", "far"].map((endpoint) => record(endpoint, { Region: endpoint }));
const latencies = { near: 20, far: 90 };

const pair = [record("one", { Failover: "PRIMARY" }), record("two", { Failover: "SECONDARY" })];

const geolocation = [
    record("california", { GeoLocation: { CountryCode: "US", SubdivisionCode: "CA" } }),
    record("states", { GeoLocation: { CountryCode: "US" } }),
    record("america", { GeoLocation: { ContinentCode: "NA" } }),
    record("world", { GeoLocation: { CountryCode: "*" } }),
];
const california = { country: "US", subdivision: "CA" };
const everywhere = ["california", "states", "america", "world"];

const geoproximity = [
    record("a", { GeoProximityLocation: { AWSRegion: "us-east-1", Bias: 50 } }),
    record("b", { GeoProximityLocation: { AWSRegion: "us-west-2" } }),
];

const networks = [
    record("wide", { CidrRoutingConfig: { CollectionId: "c", LocationName: "wide" } }),
    record("narrow", { CidrRoutingConfig: { CollectionId: "c", LocationName: "narrow" } }),
    record("rest", { CidrRoutingConfig: { CollectionId: "c", LocationName: "*" } }),
];
const cidr = { wide: ["10.0.0.0/8", "2001:db8::/32"], narrow: ["10.1.0.0/16"] };

/** Latency aliases to weighted records in two regions: the example of AWS's page on complex configurations. */
const tree = (evaluateTargetHealth = true): ResourceRecordSet[] => [
    alias("east.example.com", { Region: "east" }, evaluateTargetHealth),
    alias("south.example.com", { Region: "south" }),
    ...["e1", "e2"].map((each) => record(each, { Name: "east.example.com", Weight: 1 })),
    ...["s1", "s2"].map((each) => record(each, { Name: "south.example.com", Weight: 1 })),
];
const nearEast = { latencies: { east: 10, south: 99 } };

// prettier-ignore
const cases: readonly Case[] = [
    { title: "a simple record answers without a look at health", records: [record("only", {})], healthy: [], answer: "only" },
    { title: "a name without records has no answer", records: [], healthy: [], answer: undefined },
    { title: "weights decide: the first part of the range", records: weighted({ a: 1, b: 3 }), healthy: ["a", "b"], random: 0.24, answer: "a" },
    { title: "weights decide: the rest of the range", records: weighted({ a: 1, b: 3 }), healthy: ["a", "b"], random: 0.25, answer: "b" },
    { title: "an unhealthy weight is passed over", records: weighted({ a: 1, b: 3 }), healthy: ["a"], random: 0.9, answer: "a" },
    { title: "a weight of 0 stays out while another one is healthy", records: weighted({ a: 0, b: 1 }), healthy: ["a", "b"], random: 0, answer: "b" },
    { title: "a weight of 0 comes in when every other one is unhealthy", records: weighted({ a: 0, b: 1 }), healthy: ["a"], random: 0, answer: "a" },
    { title: "if no weight is healthy, all are", records: weighted({ a: 1, b: 3 }), healthy: [], random: 0.9, answer: "b" },
    { title: "the lowest latency answers", records: latency, place: { latencies }, healthy: ["near", "far"], answer: "near" },
    { title: "the next-best latency answers for an unhealthy one", records: latency, place: { latencies }, healthy: ["far"], answer: "far" },
    { title: "if no latency record is healthy, the best one answers", records: latency, place: { latencies }, healthy: [], answer: "near" },
    { title: "the primary answers", records: pair, healthy: ["one", "two"], answer: "one" },
    { title: "the primary answers whatever the secondary's health", records: pair, healthy: ["one"], answer: "one" },
    { title: "the secondary answers for an unhealthy primary", records: pair, healthy: ["two"], answer: "two" },
    { title: "the primary answers if both are unhealthy", records: [...pair].reverse(), healthy: [], answer: "one" },
    { title: "the smallest location answers", records: geolocation, place: california, healthy: everywhere, answer: "california" },
    { title: "the country answers for its other states", records: geolocation, place: { country: "US", subdivision: "NY" }, healthy: everywhere, answer: "states" },
    { title: "the continent answers for a country without a record", records: geolocation, place: { country: "CA" }, healthy: everywhere, answer: "america" },
    { title: "the default answers for the rest of the world", records: geolocation, place: { country: "DE" }, healthy: everywhere, answer: "world" },
    { title: "the default answers for an address of no known place", records: geolocation, place: {}, healthy: everywhere, answer: "world" },
    { title: "without a default there is no answer for other places", records: geolocation.slice(0, 3), place: { country: "DE" }, healthy: everywhere, answer: undefined },
    { title: "the country answers for an unhealthy state", records: geolocation, place: california, healthy: ["states", "america", "world"], answer: "states" },
    { title: "the continent answers for an unhealthy country", records: geolocation, place: california, healthy: ["america", "world"], answer: "america" },
    { title: "the default answers for an unhealthy continent", records: geolocation, place: california, healthy: ["world"], answer: "world" },
    { title: "if no location is healthy, the smallest one answers", records: geolocation, place: california, healthy: [], answer: "california" },
    { title: "a continent that is given wins over the country's", records: geolocation, place: { country: "DE", continent: "NA" }, healthy: everywhere, answer: "america" },
    { title: "a bias of 50 halves the distance", records: geoproximity, place: { distances: { "us-east-1": 150, "us-west-2": 100 } }, healthy: ["a", "b"], answer: "a" },
    { title: "a bias of 50 does not do more than halve the distance", records: geoproximity, place: { distances: { "us-east-1": 210, "us-west-2": 100 } }, healthy: ["a", "b"], answer: "b" },
    { title: "a bias of -50 doubles the distance", records: [record("a", { GeoProximityLocation: { AWSRegion: "us-east-1", Bias: -50 } }), ...geoproximity.slice(1)], place: { distances: { "us-east-1": 60, "us-west-2": 100 } }, healthy: ["a", "b"], answer: "b" },
    { title: "the next-nearest answers for an unhealthy one", records: geoproximity, place: { distances: { "us-east-1": 150, "us-west-2": 100 } }, healthy: ["b"], answer: "b" },
    { title: "the longest prefix answers", records: networks, place: { sourceIp: "10.1.2.3" }, cidr, healthy: ["wide", "narrow", "rest"], answer: "narrow" },
    { title: "a shorter prefix answers for the rest of it", records: networks, place: { sourceIp: "10.2.2.3" }, cidr, healthy: ["wide", "narrow", "rest"], answer: "wide" },
    { title: "an IPv6 network answers", records: networks, place: { sourceIp: "2001:db8:1::1" }, cidr, healthy: ["wide", "narrow", "rest"], answer: "wide" },
    { title: "the default location answers for other networks", records: networks, place: { sourceIp: "192.0.2.1" }, cidr, healthy: ["wide", "narrow", "rest"], answer: "rest" },
    { title: "a multivalue group passes over unhealthy records", records: ["a", "b"].map((each) => record(each, { MultiValueAnswer: true })), healthy: ["b"], answer: "b" },
    { title: "an alias follows its target", records: tree(), place: nearEast, healthy: ["e1", "e2", "s1", "s2"], answer: "e1" },
    { title: "an alias finds the healthy record of its target", records: tree(), place: nearEast, healthy: ["e2", "s1", "s2"], answer: "e2" },
    { title: "a branch of unhealthy records is left", records: tree(), place: nearEast, healthy: ["s2"], answer: "s2" },
    { title: "a branch is not left without EvaluateTargetHealth", records: tree(false), place: nearEast, healthy: ["s1", "s2"], answer: "e1" },
    { title: "if no branch is healthy, the first one answers", records: tree(), place: nearEast, healthy: [], answer: "e1" },
    { title: "a record without a health check keeps its branch healthy", records: tree().map((each) => (each.SetIdentifier === "e2" ? { ...each, HealthCheckId: undefined } : each)), place: nearEast, healthy: ["s1", "s2"], answer: "e2" },
    { title: "an alias's own health check counts as well", records: tree().map((each) => (each.Region === "east" ? { ...each, HealthCheckId: "check-alias" } : each)), place: nearEast, healthy: ["e1", "e2", "s1"], answer: "s1" },
    { title: "an alias without a target has no answer", records: [alias("nowhere.example.com", {})], healthy: [], answer: undefined },
    { title: "records of another type do not answer", records: [{ ...record("text", {}), Type: "TXT" }], healthy: [], answer: undefined },
];

describe("rules/routing/simulator", () => {
    for (const { title, records, place = {}, healthy, random, cidr: collection, answer } of cases) {
        it(title, () => {
            const found = ask(records, {
                name: "IOT.example.com",
                place,
                healthyHealthChecks: new Set(healthy.map((each) => `check-${each}`)),
                random: () => random ?? 0,
                cidrCollections: collection && { c: collection },
            });
            assert.equal(found?.endpoint, answer);
        });
    }

    it("tells the records that led to the answer, and how long it may be kept", () => {
        const answer = ask(tree(), {
            name: "iot.example.com",
            place: nearEast,
            healthyHealthChecks: new Set(["check-s2"]),
        });
        assert.deepEqual(
            answer?.path.map(({ Name, SetIdentifier }) => [Name, SetIdentifier]),
            [
                ["iot.example.com.", "south.example.com"],
                ["south.example.com", "s2"],
            ],
        );
        assert.equal(answer?.timeToLive, 60);
    });

    it("refuses aliases that lead in a circle", () => {
        const circle = [alias("b.example.com", {}), alias("iot.example.com", { Name: "b.example.com" })];
        assert.throws(
            () => ask(circle, { name: "iot.example.com", place: {}, healthyHealthChecks: new Set() }),
            /circle: iot\.example\.com\. -> b\.example\.com\. -> iot\.example\.com\./,
        );
    });
});
