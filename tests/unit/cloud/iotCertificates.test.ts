import assert from "node:assert/strict";
import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { issueCertificate, type Issued, type Signer } from "../../../sandbox/cloud/authority/certificates";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

const foreign = { roleArn: "arn:aws:iam::210987654321:role/deploy" };
const validity = { notBefore: start, notAfter: new Date("2030-01-01T00:00:00Z") };

describe("sandbox/cloud iot certificates", () => {
    let sandbox: Sandbox;
    let authority: Issued;

    before(async () => {
        authority = await issueCertificate(
            { subject: "CN=Device CA", isAuthority: true, pathLength: 0, ...validity },
            "EC_prime256v1",
        );
    });
    beforeEach(() => {
        sandbox = makeSandbox();
    });
    afterEach(removeSandboxes);

    const deviceCertificate = async (signer?: Signer, subject = "CN=device"): Promise<string> =>
        (await issueCertificate({ subject, ...validity }, "EC_prime256v1", signer)).certificate;

    async function verificationCertificate(signer = authority, options?: object): Promise<string> {
        const { registrationCode } = await sandbox.call("iot:GetRegistrationCode", {}, options);
        return deviceCertificate(signer, `CN=${registrationCode}`);
    }

    async function registerAuthority(parameters: object = {}, options?: object): Promise<string> {
        const all = { caCertificate: authority.certificate, certificateMode: "SNI_ONLY", ...parameters };
        return (await sandbox.call("iot:RegisterCACertificate", all, options)).certificateId;
    }

    describe("of CAs", () => {
        it("are registered in the mode DEFAULT by whoever has the key", async () => {
            const verification = await verificationCertificate();
            const certificateId = await registerAuthority({
                certificateMode: "DEFAULT",
                verificationCertificate: verification,
                setAsActive: true,
                allowAutoRegistration: true,
            });
            const { certificateDescription } = await sandbox.call("iot:DescribeCACertificate", { certificateId });
            const { status, autoRegistrationStatus, certificateMode, certificatePem } = certificateDescription;
            assert.deepEqual(
                [status, autoRegistrationStatus, certificateMode, certificatePem],
                ["ACTIVE", "ENABLE", "DEFAULT", authority.certificate],
            );
        });

        it("are refused without that proof", async () => {
            const stranger = await issueCertificate(
                { subject: "CN=Other", isAuthority: true, pathLength: 0, ...validity },
                "EC_prime256v1",
            );
            const register = (parameters: object) =>
                sandbox.refusal("iot:RegisterCACertificate", { caCertificate: authority.certificate, ...parameters });
            assert.match(await register({}), /^InvalidRequestException: .*required/);
            assert.match(
                await register({ verificationCertificate: await deviceCertificate(authority) }),
                /^RegistrationCodeValidationException: /,
            );
            assert.match(
                await register({ verificationCertificate: await verificationCertificate(stranger) }),
                /^CertificateValidationException: .*not signed by the CA/,
            );
            const old = await verificationCertificate();
            await sandbox.call("iot:DeleteRegistrationCode");
            assert.match(await register({ verificationCertificate: old }), /^RegistrationCodeValidationException: /);
        });

        it("take no verification certificate in the mode SNI_ONLY, and no certificate of a device", async () => {
            const verification = await verificationCertificate();
            const register = (parameters: object) =>
                sandbox.refusal("iot:RegisterCACertificate", { certificateMode: "SNI_ONLY", ...parameters });
            assert.match(
                await register({ caCertificate: authority.certificate, verificationCertificate: verification }),
                /^InvalidRequestException: /,
            );
            assert.match(
                await register({ caCertificate: await deviceCertificate() }),
                /^CertificateValidationException: .*not that of a CA/,
            );
            assert.match(await register({ caCertificate: "hello" }), /^CertificateValidationException: /);
        });

        it("belong to many accounts in the mode SNI_ONLY and to one in the mode DEFAULT", async () => {
            await registerAuthority();
            await registerAuthority({}, foreign);
            assert.match(
                await sandbox.refusal("iot:RegisterCACertificate", {
                    caCertificate: authority.certificate,
                    certificateMode: "SNI_ONLY",
                }),
                /^ResourceAlreadyExistsException: CA Certificate/,
            );
            const third = { roleArn: "arn:aws:iam::333333333333:role/deploy" };
            const verification = await verificationCertificate(authority, third);
            assert.match(
                await sandbox.refusal(
                    "iot:RegisterCACertificate",
                    { caCertificate: authority.certificate, verificationCertificate: verification },
                    third,
                ),
                /^ResourceAlreadyExistsException: .*another account/,
            );
        });

        it("must be inactive to be deleted", async () => {
            const certificateId = await registerAuthority({ setAsActive: true });
            assert.match(
                await sandbox.refusal("iot:DeleteCACertificate", { certificateId }),
                /^CertificateStateException: .*INACTIVE/,
            );
            await sandbox.call("iot:UpdateCACertificate", { certificateId, newStatus: "INACTIVE" });
            await sandbox.call("iot:DeleteCACertificate", { certificateId });
            assert.deepEqual(sandbox.cloud.resources(), []);
        });

        it("provision with a template of the type JITP", async () => {
            const template = {
                provisioningRoleArn: "arn:aws:iam::123456789012:role/provisioning",
                templateBody: JSON.stringify({ Resources: { thing: { Type: "AWS::IoT::Thing" } } }),
            };
            await sandbox.call("iot:CreateProvisioningTemplate", { ...template, templateName: "jitp", type: "JITP" });
            await sandbox.call("iot:CreateProvisioningTemplate", { ...template, templateName: "fleet" });
            const refused = (templateName: string) =>
                sandbox.refusal("iot:RegisterCACertificate", {
                    caCertificate: authority.certificate,
                    certificateMode: "SNI_ONLY",
                    registrationConfig: { templateName },
                });
            assert.match(await refused("fleet"), /^InvalidRequestException: .*not of the type JITP/);
            assert.match(await refused("absent"), /^ResourceNotFoundException: /);
            const certificateId = await registerAuthority({ registrationConfig: { templateName: "jitp" } });
            assert.match(
                await sandbox.refusal("iot:DeleteProvisioningTemplate", { templateName: "jitp" }),
                /^DeleteConflictException: /,
            );
            await sandbox.call("iot:UpdateCACertificate", { certificateId, removeAutoRegistration: true });
            await sandbox.call("iot:DeleteProvisioningTemplate", { templateName: "jitp" });
        });
    });

    describe("of devices", () => {
        it("are registered without a CA, once", async () => {
            const certificatePem = await deviceCertificate();
            const { certificateId, certificateArn } = await sandbox.call("iot:RegisterCertificateWithoutCA", {
                certificatePem,
                status: "ACTIVE",
            });
            assert.equal(certificateArn, `arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`);
            const { certificateDescription } = await sandbox.call("iot:DescribeCertificate", { certificateId });
            assert.deepEqual(
                [certificateDescription.status, certificateDescription.certificateMode],
                ["ACTIVE", "SNI_ONLY"],
            );
            assert.equal(
                new X509Certificate(certificatePem).fingerprint256.replace(/:/g, "").toLowerCase(),
                certificateId,
            );
            assert.match(
                await sandbox.refusal("iot:RegisterCertificateWithoutCA", { certificatePem }),
                /^ResourceAlreadyExistsException: /,
            );
            assert.match(
                await sandbox.refusal("iot:DeleteCertificate", { certificateId }),
                /^CertificateStateException: .*deactivated/,
            );
            assert.match(
                await sandbox.refusal("iot:UpdateCertificate", { certificateId, newStatus: "PENDING_TRANSFER" }),
                /^InvalidRequestException: /,
            );
            await sandbox.call("iot:UpdateCertificate", { certificateId, newStatus: "REVOKED" });
            await sandbox.call("iot:DeleteCertificate", { certificateId });
            assert.deepEqual(sandbox.cloud.resources(), []);
        });

        it("are registered under an active CA only", async () => {
            const certificatePem = await deviceCertificate(authority);
            const register = () => sandbox.refusal("iot:RegisterCertificate", { certificatePem });
            assert.match(await register(), /^CertificateValidationException: .*not signed by a registered CA/);
            const certificateId = await registerAuthority();
            assert.match(await register(), /^CertificateStateException: .*not active/);
            await sandbox.call("iot:UpdateCACertificate", { certificateId, newStatus: "ACTIVE" });
            const made = await sandbox.call("iot:RegisterCertificate", { certificatePem });
            const { certificateDescription } = await sandbox.call("iot:DescribeCertificate", {
                certificateId: made.certificateId,
            });
            assert.deepEqual(
                [certificateDescription.caCertificateId, certificateDescription.status],
                [certificateId, "INACTIVE"],
            );
        });

        it("are made with a key that fits", async () => {
            const { certificatePem, keyPair, certificateId } = await sandbox.call("iot:CreateKeysAndCertificate", {
                setAsActive: true,
            });
            const certificate = new X509Certificate(certificatePem);
            assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPair.PrivateKey)));
            assert.equal(certificate.publicKey.export({ format: "pem", type: "spki" }), keyPair.PublicKey);
            assert.equal(certificate.subject, "CN=AWS IoT Certificate");
            const { certificateDescription } = await sandbox.call("iot:DescribeCertificate", { certificateId });
            assert.equal(certificateDescription.status, "ACTIVE");
        });

        it("are made for a signing request, if it is one", async () => {
            const { Pkcs10CertificateRequestGenerator } = await import("@peculiar/x509");
            const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
            const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
                "sign",
                "verify",
            ])) as webcrypto.CryptoKeyPair;
            const request = await Pkcs10CertificateRequestGenerator.create({
                name: "CN=my-device",
                keys,
                signingAlgorithm: algorithm,
            });
            const { certificatePem } = await sandbox.call("iot:CreateCertificateFromCsr", {
                certificateSigningRequest: request.toString("pem"),
            });
            assert.equal(new X509Certificate(certificatePem).subject, "CN=my-device");
            assert.match(
                await sandbox.refusal("iot:CreateCertificateFromCsr", { certificateSigningRequest: "hello" }),
                /^InvalidRequestException: /,
            );
        });
    });
});
