import type { DomainOutput } from "../../../outputs/contract";
import type { ResourceRecordSet } from "../../../rules/routing/resourceRecordSet";
import { dataEndpointOf, domainName } from "../routing/domain";
import type { DeployedDomain } from "./deployedDomain";
import { misbehaviours, type Misbehaviour } from "./misbehaving";
import type { TestZone } from "./zone";

/** One fault that is put into a sound domain, and what a look at its DNS must say. */
export interface InjectedFault {
    readonly title: string;
    /** What is done to the zone. */
    readonly inject?: (zone: TestZone, deployed: DeployedDomain) => Promise<void>;
    /** What the server, or something on the way to it, does to every answer. */
    readonly misbehaviour?: Misbehaviour;
    /** Milliseconds after which the look gives up, where it waits for an answer that never comes. @default patience */
    readonly timeout?: number;
    /** What the stack's outputs say otherwise than the zone. */
    readonly outputs?: (output: DomainOutput) => DomainOutput;
    readonly unhealthy?: readonly string[];
    /** The one rule that has to be broken; none where nothing is wrong with DNS. */
    readonly rule?: string;
    /** What the finding has to tell. */
    readonly got?: RegExp;
}

/** The domain that the faults are put into. */
export const soundDomain = {
    regions: ["us-east-1", "eu-central-1", "ap-southeast-1"],
    routing: {
        policy: "geolocation",
        default: "us-east-1",
        locations: {
            "eu-central-1": ["EU", "AF", "country:TR"],
            "ap-southeast-1": ["AS", "OC", "state:US-HI"],
        },
        fallbacks: { "eu-central-1": ["us-east-1"] },
    },
};

const located = ({ recordSets }: DeployedDomain, identifier: string) =>
    recordSets.filter(({ SetIdentifier, GeoLocation }) => GeoLocation !== undefined && SetIdentifier === identifier);

/** The record sets that hold a region's endpoint. */
const pointingTo = ({ recordSets }: DeployedDomain, region: string) =>
    recordSets.filter(({ ResourceRecords }) => ResourceRecords?.[0]?.Value === dataEndpointOf(region));

const leadingTo = (record: ResourceRecordSet, Value: string) => ({ ...record, ResourceRecords: [{ Value }] });

const aliased = (record: ResourceRecordSet, other: ResourceRecordSet) => ({
    Name: record.Name,
    Type: record.Type,
    SetIdentifier: record.SetIdentifier,
    GeoLocation: record.GeoLocation,
    ...(other.AliasTarget
        ? { AliasTarget: other.AliasTarget }
        : { TTL: other.TTL, ResourceRecords: other.ResourceRecords }),
});

const aliasTo = (DNSName: string, HostedZoneId: string) => ({ DNSName, HostedZoneId, EvaluateTargetHealth: false });

const simple = (Name: string, Type: string, Value: string) => ({ Name, Type, TTL: 60, ResourceRecords: [{ Value }] });

const atDomainName = ({ recordSets }: DeployedDomain) => recordSets.filter(({ Name }) => Name === domainName);

/** Milliseconds for a look that meets answers and silence: short for the silence, and long for a machine that stalls. */
export const someAnswers = 2_000;

/** Faults of DNS, each with the rule that must tell of it. */
export const injectedFaults: readonly InjectedFault[] = [
    { title: "nothing at all" },
    { title: "answers that come over TCP only", misbehaviour: misbehaviours.truncates },
    {
        title: "the default record gone",
        inject: (zone, deployed) => zone.delete(...located(deployed, "default")),
        rule: "dns-default-missing",
        got: /no answer for .*and \d+ more/,
    },
    {
        title: "a location's record gone",
        inject: (zone, deployed) => zone.delete(...located(deployed, "EU")),
        rule: "dns-answer-unexpected",
        got: /^us-east-1 for Germany/,
    },
    {
        title: "a location's record that leads to a name without records",
        inject: async (zone, deployed) => {
            const [europe] = located(deployed, "EU");
            if (europe !== undefined) {
                await zone.put(simple("nothing.example.com", "CNAME", "nowhere.example.net"));
                await zone.update(aliased(europe, { ...europe, AliasTarget: aliasTo("nothing.example.com", zone.id) }));
                await zone.delete(simple("nothing.example.com", "CNAME", "nowhere.example.net"));
            }
        },
        rule: "dns-place-unanswered",
        got: /^no answer for Germany/,
    },
    {
        title: "a location's record that points to another region",
        inject: async (zone, deployed) => {
            const [asia] = located(deployed, "AS");
            const [country] = located(deployed, "country:TR");
            if (asia !== undefined && country !== undefined) {
                await zone.update(aliased(country, asia));
            }
        },
        rule: "dns-answer-unexpected",
        got: /^ap-southeast-1 for Turkey$/,
    },
    {
        title: "an endpoint of another account",
        inject: (zone, deployed) =>
            zone.update(
                ...pointingTo(deployed, "ap-southeast-1").map((record) =>
                    leadingTo(record, "zzzzzzzzzzzzzz-ats.iot.ap-southeast-1.amazonaws.com"),
                ),
            ),
        rule: "dns-answer-foreign",
        got: /^zzzzzzzzzzzzzz-ats\.iot\.ap-southeast-1\.amazonaws\.com for /,
    },
    {
        title: "a detour over another name",
        inject: async (zone, deployed) => {
            await zone.put(simple("detour.example.com", "CNAME", dataEndpointOf("ap-southeast-1")));
            await zone.update(
                ...pointingTo(deployed, "ap-southeast-1").map((record) => leadingTo(record, "detour.example.com")),
            );
        },
        rule: "dns-chain",
        got: /^detour\.example\.com -> a1b2c3d4e5f6g7-ats\.iot\.ap-southeast-1\.amazonaws\.com for /,
    },
    {
        title: "a circle",
        inject: async (zone, deployed) => {
            await zone.put(
                simple("one.example.com", "CNAME", "two.example.com"),
                simple("two.example.com", "CNAME", "one.example.com"),
            );
            await zone.update(
                ...pointingTo(deployed, "ap-southeast-1").map((record) => leadingTo(record, "one.example.com")),
            );
        },
        rule: "dns-circle",
        got: /^one\.example\.com -> two\.example\.com -> one\.example\.com/,
    },
    {
        title: "a time to live that is longer than configured",
        inject: (zone, deployed) =>
            zone.update(...pointingTo(deployed, "eu-central-1").map((record) => ({ ...record, TTL: 3600 }))),
        rule: "dns-time-to-live",
        got: /^3600 seconds for Germany/,
    },
    {
        title: "addresses in the place of the CNAME record",
        inject: async (zone, deployed) => {
            await zone.delete(...atDomainName(deployed));
            await zone.put(simple(domainName, "A", "198.51.100.1"));
        },
        rule: "dns-record-type",
        got: /type A$/,
    },
    {
        title: "the domain name gone",
        inject: async (zone) => zone.empty(),
        rule: "dns-name-missing",
        got: /NXDOMAIN/,
    },
    {
        title: "a region that is drained in the outputs and still answers",
        outputs: (output) => ({
            ...output,
            regions: Object.fromEntries(
                Object.entries(output.regions).map(([region, regional]) => [
                    region,
                    { ...regional, drained: region === "ap-southeast-1" },
                ]),
            ),
        }),
        rule: "dns-drained-answered",
        got: /^ap-southeast-1 for /,
    },
    {
        title: "a region that is unhealthy",
        unhealthy: ["eu-central-1"],
        rule: "dns-region-avoided",
        got: /^us-east-1 in the place of eu-central-1 for Germany/,
    },
    {
        title: "another zone of the same name that is served in the stack's place",
        outputs: (output) => ({
            ...output,
            hostedZone: {
                ...output.hostedZone,
                name: "example.com",
                zoneId: "Z1",
                nameServers: ["ns-1.awsdns-00.com"],
            },
        }),
        rule: "dns-delegation",
        got: /^example\.com at ns-/,
    },
    {
        title: "a server that says nothing",
        misbehaviour: misbehaviours.silent,
        timeout: 500,
        rule: "dns-server-silent",
    },
    {
        title: "a server that does not serve the zone",
        misbehaviour: misbehaviours.refuses,
        rule: "dns-server-refuses",
        got: /REFUSED/,
    },
    { title: "a server that fails", misbehaviour: misbehaviours.fails, rule: "dns-server-fails", got: /SERVFAIL/ },
    {
        title: "a server that truncates, and does not speak TCP",
        misbehaviour: misbehaviours.truncatesWithoutTcp,
        timeout: someAnswers,
        rule: "dns-tcp-missing",
    },
    {
        title: "answers with another identifier",
        misbehaviour: misbehaviours.wrongId,
        timeout: someAnswers,
        rule: "dns-answer-mismatched",
    },
    {
        title: "answers to another question",
        misbehaviour: misbehaviours.wrongQuestion,
        timeout: someAnswers,
        rule: "dns-answer-mismatched",
    },
    { title: "records of another name", misbehaviour: misbehaviours.wrongOwner, rule: "dns-answer-mismatched" },
    {
        title: "messages that are no DNS",
        misbehaviour: misbehaviours.garbage,
        timeout: someAnswers,
        rule: "dns-answer-mismatched",
    },
    {
        title: "answers by place that are offered to everybody",
        misbehaviour: misbehaviours.scopeForAll,
        rule: "dns-client-subnet-scope",
    },
    {
        title: "a resolver that finds no address at the end",
        misbehaviour: misbehaviours.noAddresses,
        rule: "dns-addresses-missing",
        got: /no address of a1b2c3d4e5f6g7-ats/,
    },
];
