import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import tls from "node:tls";
import { receiver } from "./receiver";
import { domainName, oldDomainName, regions, served } from "./served";

describe("the AWS CLI", () => {
    const aws = async <Result = any>(region: string, ...args: string[]): Promise<Result> => {
        const printed = await served.succeed("aws", "--region", region, "--output", "json", ...args);
        return (printed === "" ? {} : JSON.parse(printed)) as Result;
    };

    for (const region of regions) {
        it(`lists the domain configurations of ${region}`, async () => {
            const { domainConfigurations } = await aws(region, "iot", "list-domain-configurations");
            const names = (domainConfigurations as { domainConfigurationName: string }[]).map(
                ({ domainConfigurationName }) => domainConfigurationName,
            );
            assert.deepEqual(names.filter((name) => !name.startsWith("iot:")).sort(), ["test-old", "test-telemetry"]);
        });

        it(`describes the certificate that ${region} shows`, async () => {
            const { domainName: name, serverCertificates } = await aws(
                region,
                ...["iot", "describe-domain-configuration", "--domain-configuration-name", "test-telemetry"],
            );
            assert.equal(name, domainName);
            const [{ serverCertificateArn }] = serverCertificates as [{ serverCertificateArn: string }];
            const { Certificate } = await aws(
                region,
                ...["acm", "describe-certificate", "--certificate-arn", serverCertificateArn],
            );
            assert.equal(Certificate.Status, "ISSUED");
            assert.equal(Certificate.DomainName, domainName);
        });
    }

    it("lists the records that lead to each region", async () => {
        const { HostedZones } = await aws("us-east-1", "route53", "list-hosted-zones");
        const [{ Id }] = HostedZones as [{ Id: string }];
        const { ResourceRecordSets } = await aws(
            "us-east-1",
            ...["route53", "list-resource-record-sets", "--hosted-zone-id", Id],
        );
        const targets = (ResourceRecordSets as { ResourceRecords?: { Value: string }[] }[]).flatMap(
            ({ ResourceRecords = [] }) => ResourceRecords.map(({ Value }) => Value),
        );
        for (const region of regions) {
            assert.ok(targets.includes(served.endpoint(region).host), `no record leads to ${region}`);
        }
    });

    it("makes a device's keys and certificate, which are registered then", async () => {
        const { certificateArn, certificateId } = await aws(
            "us-east-1",
            ...["iot", "create-keys-and-certificate", "--set-as-active"],
            ...["--certificate-pem-outfile", "made.pem", "--private-key-outfile", "made.key"],
        );
        const file = (name: string) => readFileSync(path.join(served.folder, name), "utf8");
        assert.ok(new X509Certificate(file("made.pem")).checkPrivateKey(createPrivateKey(file("made.key"))));
        const { certificateDescription } = await aws(
            "us-east-1",
            ...["iot", "describe-certificate", "--certificate-id", certificateId as string],
        );
        assert.equal(certificateDescription.certificateArn, certificateArn);
        assert.equal(certificateDescription.status, "ACTIVE");
        assert.equal(certificateDescription.certificatePem, file("made.pem"));
    });

    it("publishes what a device over MQTT gets", async () => {
        const message = await receiver("aws-screen", "devices/console/#");
        // Versions 1 and 2 differ in what they take a text for, and agree on files.
        writeFileSync(path.join(served.folder, "payload"), "hello");
        await aws(
            "us-east-1",
            ...["iot-data", "publish", "--endpoint-url", `https://127.0.0.1:${served.endpoint().ports[443]}`],
            ...["--no-verify-ssl", "--topic", "devices/console/hello", "--qos", "1"],
            ...["--payload", "fileb://payload"],
        );
        assert.equal(await message(), "devices/console/hello: hello");
    });

    it("is told AWS's own exceptions", async () => {
        const { exitCode, stderr } = await served.run(
            "aws",
            ...["--region", "us-east-1", "iot", "describe-domain-configuration"],
            ...["--domain-configuration-name", "nobody"],
        );
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /\(ResourceNotFoundException\) when calling the DescribeDomainConfiguration operation/);
    });

    it("changes what is served with the next connection", async () => {
        const update = (status: string) =>
            aws(
                "us-east-1",
                ...["iot", "update-domain-configuration", "--domain-configuration-name", "test-old"],
                ...["--domain-configuration-status", status],
            );
        const shownNames = async () => {
            const { addresses, ports } = served.endpoint();
            const socket = tls.connect({
                ...{ host: addresses[0], port: ports[8883], servername: oldDomainName },
                ...{ ca: readFileSync(served.roots), checkServerIdentity: () => undefined },
            });
            await once(socket, "secureConnect");
            const { subjectaltname } = socket.getPeerCertificate();
            socket.destroy();
            return subjectaltname;
        };
        assert.equal(await shownNames(), `DNS:${oldDomainName}`);
        await update("DISABLED");
        assert.equal(await shownNames(), "DNS:*.iot.us-east-1.amazonaws.com");
        await update("ENABLED");
        assert.equal(await shownNames(), `DNS:${oldDomainName}`);
    });
});
