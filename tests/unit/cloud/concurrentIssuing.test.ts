import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Cloud } from "../../../sandbox/cloud";

describe("many certificates at once", function () {
    this.timeout(60_000);
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-cloud-"));
    const cloud = new Cloud({ directory });
    after(() => {
        cloud.close();
        fs.rmSync(directory, { recursive: true });
    });

    it("are all signed by the one authority that was stored, whoever made it first", async () => {
        const acm = (region: string, operation: string, parameters: Record<string, unknown>) =>
            cloud.call({ service: "acm", operation, region, parameters });
        const zone = await cloud.furnish({
            service: "route53",
            operation: "CreateHostedZone",
            region: "aws-global",
            parameters: { Name: "example.com", CallerReference: "test" },
        });
        const regions = ["us-east-1", "eu-central-1", "ap-southeast-1", "sa-east-1"];
        const arns: string[] = await Promise.all(
            regions.map(async (region) => {
                const parameters = { DomainName: "iot.example.com", ValidationMethod: "DNS" };
                return (await acm(region, "RequestCertificate", parameters)).CertificateArn;
            }),
        );
        const { Certificate } = await acm("us-east-1", "DescribeCertificate", { CertificateArn: arns[0] });
        const { Name, Type, Value } = Certificate.DomainValidationOptions[0].ResourceRecord;
        await cloud.call({
            service: "route53",
            operation: "ChangeResourceRecordSets",
            region: "aws-global",
            parameters: {
                HostedZoneId: zone.HostedZone.Id,
                ChangeBatch: {
                    Changes: [
                        { Action: "CREATE", ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] } },
                    ],
                },
            },
        });
        const issued = await Promise.all(
            regions.map((region, index) => acm(region, "GetCertificate", { CertificateArn: arns[index] })),
        );
        const issuers = issued.map(({ CertificateChain }) => new X509Certificate(CertificateChain).fingerprint256);
        assert.equal(new Set(issuers).size, 1);
        for (const { Certificate: leaf, CertificateChain: chain } of issued) {
            assert.ok(new X509Certificate(leaf).verify(new X509Certificate(chain).publicKey));
        }
    });
});
