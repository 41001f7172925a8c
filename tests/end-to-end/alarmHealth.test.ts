import assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { serveDns, type DnsServer } from "../../sandbox/dataPlane/dns";
import { settings, TestStack } from "./stack";

const regions = ["us-east-1", "eu-central-1"] as const;
const domainName = "iot.example.com";

/** Whoever runs a probe of their own has an alarm of it in each region. */
const alarm = {
    AlarmName: "devices-get-through",
    Namespace: "Probe",
    MetricName: "RoundTrips",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "LessThanThreshold",
};

describe("a region's health by an alarm", function () {
    this.timeout(240_000);
    const stack = new TestStack(
        settings({
            regions: Object.fromEntries(regions.map((region) => [region, {}])),
            domains: {
                telemetry: {
                    domainName,
                    routing: {
                        policy: "failover",
                        order: regions,
                        healthCheck: {
                            type: "cloudwatch-alarm",
                            alarmNames: Object.fromEntries(regions.map((region) => [region, alarm.AlarmName])),
                        },
                    },
                },
            },
        }),
    );
    let dns: DnsServer;

    const cloudWatch = (region: string, operation: string, parameters: object) =>
        stack.sandbox.cloud().call({ service: "cloudwatch", operation, region, parameters: { ...parameters } });
    const setState = (region: string, StateValue: string) =>
        cloudWatch(region, "SetAlarmState", { AlarmName: alarm.AlarmName, StateValue, StateReason: "test" });

    /** The region whose endpoint the sandbox's name server answers. */
    async function answeringRegion(): Promise<string | undefined> {
        const resolver = new Resolver();
        resolver.setServers([`${dns.address}:${dns.port}`]);
        const [endpoint = ""] = await resolver.resolveCname(domainName);
        return parseIotEndpoint(endpoint)?.region;
    }

    before(async () => {
        await stack.sandbox.prepareStack(stack.name);
        for (const region of regions) {
            await cloudWatch(region, "PutMetricAlarm", alarm);
        }
        await stack.up();
        dns = await serveDns(stack.sandbox.cloud());
    });
    after(async () => {
        await dns?.close();
        stack.remove();
    });

    const sequence: ReadonlyArray<readonly [what: string, region: string, state: string, answers: string]> = [
        ["stays healthy while the metric has never had data", regions[0], "INSUFFICIENT_DATA", regions[0]],
        ["is left when its alarm goes off", regions[0], "ALARM", regions[1]],
        ["is left still when its metric has no more data", regions[0], "INSUFFICIENT_DATA", regions[1]],
        ["answers all the same when no region is in order", regions[1], "ALARM", regions[0]],
        ["gives way again to one that is", regions[1], "OK", regions[1]],
        ["comes back when its alarm is over", regions[0], "OK", regions[0]],
    ];
    for (const [what, region, state, answers] of sequence) {
        it(`${what}: ${state} in ${region}`, async () => {
            await setState(region, state);
            assert.equal(await answeringRegion(), answers);
        });
    }

    it("keeps its health check in the region of the alarm", async () => {
        const { HealthChecks } = await stack.sandbox.cloud().call({
            service: "route53",
            operation: "ListHealthChecks",
            region: "aws-global",
            parameters: {},
        });
        assert.deepEqual(
            HealthChecks.map(({ HealthCheckConfig }: any) => HealthCheckConfig.AlarmIdentifier).sort(
                (one: any, other: any) => one.Region.localeCompare(other.Region),
            ),
            [...regions].sort().map((Region) => ({ Region, Name: alarm.AlarmName })),
        );
    });
});
