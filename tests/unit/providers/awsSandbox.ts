import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cloud, type Misbehaviour, type TrailEntry } from "../../../sandbox/cloud";
import { awsProvider } from "../../../sandbox/providers/aws";
import type { Bag } from "../../../sandbox/providers/framework/values";
import { ProviderClient } from "./providerClient";

/** The types that the tests deploy, by short names. */
export const types = {
    alarm: { type: "aws:cloudwatch/metricAlarm:MetricAlarm" },
    certificate: { type: "aws:acm/certificate:Certificate" },
    domainConfiguration: { type: "aws:iot/domainConfiguration:DomainConfiguration" },
    healthCheck: { type: "aws:route53/healthCheck:HealthCheck" },
    policy: { type: "aws:iam/policy:Policy" },
    record: { type: "aws:route53/record:Record" },
    role: { type: "aws:iam/role:Role" },
    rolePolicy: { type: "aws:iam/rolePolicy:RolePolicy" },
    rolePolicyAttachment: { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment" },
    subscription: { type: "aws:sns/topicSubscription:TopicSubscription" },
    topic: { type: "aws:sns/topic:Topic" },
    topicPolicy: { type: "aws:sns/topicPolicy:TopicPolicy" },
    validation: { type: "aws:acm/certificateValidation:CertificateValidation" },
    zone: { type: "aws:route53/zone:Zone" },
} as const;

/** The sandbox's cloud in a directory of its own, and the provider for AWS in front of it. */
export class AwsSandbox {
    private constructor(
        private readonly directory: string,
        readonly cloud: Cloud,
        readonly client: ProviderClient,
    ) {}

    static async start(configuration: Bag = {}): Promise<AwsSandbox> {
        const directory = mkdtempSync(path.join(tmpdir(), "iot-domains-aws-"));
        const cloud = new Cloud({ directory });
        const late = { open: async () => cloud, close: () => undefined };
        const client = await ProviderClient.start(awsProvider(late));
        const sandbox = new AwsSandbox(directory, cloud, client);
        await client.configure({ region: "eu-central-1", ...configuration }).catch((error: unknown) => {
            sandbox.stop();
            throw error;
        });
        return sandbox;
    }

    stop(): void {
        this.client.stop();
        this.cloud.close();
        rmSync(this.directory, { recursive: true });
    }

    /** Does something behind the provider's back. */
    call(service: string, operation: string, parameters: Record<string, unknown>, region = "eu-central-1") {
        return this.cloud.call({ service, operation, region, parameters });
    }

    /** The calls of one service so far, by operation. */
    operations(service: string): string[] {
        return this.trail(service).map(({ operation }) => operation);
    }

    trail(service: string): TrailEntry[] {
        return this.cloud.trail().filter((entry) => entry.service === service);
    }

    misbehave(misbehaviour: Misbehaviour): void {
        this.cloud.misbehave(misbehaviour);
    }

    /** A zone and, in it, a certificate that is issued. */
    async issueCertificate(domainName: string, region = "eu-central-1") {
        const zone = await this.client.deploy(types.zone, { name: "example.com" });
        const certificate = await this.client.deploy(types.certificate, {
            domainName,
            validationMethod: "DNS",
            region,
        });
        const [option] = certificate.outputs.domainValidationOptions as Bag[];
        const record = await this.client.deploy(types.record, {
            zoneId: zone.id,
            name: option?.resourceRecordName ?? "",
            type: option?.resourceRecordType ?? "",
            records: [option?.resourceRecordValue ?? ""],
            ttl: 60,
        });
        const validation = await this.client.deploy(types.validation, {
            certificateArn: certificate.id,
            validationRecordFqdns: [record.outputs.fqdn ?? ""],
            region,
        });
        return { zone, certificate, record, validation };
    }
}
