import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cloud } from "../../../sandbox/cloud";
import { furnishHostedZone } from "../../../sandbox/engine/hostedZone";

describe("sandbox/engine: the hosted zone that an account comes with", () => {
    let folder: string;
    let cloud: Cloud;
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "iot-domains-zone-"));
        cloud = new Cloud({ directory: folder });
    });
    afterEach(() => {
        cloud.close();
        rmSync(folder, { recursive: true });
    });

    const zones = async (roleArn?: string): Promise<string[]> => {
        const request = { service: "route53", operation: "ListHostedZones", region: "us-east-1", parameters: {} };
        const { HostedZones } = await cloud.call({ ...request, roleArn });
        return HostedZones.map(({ Name }: { Name: string }) => Name);
    };

    it("is made once", async () => {
        assert.equal(await furnishHostedZone(cloud, "example.com"), true);
        assert.equal(await furnishHostedZone(cloud, "example.com."), false);
        assert.deepEqual(await zones(), ["example.com."]);
    });

    it("is not taken for something that a deployment made", async () => {
        await furnishHostedZone(cloud, "example.com");
        assert.deepEqual(cloud.resources(), []);
    });

    it("lives in the account of the role that the configuration names", async () => {
        const role = "arn:aws:iam::210987654321:role/dns";
        assert.equal(await furnishHostedZone(cloud, "example.com", role), true);
        assert.equal(await furnishHostedZone(cloud, "example.com", role), false);
        assert.deepEqual(await zones(), []);
        assert.deepEqual(await zones(role), ["example.com."]);
    });
});
