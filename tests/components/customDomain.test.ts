import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CustomDomain, RegionalIot, ServerCertificates, ValidationRecords } from "../../components";
import { parseConfiguration } from "../../config/parse";
import { ModelMocks, valueOf } from "./modelMocks";

const regions = ["us-east-1", "eu-central-1"];

/** Two domains in two regions, one of whose certificates holds a wildcard and a name of the other. */
const { domains } = parseConfiguration(
    {
        environment: "development",
        hostedZone: "example.com",
        regions: Object.fromEntries(regions.map((region) => [region, {}])),
        domains: {
            telemetry: {
                domainName: "iot.example.com",
                certificate: { source: "acm", subjectAlternativeNames: ["*.iot.example.com"] },
                routing: { policy: "latency" },
            },
            updates: {
                domainName: "updates.iot.example.com",
                certificate: { source: "acm", subjectAlternativeNames: ["iot.example.com"] },
                routing: { policy: "failover", order: ["eu-central-1", "us-east-1"] },
            },
        },
    },
    { isSecret: () => false, material: { secrets: {}, directory: "/nowhere" }, stack: "test", at: new Date() },
);

describe("components, in front of the sandbox's AWS", function () {
    this.timeout(60_000);
    const mocks = new ModelMocks();
    const made = new Map<string, CustomDomain>();
    let topicArns: string[];
    after(() => mocks.remove());

    before(async () => {
        await mocks.install("test");
        const { HostedZones } = await mocks.cloud.call({
            service: "route53",
            operation: "ListHostedZonesByName",
            region: "aws-global",
            parameters: { DNSName: "example.com." },
        });
        const zoneId: string = HostedZones[0].Id.replace("/hostedzone/", "");
        const serving = regions.map(
            (region) => new RegionalIot(region, { region, drained: false, emails: ["ops@example.com"], tags: {} }),
        );
        const requested = Object.entries(domains).map(([key, domain]) => ({
            key,
            domain,
            certificates: new ServerCertificates(`${key}-certificate`, {
                path: `domains.${key}.certificate`,
                domain,
                domainConfigurationName: `test-${key}`,
                regions,
                protect: false,
                tags: { domain: key },
            }),
        }));
        const validationRecords = new ValidationRecords("validation", {
            zoneId,
            certificates: requested.map(({ certificates }) => certificates),
        });
        for (const { key, domain, certificates } of requested) {
            made.set(
                key,
                new CustomDomain(key, {
                    domain,
                    domainConfigurationName: `test-${key}`,
                    zoneId,
                    regions: serving,
                    certificates,
                    validationRecords,
                    daysBeforeExpiry: 30,
                    protect: false,
                    tags: { domain: key },
                }),
            );
        }
        topicArns = await Promise.all(serving.map(({ alertTopicArn }) => valueOf(alertTopicArn)));
        for (const { byRegion } of made.values()) {
            await valueOf(pulumi.output([...byRegion.values()]) as pulumi.Output<unknown>);
        }
        await pulumi.runtime.disconnect();
    });

    const ofType = (type: string) => mocks.registered.filter((each) => each.type === type);

    it("validate each name once in the stack, whatever certificates and regions hold it", () => {
        assert.deepEqual(
            ofType("aws:route53/record:Record")
                .map(({ name }) => name)
                .filter((name) => name.startsWith("validation-")),
            ["validation-iot.example.com", "validation-updates.iot.example.com"],
        );
    });

    it("give every regional resource its region", () => {
        const regional = mocks.registered.filter(({ type }) => /^aws:(acm|iot|sns|cloudwatch)\//.test(type));
        assert.ok(regional.length > 15);
        for (const { name, inputs } of regional) {
            assert.ok(
                regions.includes(inputs["region"]) && name.includes(inputs["region"]),
                `${name}: ${inputs["region"]}`,
            );
        }
    });

    it("serve each domain in each region with a certificate of that region, over TLS 1.3 alone", () => {
        const configurations = ofType("aws:iot/domainConfiguration:DomainConfiguration");
        assert.equal(configurations.length, 4);
        for (const { inputs } of configurations) {
            assert.match(inputs["serverCertificateArns"][0], new RegExp(`^arn:aws:acm:${inputs["region"]}:`));
            assert.deepEqual(inputs["tlsConfig"], { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" });
        }
    });

    it("watch every certificate, taking silence for an alarm", () => {
        const alarms = ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
        assert.equal(alarms.length, 4);
        for (const { inputs } of alarms) {
            assert.equal(inputs["treatMissingData"], "breaching");
            assert.ok(topicArns.includes(inputs["alarmActions"][0]));
        }
    });

    it("check the health of each region's own endpoint, never of the shared name", () => {
        for (const { inputs } of ofType("aws:route53/healthCheck:HealthCheck")) {
            assert.match(inputs["fqdn"], /-ats\.iot\.[a-z0-9-]+\.amazonaws\.com$/);
        }
    });

    it("say where each region's certificate ends", async () => {
        for (const { byRegion } of made.values()) {
            for (const region of byRegion.values()) {
                assert.ok(Date.parse(await valueOf(region.certificateExpiry)) > Date.now());
            }
        }
    });

    it("say what AWS IoT Core makes of each region's certificate", async () => {
        for (const { byRegion } of made.values()) {
            for (const region of byRegion.values()) {
                assert.equal(await valueOf(region.serverCertificateStatus), "VALID");
                assert.equal(await valueOf(region.serverCertificateStatusDetail), undefined);
            }
        }
    });

    it("leave a cloud that knows all of it", async () => {
        for (const region of regions) {
            const { domainConfigurations } = await mocks.cloud.call({
                service: "iot",
                operation: "ListDomainConfigurations",
                region,
                parameters: {},
            });
            assert.equal(domainConfigurations.length, 2);
        }
    });
});
