import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import assert from "node:assert/strict";
import { Cloud, readTrail, type TrailEntry } from "../../../sandbox/cloud";
import { toResources, type TemplateResource } from "./conversions";
import { judge } from "./judge";

/** A cloud of one test, and short ways to call it. */
export interface Sandbox {
    readonly directory: string;
    readonly cloud: Cloud;
    /** Calls `service:Operation`, in us-east-1 where no region is given. */
    call(name: string, parameters?: object, options?: { region?: string; roleArn?: string }): Promise<any>;
    /** Calls an operation that must be refused; answers with the exception as `Name: message`. */
    refusal(name: string, parameters?: object, options?: { region?: string; roleArn?: string }): Promise<string>;
    /** Requests a certificate and puts its validation records into the zone; answers with its ARN. */
    certificate(zoneId: string, parameters: object, region?: string): Promise<string>;
    /** Makes a public hosted zone; answers with its identifier. */
    zone(name: string): Promise<string>;
    /** Changes the records of a zone. */
    change(zoneId: string, ...changes: Array<readonly [action: string, record: object]>): Promise<unknown>;
}

const open: Sandbox[] = [];

/** What the clouds of all tests have accepted, by region, in CloudFormation's words. */
const accepted = new Map<string, Map<string, TemplateResource>>();

function remember(entry: TrailEntry): void {
    // Services without regions are judged like those of the default region.
    const region = entry.region.startsWith("aws-") ? "us-east-1" : entry.region;
    const resources = accepted.get(region) ?? new Map<string, TemplateResource>();
    accepted.set(region, resources);
    toResources(entry).forEach((resource) => resources.set(JSON.stringify(resource), resource));
}

after("what the model accepts, AWS's own schemas accept", function () {
    this.timeout(60_000);
    const faults = [...accepted].flatMap(([region, resources]) => judge(region, [...resources.values()]));
    assert.deepEqual(faults, []);
});

/** The moment at which the clock of every cloud in these tests stands. */
export const start = new Date("2026-03-02T10:00:00Z");

/** Makes a cloud in a directory of its own, or opens one that is there. */
export function makeSandbox(directory = mkdtempSync(path.join(os.tmpdir(), "iot-domains-cloud-"))): Sandbox {
    const cloud = new Cloud({ directory, clock: () => start });
    let references = 0;
    const sandbox: Sandbox = {
        directory,
        cloud,
        call(name, parameters = {}, { region = "us-east-1", roleArn } = {}) {
            const [service = "", operation = ""] = name.split(":");
            return cloud.call({ service, operation, region, roleArn, parameters: { ...parameters } });
        },
        async refusal(name, parameters, options) {
            try {
                await sandbox.call(name, parameters, options);
            } catch (error) {
                return `${(error as Error).name}: ${(error as Error).message}`;
            }
            throw new Error(`${name} was not refused`);
        },
        async certificate(zoneId, parameters, region = "us-east-1") {
            const { CertificateArn } = await sandbox.call(
                "acm:RequestCertificate",
                { ValidationMethod: "DNS", ...parameters },
                { region },
            );
            const { Certificate } = await sandbox.call("acm:DescribeCertificate", { CertificateArn }, { region });
            const records = Certificate.DomainValidationOptions.map(
                (option: { ResourceRecord: { Name: string; Type: string; Value: string } }) => option.ResourceRecord,
            );
            for (const { Name, Type, Value } of records) {
                const record = { Name, Type, TTL: 300, ResourceRecords: [{ Value }] };
                await sandbox.change(zoneId, ["UPSERT", record]);
            }
            return CertificateArn as string;
        },
        async zone(name) {
            const CallerReference = `${name}-${references++}`;
            const { HostedZone } = await sandbox.call("route53:CreateHostedZone", { Name: name, CallerReference });
            return HostedZone.Id as string;
        },
        change(zoneId, ...changes) {
            return sandbox.call("route53:ChangeResourceRecordSets", {
                HostedZoneId: zoneId,
                ChangeBatch: {
                    Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })),
                },
            });
        },
    };
    open.push(sandbox);
    return sandbox;
}

/** Closes and removes every cloud that a test has made. */
export function removeSandboxes(): void {
    for (const { cloud, directory } of open.splice(0)) {
        readTrail(directory).forEach(remember);
        cloud.close();
        rmSync(directory, { recursive: true, force: true });
    }
}
