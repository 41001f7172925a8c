import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Cloud } from "../../../sandbox/cloud";
import { serveDns, type DnsOptions, type DnsServer } from "../../../sandbox/dataPlane/dns";

/** A cloud with the hosted zone example.com, and the name servers of a test. */
export class TestZone {
    private readonly servers: DnsServer[] = [];
    private readonly healthChecks = new Map<string, string>();

    private constructor(
        public readonly directory: string,
        public readonly cloud: Cloud,
    ) {}

    /** The identifier of the zone, as record sets name it. */
    public id = "";

    public static async create(): Promise<TestZone> {
        const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-dns-"));
        const zone = new TestZone(directory, new Cloud({ directory }));
        zone.id = await zone.addZone("example.com");
        return zone;
    }

    public call(operation: string, parameters: Record<string, unknown>): Promise<any> {
        return this.cloud.call({ service: "route53", operation, region: "aws-global", parameters });
    }

    /** Makes one more hosted zone. */
    public async addZone(Name: string): Promise<string> {
        const { HostedZone } = await this.call("CreateHostedZone", { Name, CallerReference: Name });
        return HostedZone.Id.replace("/hostedzone/", "") as string;
    }

    /** The health check of a host, made at first need. */
    public async healthCheck(host: string): Promise<string> {
        const known = this.healthChecks.get(host);
        if (known !== undefined) {
            return known;
        }
        const HealthCheckConfig = { Type: "TCP", FullyQualifiedDomainName: host, Port: 8883 };
        const { HealthCheck } = await this.call("CreateHealthCheck", { CallerReference: host, HealthCheckConfig });
        this.healthChecks.set(host, HealthCheck.Id);
        return HealthCheck.Id as string;
    }

    /** Creates record sets in one batch. */
    public async put(...records: readonly object[]): Promise<void> {
        await this.putInto(this.id, ...records);
    }

    public async putInto(HostedZoneId: string, ...records: readonly object[]): Promise<void> {
        await this.change(HostedZoneId, "CREATE", records);
    }

    /** Changes record sets that are there. */
    public async update(...records: readonly object[]): Promise<void> {
        await this.change(this.id, "UPSERT", records);
    }

    /** Deletes record sets as they are. */
    public async delete(...records: readonly object[]): Promise<void> {
        await this.change(this.id, "DELETE", records);
    }

    private async change(HostedZoneId: string, Action: string, records: readonly object[]): Promise<void> {
        const Changes = records.map((ResourceRecordSet) => ({ Action, ResourceRecordSet }));
        if (Changes.length > 0) {
            await this.call("ChangeResourceRecordSets", { HostedZoneId, ChangeBatch: { Changes } });
        }
    }

    /** Deletes everything but what the zone was born with. */
    public async empty(): Promise<void> {
        const { ResourceRecordSets } = await this.call("ListResourceRecordSets", { HostedZoneId: this.id });
        const made = ResourceRecordSets.filter(
            ({ Name, Type }: { Name: string; Type: string }) =>
                Name !== "example.com." || !["NS", "SOA"].includes(Type),
        );
        await this.delete(...made);
    }

    public async serve(options: DnsOptions = {}): Promise<DnsServer> {
        const server = await serveDns(this.cloud, options);
        this.servers.push(server);
        return server;
    }

    public async remove(): Promise<void> {
        await Promise.all(this.servers.map((server) => server.close().catch(() => {})));
        this.cloud.close();
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}
