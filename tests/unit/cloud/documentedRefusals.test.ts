import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { at, pem } from "../certificates/fixtures";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "./sandbox";

interface Row {
    readonly check: string;
    readonly operation: string;
    readonly exception: string;
}

const document = path.resolve(__dirname, "..", "..", "..", "docs", "certificate-rules.md");
const rows: readonly Row[] = [
    ...readFileSync(document, "utf8").matchAll(/^\| ([^|]+?) +\| `(\w+:\w+)` +\| `(\w+)` +\|/gm),
].map(([, check = "", operation = "", exception = ""]) => ({ check, operation, exception }));

const chain = pem("authorities/intermediate");
const files = (leaf: string, changed: object = {}) => ({
    Certificate: pem(`leaves/${leaf}`),
    CertificateChain: chain,
    PrivateKey: pem("keys/leaf.pkcs8"),
    ...changed,
});

/** What the account has when something is asked of it. */
interface Account {
    /** ARNs: an imported certificate in use, one that ACM issued, others that were imported, one that is pending. */
    readonly inUse: string;
    readonly issued: string;
    readonly manyNames: string;
    readonly withoutPurpose: string;
    readonly pending: string;
}

const create = (serverCertificateArn: string | undefined, changed: object = {}) => ({
    domainConfigurationName: "other",
    domainName: "b.example.com",
    serverCertificateArns: serverCertificateArn === undefined ? [] : [serverCertificateArn],
    ...changed,
});

/** What brings each refusal about, and what its message tells. */
const provocations: Readonly<Record<string, readonly [parameters: (account: Account) => object, message: RegExp]>> = {
    "Files, key, time, version, issuer and OCSP addresses are as above": [() => files("expired"), /expired on/],
    "The certificate stands alone in its field": [
        () => files("rsa-2048", { Certificate: pem("leaves/rsa-2048") + chain }),
        /more than one certificate/,
    ],
    "A certificate of a CA comes with its chain": [
        () => files("rsa-2048", { CertificateChain: undefined }),
        /certificate chain/,
    ],
    "The chain is in order, each certificate signed by the next": [() => files("forged"), /does not verify/],
    "Under an ARN that is there, the type of key stays": [
        ({ inUse }) => ({
            Certificate: pem("leaves/p256"),
            CertificateChain: pem("authorities/ec-intermediate"),
            PrivateKey: pem("keys/p256.pkcs8"),
            CertificateArn: inUse,
        }),
        /a key of type RSA_2048, as before/,
    ],
    "Under an ARN that is there, no tags are given": [
        ({ inUse }) => files("rsa-2048", { CertificateArn: inUse, Tags: [{ Key: "a", Value: "b" }] }),
        /Tagging/,
    ],
    "Under an ARN that is there, a certificate was imported": [
        ({ issued }) => files("rsa-2048", { CertificateArn: issued }),
        /was not imported/,
    ],
    "The first name has at most 64 characters": [
        () => ({ DomainName: `${"a".repeat(60)}.example.com` }),
        /longer than 64/,
    ],
    "A certificate has at most ten names": [
        () => ({
            DomainName: "example.com",
            SubjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `${index}.example.com`),
        }),
        /limit of 10/,
    ],
    "Nothing uses the certificate any more": [({ inUse }) => ({ CertificateArn: inUse }), /in use/],
    "The certificate is issued, and of the same region": [({ pending }) => create(pending), /PENDING_VALIDATION/],
    "The certificate is as all tables above ask": [
        ({ withoutPurpose, issued }) => create(withoutPurpose, { validationCertificateArn: issued }),
        /Extended Key Usage/,
    ],
    "A private or self-signed certificate has a validation certificate": [
        ({ manyNames }) => create(manyNames),
        /needs a validation certificate/,
    ],
    "The validation certificate is ACM's own, for the same domain": [
        ({ manyNames, inUse }) => create(manyNames, { validationCertificateArn: inUse }),
        /not signed by a public/,
    ],
    "The domain name is new in the region": [
        ({ manyNames }) => create(manyNames, { domainName: "iot.example.com" }),
        /already configured/,
    ],
    "The domain configuration's name is new in the region": [
        ({ manyNames }) => create(manyNames, { domainConfigurationName: "telemetry" }),
        /telemetry already exists/,
    ],
    "A domain of one's own has a certificate": [() => create(undefined), /custom domain name/],
    "The service type is DATA": [({ issued }) => create(issued, { serviceType: "JOBS" }), /JOBS/],
    "The security policy is one of the region's": [
        ({ issued }) => create(issued, { tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_0_2016_01" } }),
        /security policy/,
    ],
    "Stapling is for no self-signed certificate": [
        () => ({ domainConfigurationName: "self-signed", serverCertificateConfig: { enableOCSPCheck: true } }),
        /self-signed/,
    ],
    "A responder is of the same account and region": [
        () => ({
            domainConfigurationName: "telemetry",
            serverCertificateConfig: { ocspLambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:responder" },
        }),
        /same account and region/,
    ],
    "A domain configuration that is deleted is disabled": [
        () => ({ domainConfigurationName: "telemetry" }),
        /must be disabled/,
    ],
};

describe("what docs/certificate-rules.md says that AWS answers", () => {
    let sandbox: Sandbox;
    let account: Account;

    before(async () => {
        sandbox = makeSandbox();
        sandbox.cloud.advanceClock(at.getTime() - start.getTime());
        const zone = await sandbox.zone("example.com");
        const imported = async (parameters: object) =>
            (await sandbox.call("acm:ImportCertificate", parameters)).CertificateArn as string;
        account = {
            inUse: await imported(files("many-names")),
            issued: await sandbox.certificate(zone, {
                DomainName: "b.example.com",
                SubjectAlternativeNames: ["a.example.com", "iot.example.com"],
            }),
            manyNames: await imported(files("many-names")),
            withoutPurpose: await imported(files("no-extended-key-usage")),
            pending: (await sandbox.call("acm:RequestCertificate", { DomainName: "c.example.com" })).CertificateArn,
        };
        const served = {
            telemetry: ["a.example.com", account.inUse],
            "self-signed": ["iot.example.com", await imported(files("self-signed", { CertificateChain: undefined }))],
        } as const;
        for (const [domainConfigurationName, [domainName, arn]] of Object.entries(served)) {
            const proof = { validationCertificateArn: account.issued };
            await sandbox.call(
                "iot:CreateDomainConfiguration",
                create(arn, { domainConfigurationName, domainName, ...proof }),
            );
        }
    });
    after(removeSandboxes);

    it("is all of it brought about here", () => {
        assert.deepEqual(rows.map(({ check }) => check).sort(), Object.keys(provocations).sort());
    });

    for (const { check, operation, exception } of rows) {
        it(`${operation} refuses with ${exception}: ${check}`, async () => {
            const [parameters, message] = provocations[check] ?? assert.fail(`${check} is not brought about`);
            const refusal = await sandbox.refusal(operation, parameters(account));
            assert.equal(refusal.split(":")[0], exception);
            assert.match(refusal, message);
        });
    }
});
