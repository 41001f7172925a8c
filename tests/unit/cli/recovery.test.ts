import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cloud } from "../../../sandbox/cloud";
import {
    leftover,
    pendingCreations,
    settleCreations,
    type ExportedStack,
    type StateResource,
} from "../../../sandbox/commands/recovery/deployment";
import { locatorOf } from "../../../sandbox/commands/recovery/locators";
import { planRecovery } from "../../../sandbox/commands/recovery/plan";
import type { RecordedResource } from "../../../sandbox/engine/state";
import { awsProvider } from "../../../sandbox/providers/aws";

const urn = (type: string, name: string) => `urn:pulumi:dev::iot-domains::${type}::${name}`;

const creating = (type: string, inputs: Record<string, unknown>, name = "it") => ({
    type: "creating",
    resource: { urn: urn(type, name), type, inputs },
});

const certificateType = "aws:acm/certificate:Certificate";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("sandbox/commands: recovery", () => {
    it("can look for all but a few of what the sandbox's provider can make", () => {
        const unfindable = Object.keys(awsProvider().resources).filter((type) => locatorOf(type).kind === "unfindable");
        assert.deepEqual(unfindable, [
            "aws:acmpca/certificateAuthority:CertificateAuthority",
            "aws:cloudcontrol/resource:Resource",
        ]);
    });

    describe("the state", () => {
        const first: StateResource = { urn: "urn:first", type: "t", id: "1" };
        const updating = { type: "updating", resource: first };
        const stack: ExportedStack = {
            deployment: {
                resources: [first],
                pending_operations: [updating, creating("a:b:C", { x: 1 }, "there"), creating("a:b:C", {}, "absent")],
            },
        };

        it("has creations among its pending operations", () => {
            assert.deepEqual(
                pendingCreations(stack).map((resource) => resource.urn),
                [urn("a:b:C", "there"), urn("a:b:C", "absent")],
            );
            assert.deepEqual(pendingCreations({ deployment: {} }), []);
        });

        it("gets what was made as a resource after all others, and forgets the creations", () => {
            const creations = pendingCreations(stack);
            const adopted = { ...creations[0]!, id: "id-1" };
            assert.deepEqual(settleCreations(stack, creations, [adopted]).deployment, {
                resources: [
                    first,
                    { urn: urn("a:b:C", "there"), type: "a:b:C", inputs: { x: 1 }, id: "id-1", outputs: { x: 1 } },
                ],
                pending_operations: [updating],
            });
        });

        it("stays as it is where nothing is settled", () => {
            assert.deepEqual(settleCreations(stack, [], []), stack);
        });

        it("has what there is once more beside its resource, unprotected", () => {
            const resource = { ...first, protect: true, retainOnDelete: true };
            assert.deepEqual(leftover(resource, "2", 0), {
                ...first,
                urn: "urn:first-left-over-0",
                id: "2",
                protect: false,
                retainOnDelete: false,
            });
        });
    });

    describe("the plan", () => {
        let folder: string;
        let cloud: Cloud;
        beforeEach(() => {
            folder = mkdtempSync(path.join(tmpdir(), "iot-domains-recovery-"));
            cloud = new Cloud({ directory: folder });
        });
        afterEach(() => {
            cloud.close();
            rmSync(folder, { recursive: true });
        });

        const request = async (DomainName: string, tags: Record<string, string>, region = "us-east-1") => {
            const parameters = {
                DomainName,
                ValidationMethod: "DNS",
                KeyAlgorithm: "EC_prime256v1",
                ...(Object.keys(tags).length > 0 && {
                    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
                }),
            };
            const made = await cloud.call({ service: "acm", operation: "RequestCertificate", region, parameters });
            return made.CertificateArn as string;
        };

        const plan = (stack: ExportedStack, ...recorded: RecordedResource[]) => planRecovery(stack, cloud, recorded);
        const identified = (adopted: readonly StateResource[]) =>
            adopted.map((resource) => [resource.urn, resource.id]);

        const inputs = { domainName: "iot.example.com", region: "us-east-1", tagsAll: { stack: "dev" } };
        const cutOff: ExportedStack = { deployment: { pending_operations: [creating(certificateType, inputs)] } };

        it("finds a certificate by its region, name and tags", async () => {
            await request("iot.example.com", { stack: "prod" });
            await request("iot.example.com", { stack: "dev", more: "x" });
            await request("iot.example.com", {});
            await request("other.example.com", { stack: "dev" });
            await request("iot.example.com", { stack: "dev" }, "eu-central-1");
            const ours = await request("iot.example.com", { stack: "dev" });
            assert.deepEqual(identified((await plan(cutOff)).adopted), [[urn(certificateType, "it"), ours]]);
        });

        it("settles a certificate that was never requested as not existing", async () => {
            const { settled, adopted, report } = await plan(cutOff);
            assert.equal(settled.length, 1);
            assert.deepEqual(adopted, []);
            assert.match(report.join(), /was not created/);
        });

        it("does not take what a stack knows", async () => {
            const id = await request("iot.example.com", { stack: "dev" });
            assert.deepEqual((await plan(cutOff, { type: certificateType, id, inputs })).adopted, []);
        });

        it("keeps one of several, and the others to be deleted", async () => {
            await request("iot.example.com", { stack: "dev" });
            await request("iot.example.com", { stack: "dev" });
            const [first] = cutOff.deployment.pending_operations ?? [];
            const twice = { deployment: { pending_operations: [first!, first!] } };
            const { adopted } = await plan(twice);
            assert.equal(new Set(adopted.map(({ id }) => id)).size, 2);
            assert.deepEqual(
                adopted.map((resource) => resource.urn),
                [urn(certificateType, "it"), `${urn(certificateType, "it")}-left-over-1`],
            );
        });

        it("has what was made for a resource that the stack has by now deleted", async () => {
            const orphan = await request("iot.example.com", { stack: "dev" });
            const recorded = { urn: urn(certificateType, "it"), type: certificateType, id: "another" };
            const stack = { deployment: { ...cutOff.deployment, resources: [recorded] } };
            assert.deepEqual(identified((await plan(stack)).adopted), [[`${recorded.urn}-left-over-0`, orphan]]);
        });

        const named: [type: string, inputs: Record<string, unknown>, id: string][] = [
            [alarmType, { name: "alarm-1" }, "alarm-1"],
            ["aws:iot/domainConfiguration:DomainConfiguration", { name: "dev-telemetry" }, "dev-telemetry"],
            [
                "aws:route53/record:Record",
                { zoneId: "Z1", name: "IoT.example.com", type: "CNAME" },
                "Z1_iot.example.com_CNAME",
            ],
            [
                "aws:route53/record:Record",
                { zoneId: "Z1", name: "iot.example.com", type: "CNAME", setIdentifier: "EU" },
                "Z1_iot.example.com_CNAME_EU",
            ],
            [
                "aws:sns/topic:Topic",
                { name: "alerts", region: "eu-west-1" },
                "arn:aws:sns:eu-west-1:123456789012:alerts",
            ],
        ];
        for (const [type, given, id] of named) {
            it(`takes ${id} for the identifier of ${type}`, async () => {
                const stack = { deployment: { pending_operations: [creating(type, given)] } };
                assert.deepEqual(identified((await plan(stack)).adopted), [[urn(type, "it"), id]]);
            });
        }

        const again: [title: string, recordedId: string, expected: string[]][] = [
            ["forgets the creation of what the stack has under that very name", "alarm-1", []],
            ["has what the stack has under another made-up name deleted", "alarm-2", ["alarm-1"]],
        ];
        for (const [title, recordedId, expected] of again) {
            it(title, async () => {
                const recorded = { urn: urn(alarmType, "it"), type: alarmType, id: recordedId };
                const cutOffAlarm = creating(alarmType, { name: "alarm-1" });
                const stack = { deployment: { resources: [recorded], pending_operations: [cutOffAlarm] } };
                const { adopted } = await plan(stack, recorded);
                assert.deepEqual(
                    adopted.map(({ id }) => id),
                    expected,
                );
            });
        }

        it("does not take another region's thing of the same name for its own", async () => {
            const inRegion = (region: string) => creating(alarmType, { name: "alarm-1", region });
            const cutOff = { deployment: { pending_operations: [inRegion("us-east-1"), inRegion("eu-west-1")] } };
            const recorded = { ...inRegion("ap-south-1").resource, id: "alarm-1" };
            assert.equal((await plan(cutOff, recorded)).adopted.length, 2);
        });

        it("knows that a key of the tls provider lies in the state alone", async () => {
            const stack = { deployment: { pending_operations: [creating("tls:index/privateKey:PrivateKey", {})] } };
            const { settled, adopted } = await plan(stack);
            assert.equal(settled.length, 1);
            assert.deepEqual(adopted, []);
        });

        const call = (service: string, operation: string, parameters: object) =>
            cloud.call({ service, operation, region: "us-east-1", parameters: { ...parameters } });
        const authority = (file: string) =>
            readFileSync(path.resolve("tests/fixtures/certificates/authorities", file), "utf8");
        const searched: [type: string, inputs: Record<string, unknown>, make: () => Promise<string>][] = [
            [
                "aws:route53/zone:Zone",
                { name: "iot.example.com" },
                async () => {
                    const parameters = { Name: "iot.example.com", CallerReference: "pulumi-1" };
                    const { HostedZone } = await call("route53", "CreateHostedZone", parameters);
                    await call("route53", "CreateHostedZone", { ...parameters, CallerReference: "by hand" });
                    return HostedZone.Id.replace("/hostedzone/", "");
                },
            ],
            [
                "aws:route53/healthCheck:HealthCheck",
                { type: "TCP", fqdn: "a.example.com", port: 8883 },
                async () => {
                    const create = (FullyQualifiedDomainName: string) =>
                        call("route53", "CreateHealthCheck", {
                            CallerReference: FullyQualifiedDomainName,
                            HealthCheckConfig: { Type: "TCP", FullyQualifiedDomainName, Port: 8883 },
                        });
                    await create("b.example.com");
                    return (await create("a.example.com")).HealthCheck.Id;
                },
            ],
            [
                "aws:iot/caCertificate:CaCertificate",
                { region: "us-east-1", tagsAll: { stack: "dev" } },
                async () => {
                    const register = async (file: string, stack: string) => {
                        const { certificateId } = await call("iot", "RegisterCACertificate", {
                            caCertificate: authority(file),
                            certificateMode: "SNI_ONLY",
                            tags: [{ Key: "stack", Value: stack }],
                        });
                        return certificateId as string;
                    };
                    await register("rogue-root.pem", "prod");
                    return register("root.pem", "dev");
                },
            ],
            [
                "aws:iot/certificate:Certificate",
                { region: "us-east-1", certificatePem: authority("root.pem") },
                async () => {
                    const register = async (certificatePem: string) =>
                        (await call("iot", "RegisterCertificateWithoutCA", { certificatePem })).certificateId as string;
                    await register(authority("rogue-root.pem"));
                    return register(authority("root.pem"));
                },
            ],
            [
                "aws:route53/cidrCollection:CidrCollection",
                { name: "networks" },
                async () => {
                    await call("route53", "CreateCidrCollection", { Name: "networks-2", CallerReference: "2" });
                    const parameters = { Name: "networks", CallerReference: "1" };
                    return (await call("route53", "CreateCidrCollection", parameters)).Collection.Id;
                },
            ],
            [
                "aws:secretsmanager/secret:Secret",
                { name: "claim", region: "us-east-1" },
                async () => {
                    await call("secretsmanager", "CreateSecret", { Name: "claim-2" });
                    return (await call("secretsmanager", "CreateSecret", { Name: "claim" })).ARN;
                },
            ],
        ];
        for (const [type, given, make] of searched) {
            it(`finds what ${type} has made`, async () => {
                const id = await make();
                const stack = { deployment: { pending_operations: [creating(type, given)] } };
                assert.deepEqual(identified((await plan(stack)).adopted), [[urn(type, "it"), id]]);
            });
        }

        it("finds no secret where there is none of that name", async () => {
            const inputs = { name: "claim", region: "us-east-1" };
            const stack = {
                deployment: { pending_operations: [creating("aws:secretsmanager/secret:Secret", inputs)] },
            };
            assert.deepEqual((await plan(stack)).adopted, []);
        });

        it("knows a device certificate that is a secret of the stack by the export that shows secrets", async () => {
            const certificatePem = authority("root.pem");
            const { certificateId } = await call("iot", "RegisterCertificateWithoutCA", { certificatePem });
            const type = "aws:iot/certificate:Certificate";
            const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
            const withPem = (certificatePem: object): ExportedStack => ({
                deployment: { pending_operations: [creating(type, { region: "us-east-1", certificatePem })] },
            });
            const hidden = withPem({ ...secret, ciphertext: "v1:..." });
            const shown = withPem({ ...secret, plaintext: JSON.stringify(certificatePem) });
            const { adopted } = await planRecovery(hidden, cloud, [], shown);
            assert.deepEqual(identified(adopted), [[urn(type, "it"), certificateId]]);
            assert.doesNotMatch(JSON.stringify(adopted), /BEGIN CERTIFICATE/);
            assert.deepEqual((await plan(hidden)).adopted, []);
        });

        it("forgets components and settings, which have no thing of their own in the cloud", async () => {
            const component = creating("iot-domains:index:CustomDomain", {});
            const cutOff: ExportedStack = {
                deployment: {
                    pending_operations: [
                        { ...component, resource: { ...component.resource, custom: false } },
                        creating("pulumi:providers:aws", {}),
                        creating("pulumi-nodejs:dynamic:Resource", {}),
                    ],
                },
            };
            const { settled, adopted, unknown } = await plan(cutOff);
            assert.deepEqual([settled.length, adopted.length, unknown.length], [3, 0, 0]);
        });

        it("leaves a type that it does not know pending, and says so", async () => {
            const stack = { deployment: { pending_operations: [creating("aws:s3/bucket:Bucket", {})] } };
            const { settled, unknown, report } = await plan(stack);
            assert.equal(settled.length, 0);
            assert.equal(unknown.length, 1);
            assert.match(report.join(), /expected a type that recovery can look for, got aws:s3\/bucket:Bucket/);
        });
    });
});
