import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { TestStack } from "./stack";
import { valuesOf } from "./stackFiles";

const region = "us-east-1";
const domainName = "iot.example.com";

describe("a certificate of AWS Private CA", function () {
    this.timeout(300_000);
    const stack = new TestStack();
    after(() => stack.remove());

    const call = (service: string, operation: string, parameters: Record<string, unknown>) =>
        stack.sandbox.cloud().call({ service, operation, region, parameters });

    /** As the owner of the CA has made it. */
    async function authority(): Promise<{ arn: string; certificate: X509Certificate }> {
        const { CertificateAuthorityArn } = await call("acm-pca", "CreateCertificateAuthority", {
            CertificateAuthorityType: "ROOT",
            CertificateAuthorityConfiguration: {
                KeyAlgorithm: "EC_prime256v1",
                SigningAlgorithm: "SHA256WITHECDSA",
                Subject: { CommonName: "Fleet CA", Organization: "Example" },
            },
        });
        const { Csr } = await call("acm-pca", "GetCertificateAuthorityCsr", { CertificateAuthorityArn });
        const { CertificateArn } = await call("acm-pca", "IssueCertificate", {
            CertificateAuthorityArn,
            Csr,
            SigningAlgorithm: "SHA256WITHECDSA",
            TemplateArn: "arn:aws:acm-pca:::template/RootCACertificate/V1",
            Validity: { Type: "YEARS", Value: 10 },
        });
        const { Certificate } = await call("acm-pca", "GetCertificate", { CertificateAuthorityArn, CertificateArn });
        await call("acm-pca", "ImportCertificateAuthorityCertificate", { CertificateAuthorityArn, Certificate });
        return { arn: CertificateAuthorityArn as string, certificate: new X509Certificate(Certificate) };
    }

    const served = async () => {
        const found = await stack.sandbox.cloud().servedCertificate(domainName, { region });
        assert.ok(found, "nothing is served");
        return found;
    };

    let root: X509Certificate;

    /** The shipped configuration, with the CA that there is. */
    async function configured(): Promise<Record<string, any>> {
        const values = valuesOf("examples/configurations/aws-private-ca.yaml");
        const { arn, certificate } = await authority();
        root = certificate;
        values["domains"].telemetry.certificate.certificateAuthorityArns = { [region]: arn };
        return { ...values, environment: "development" };
    }

    it("comes up from the shipped configuration, with a validation certificate beside it", async () => {
        const values = await configured();
        stack.configure(values);
        await stack.up();
        const { CertificateSummaryList } = await call("acm", "ListCertificates", {
            Includes: { keyTypes: ["RSA_2048", "EC_prime256v1"] },
        });
        assert.deepEqual(CertificateSummaryList.map(({ Type, Status }: any) => `${Type} ${Status}`).sort(), [
            "AMAZON_ISSUED ISSUED",
            "PRIVATE ISSUED",
        ]);
        const { certificate } = (await stack.outputs()).domains.telemetry;
        assert.deepEqual(certificate, { source: "awsPrivateCa", renewal: "acm" });
    });

    it("is served with a chain to that CA", async () => {
        const leaf = new X509Certificate((await served()).certificate);
        assert.ok(leaf.checkIssued(root) && leaf.verify(root.publicKey));
        assert.match((await served()).chain, /BEGIN CERTIFICATE/);
        assert.equal(new X509Certificate((await served()).chain).fingerprint256, root.fingerprint256);
    });

    it("has nothing left to change, and updates what else is set in place", async () => {
        assert.deepEqual(Object.keys((await stack.preview()).changes), ["same"]);
        const values = valuesOf("examples/configurations/aws-private-ca.yaml");
        const { certificateAuthorityArn } = await certificateState();
        values["domains"].telemetry.certificate.certificateAuthorityArns = { [region]: certificateAuthorityArn };
        values["domains"].telemetry.authenticationType = "AWS_X509";
        stack.configure({ ...values, environment: "development" });
        const { changes } = await stack.preview();
        assert.deepEqual([changes.update, changes.create ?? 0, changes.replace ?? 0], [1, 0, 0]);
        await stack.up();
    });

    async function certificateState(): Promise<Record<string, unknown>> {
        const { resources } = JSON.parse(await stack.exported()).deployment;
        return resources.find(({ outputs }: any) => outputs?.certificateAuthorityArn).outputs;
    }

    it("goes down with the stack, and leaves the CA to its owner", async () => {
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(stack.inventory(), [`${region} acm-pca/certificateAuthority`]);
    });
});
