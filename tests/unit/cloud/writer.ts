/** Writes to a cloud in a loop, for tests of several processes: `writer.ts DIRECTORY ZONE NAME [TIMES]`. */
import { Cloud } from "../../../sandbox/cloud";

async function write(directory: string, zone: string, name: string, times: number): Promise<void> {
    const cloud = new Cloud({ directory });
    const region = "aws-global";
    for (let turn = 0; turn < times; turn++) {
        await cloud.call({
            service: "route53",
            operation: "CreateHealthCheck",
            region,
            parameters: {
                CallerReference: `${name}-${process.pid}-${turn}`,
                HealthCheckConfig: { Type: "TCP", FullyQualifiedDomainName: `${name}.example.net`, Port: 8883 },
            },
        });
        const records = Array.from({ length: 10 }, (_, index) => ({
            Name: `${name}.example.com`,
            Type: "CNAME",
            SetIdentifier: String(index),
            Weight: 1,
            TTL: 60,
            ResourceRecords: [{ Value: `n${turn}.example.net` }],
        }));
        const Changes = records.map((ResourceRecordSet) => ({ Action: "UPSERT", ResourceRecordSet }));
        await cloud.call({
            service: "route53",
            operation: "ChangeResourceRecordSets",
            region,
            parameters: { HostedZoneId: zone, ChangeBatch: { Changes } },
        });
        if (turn === 0) {
            process.stdout.write("writing\n");
        }
    }
    cloud.close();
}

const [directory = "", zone = "", name = "", times = "Infinity"] = process.argv.slice(2);
void write(directory, zone, name, Number(times));
