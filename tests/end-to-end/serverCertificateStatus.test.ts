import assert from "node:assert/strict";
import { domainsOutputSchema } from "../../outputs/contract";
import { settings, TestStack } from "./stack";

const region = "us-east-1";
const domainName = "iot.example.com";

describe("the status of a server certificate", function () {
    this.timeout(300_000);
    const stack = new TestStack(
        settings({ domains: { telemetry: { domainName, certificate: { source: "development" } } } }),
    );
    after(() => stack.remove());

    const regional = async () =>
        domainsOutputSchema.parse((await stack.outputs()).domains)["telemetry"]?.regions[region];

    it("is VALID in the outputs of a sound stack", async () => {
        await stack.sandbox.prepareStack(stack.name);
        await stack.succeed("up", "--yes");
        const { serverCertificateStatus, serverCertificateStatusDetail } = (await regional()) ?? {};
        assert.deepEqual([serverCertificateStatus, serverCertificateStatusDetail], ["VALID", undefined]);
    });

    it("is INVALID, with AWS's reason and a warning, where somebody has imported another identity", async () => {
        const cloud = stack.sandbox.cloud();
        const other = await cloud.publicCertificate({ names: ["other.example.com"] });
        await cloud.call({
            service: "acm",
            operation: "ImportCertificate",
            region,
            parameters: {
                CertificateArn: (await regional())?.certificateArn,
                Certificate: other.certificate,
                CertificateChain: other.chain,
                PrivateKey: other.privateKey,
            },
        });
        const { completed } = await stack.look("preview");
        assert.equal(completed.exitCode, 0, completed.stderr);
        assert.match(
            completed.stdout + completed.stderr,
            /AWS IoT Core holds the server certificate of iot\.example\.com in us-east-1 for INVALID/,
        );
        await stack.succeed("up", "--yes");
        const { serverCertificateStatus, serverCertificateStatusDetail = "" } = (await regional()) ?? {};
        assert.equal(serverCertificateStatus, "INVALID");
        assert.match(serverCertificateStatusDetail, /iot\.example\.com/);
    });

    it("is left out, with a warning, where it may not be read; the deployment goes on", async () => {
        stack.sandbox.cloud().misbehave({
            operation: "cloudcontrol:GetResource",
            kind: "fail",
            times: 2,
            error: { name: "AccessDeniedException", message: "not authorized to perform cloudformation:GetResource" },
        });
        const completed = await stack.succeed("up", "--yes");
        assert.match(completed.stdout + completed.stderr, /could not be read and is left out of the outputs/);
        assert.equal((await regional())?.serverCertificateStatus, undefined);
    });
});
