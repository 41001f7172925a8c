import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { planRouting } from "../../../rules/routing/plan";
import { recordSetOf } from "../../../rules/routing/recordSets";
import type { ResourceRecordSet } from "../../../rules/routing/resourceRecordSet";
import { ask, type Place } from "../../../rules/routing/simulator";
import { Cloud } from "../../../sandbox/cloud";
import { dataEndpointOf, domainName, regionOf, settings } from "./domain";

const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];

const places: readonly Place[] = [
    { country: "DE", latencies: { "us-east-1": 90, "eu-central-1": 10, "ap-southeast-1": 160 } },
    { country: "JP", latencies: { "us-east-1": 150, "eu-central-1": 220, "ap-southeast-1": 70 } },
    { country: "US", subdivision: "CA", latencies: { "us-east-1": 60, "eu-central-1": 150, "ap-southeast-1": 170 } },
    {},
];

const geolocation = {
    policy: "geolocation",
    default: "us-east-1",
    locations: { "eu-central-1": ["EU", "AF", "country:TR"], "ap-southeast-1": ["AS", "state:US-CA"] },
    fallbacks: { "eu-central-1": ["us-east-1", "ap-southeast-1"], default: ["eu-central-1", "ap-southeast-1"] },
};

const policies = [
    { policy: "latency" },
    { policy: "weighted", weights: { "us-east-1": 1, "eu-central-1": 1, "ap-southeast-1": 0 } },
    { policy: "failover", order: regions },
    geolocation,
    { policy: "geoproximity" },
];

/** A hosted zone in the model of AWS, and the health checks of the regions. */
class HostedZone {
    private constructor(
        private readonly cloud: Cloud,
        private readonly id: string,
        public readonly healthCheckIds: Readonly<Record<string, string>>,
    ) {}

    public static async create(directory: string): Promise<HostedZone> {
        const cloud = new Cloud({ directory });
        const call = (operation: string, parameters: Record<string, unknown>) =>
            cloud.call({ service: "route53", operation, region: "aws-global", parameters });
        const { HostedZone: zone } = await call("CreateHostedZone", { Name: "example.com", CallerReference: "zone" });
        const healthCheckIds: Record<string, string> = {};
        for (const region of regions) {
            const HealthCheckConfig = { Type: "TCP", FullyQualifiedDomainName: dataEndpointOf(region), Port: 8883 };
            const { HealthCheck } = await call("CreateHealthCheck", { CallerReference: region, HealthCheckConfig });
            healthCheckIds[region] = HealthCheck.Id;
        }
        return new HostedZone(cloud, zone.Id.replace("/hostedzone/", ""), healthCheckIds);
    }

    public planned(raw: unknown, drained: readonly string[] = []): ResourceRecordSet[] {
        const { records } = planRouting({
            domainName,
            routing: settings(raw),
            regions: regions.map((name) => ({ name, drained: drained.includes(name) })),
        });
        const dataEndpoints = Object.fromEntries(regions.map((region) => [region, dataEndpointOf(region)]));
        const deployed = { hostedZoneId: this.id, dataEndpoints, healthCheckIds: this.healthCheckIds };
        return records.map((record) => recordSetOf(record, deployed));
    }

    public close(): void {
        this.cloud.close();
    }

    /** One record in one call, as the provider does it. */
    public async change(Action: "CREATE" | "UPSERT" | "DELETE", record: ResourceRecordSet): Promise<void> {
        await this.cloud.call({
            service: "route53",
            operation: "ChangeResourceRecordSets",
            region: "aws-global",
            parameters: { HostedZoneId: this.id, ChangeBatch: { Changes: [{ Action, ResourceRecordSet: record }] } },
        });
    }

    public async list(): Promise<ResourceRecordSet[]> {
        const { ResourceRecordSets } = await this.cloud.call({
            service: "route53",
            operation: "ListResourceRecordSets",
            region: "aws-global",
            parameters: { HostedZoneId: this.id },
        });
        return ResourceRecordSets;
    }

    /** The region that each place gets from what the zone holds now. */
    public async answers(healthy: readonly string[] = regions): Promise<string[]> {
        const recordSets = await this.list();
        const healthyHealthChecks = new Set(healthy.map((region) => this.healthCheckIds[region] ?? ""));
        return places.map((place) =>
            regionOf(ask(recordSets, { name: domainName, place, healthyHealthChecks })?.endpoint),
        );
    }

    /** Applies a difference as Pulumi does: creations and updates in the order of the plan, deletions last and backwards. */
    public async apply(
        from: readonly ResourceRecordSet[],
        to: readonly ResourceRecordSet[],
        after: () => Promise<void>,
    ) {
        const identity = ({ Name, SetIdentifier }: ResourceRecordSet) => `${Name} ${SetIdentifier}`;
        const before = new Map(from.map((record) => [identity(record), record]));
        const wanted = new Map(to.map((record) => [identity(record), record]));
        for (const [key, record] of wanted) {
            if (JSON.stringify(before.get(key)) !== JSON.stringify(record)) {
                await this.change(before.has(key) ? "UPSERT" : "CREATE", record);
                await after();
            }
        }
        for (const [key, record] of [...before].reverse()) {
            if (!wanted.has(key)) {
                await this.change("DELETE", record);
                await after();
            }
        }
    }
}

describe("planned records in the model of Route 53", () => {
    let directory: string;
    let zone: HostedZone;

    beforeEach(async () => {
        directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-routing-"));
        zone = await HostedZone.create(directory);
    });

    afterEach(() => {
        zone.close();
        fs.rmSync(directory, { recursive: true, force: true });
    });

    it("are accepted one after the other, and what is listed answers as planned", async () => {
        await zone.apply([], zone.planned(geolocation), async () => {});
        assert.deepEqual(await zone.answers(), ["eu-central-1", "ap-southeast-1", "ap-southeast-1", "us-east-1"]);
        const withoutAsia = ["us-east-1", "eu-central-1"];
        assert.deepEqual(await zone.answers(withoutAsia), ["eu-central-1", "us-east-1", "us-east-1", "us-east-1"]);
        assert.deepEqual(await zone.answers(["ap-southeast-1"]), Array(4).fill("ap-southeast-1"));
        assert.deepEqual(await zone.answers([]), ["eu-central-1", "ap-southeast-1", "ap-southeast-1", "us-east-1"]);
    });

    for (const from of policies) {
        for (const to of policies.filter((each) => each !== from)) {
            it(`change from ${from.policy} to ${to.policy} without a moment that nobody answers`, async () => {
                const [before, after] = [zone.planned(from), zone.planned(to)];
                await zone.apply([], before, async () => {});
                await zone.apply(before, after, async () => {
                    assert.ok((await zone.answers()).every((region) => regions.includes(region)));
                });
                const left = (await zone.list()).filter(({ Type }) => Type === "CNAME");
                assert.equal(left.length, after.length);
            });
        }
    }

    for (const raw of policies) {
        it(`drain a region of ${raw.policy}, and bring it back, without a moment that nobody answers`, async () => {
            const [all, drained] = [zone.planned(raw), zone.planned(raw, ["eu-central-1"])];
            const answering = async () =>
                assert.ok((await zone.answers(["us-east-1"])).every((region) => regions.includes(region)));
            await zone.apply([], all, async () => {});
            await zone.apply(all, drained, answering);
            assert.ok(!(await zone.answers()).includes("eu-central-1"));
            await zone.apply(drained, all, answering);
            assert.equal((await zone.list()).filter(({ Type }) => Type === "CNAME").length, all.length);
        });
    }

    it("stand at names of their own because Route 53 refuses two policies under one name", async () => {
        const simple = {
            Name: "x.example.com",
            Type: "CNAME",
            TTL: 60,
            ResourceRecords: [{ Value: "a.example.net" }],
        };
        await zone.change("CREATE", simple);
        await assert.rejects(
            zone.change("UPSERT", { ...simple, SetIdentifier: "us-east-1", Weight: 1 }),
            /InvalidChangeBatch|RRSet/,
        );
    });
});
