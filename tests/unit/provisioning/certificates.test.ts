import assert from "node:assert/strict";
import {
    certificateAuthorityFindings,
    claimCertificateFindings,
    type GivenAuthority,
    type GivenClaim,
} from "../../../rules/provisioning/clientCertificates";
import { make, type Material, type Wanted } from "./material";

const at = new Date("2026-11-21");
const rulesOf = (claim: GivenClaim) => claimCertificateFindings(claim, "c", at).map(({ rule }) => rule);

describe("rules/provisioning/clientCertificates", () => {
    let claim: Material;
    let other: Material;
    let authority: Material;
    before(async () => {
        [claim, other, authority] = await Promise.all([
            make({ subject: "CN=claim" }),
            make({ subject: "CN=other" }),
            make({ subject: "CN=authority", isAuthority: true }),
        ]);
    });

    const claims: ReadonlyArray<readonly [string, Wanted, boolean, readonly string[]]> = [
        ["an ECC P-256 key", {}, true, []],
        ["an ECC P-521 key", { key: "p521" }, true, []],
        ["an RSA key of 2048 bits", { key: "rsa2048" }, true, []],
        ["an RSA key of 1024 bits", { key: "rsa1024" }, true, ["client-certificate-key-algorithm"]],
        ["an end in the past", { validTo: "2026-11-20" }, true, ["client-certificate-validity"]],
        ["an end in the past, but inactive", { validTo: "2026-11-20" }, false, []],
        ["a beginning in the future", { validFrom: "2026-11-22" }, true, ["client-certificate-validity"]],
        ["the right to sign others", { isAuthority: true }, true, ["claim-certificate-no-authority"]],
    ];
    for (const [what, wanted, active, expected] of claims) {
        it(`judges a claim certificate with ${what}`, async () => {
            const { certificatePem } = await make(wanted);
            assert.deepEqual(rulesOf({ certificatePem, active }), expected);
        });
    }

    it("takes the private key of the claim certificate alone", () => {
        const { certificatePem } = claim;
        assert.deepEqual(rulesOf({ certificatePem, active: true, privateKeyPem: claim.privateKeyPem }), []);
        assert.deepEqual(rulesOf({ certificatePem, active: true, privateKeyPem: other.privateKeyPem }), [
            "private-key-match",
        ]);
        assert.notDeepEqual(rulesOf({ certificatePem, active: true, privateKeyPem: "none" }), []);
    });

    it("takes one certificate and nothing else", () => {
        assert.deepEqual(rulesOf({ certificatePem: claim.certificatePem + other.certificatePem, active: true }), [
            "client-certificate-count",
        ]);
        assert.deepEqual(rulesOf({ certificatePem: claim.privateKeyPem, active: true }), [
            "certificate-private-key-exposed",
        ]);
        assert.deepEqual(rulesOf({ certificatePem: "", active: true }), ["certificate-format"]);
    });

    it("quotes no private key", () => {
        const findings = [
            ...claimCertificateFindings({ certificatePem: claim.privateKeyPem, active: true }, "c", at),
            ...claimCertificateFindings(
                { certificatePem: claim.certificatePem, active: true, privateKeyPem: other.privateKeyPem },
                "c",
                at,
            ),
        ];
        const secrets = [claim, other].flatMap(({ privateKeyPem }) =>
            privateKeyPem.split("\n").filter((line) => line.length > 20),
        );
        for (const secret of secrets) {
            assert.ok(!JSON.stringify(findings).includes(secret) || secret.startsWith("-----"));
        }
    });

    const pathsOf = (given: Partial<GivenAuthority>, regions = ["us-east-1"]) =>
        certificateAuthorityFindings(
            { certificatePem: authority.certificatePem, certificateMode: "SNI_ONLY", ...given },
            regions,
            "ca",
            at,
        ).map(({ path }) => path);

    it("takes a CA in mode SNI_ONLY without a proof, and refuses one there", () => {
        assert.deepEqual(pathsOf({}), []);
        assert.deepEqual(
            pathsOf({
                privateKeyPem: authority.privateKeyPem,
                verificationCertificates: { "us-east-1": claim.certificatePem },
            }),
            ["ca.verificationCertificates", "ca.privateKey", "ca.verificationCertificates.us-east-1"],
        );
    });

    it("wants a proof for each region in mode DEFAULT, or the CA's key", () => {
        const regions = ["us-east-1", "eu-west-1"];
        assert.deepEqual(
            pathsOf({ certificateMode: "DEFAULT" }, regions),
            regions.map((region) => `ca.verificationCertificates.${region}`),
        );
        assert.deepEqual(pathsOf({ certificateMode: "DEFAULT", privateKeyPem: authority.privateKeyPem }, regions), []);
        assert.deepEqual(pathsOf({ certificateMode: "DEFAULT", privateKeyPem: other.privateKeyPem }), [
            "ca.privateKey",
        ]);
    });

    it("looks whether the CA has signed the proof", async () => {
        const signed = await make({ subject: "CN=0123456789abcdef", signedBy: authority });
        const proof = (pem: string) =>
            pathsOf({ certificateMode: "DEFAULT", verificationCertificates: { "us-east-1": pem } });
        assert.deepEqual(proof(signed.certificatePem), []);
        assert.deepEqual(proof(claim.certificatePem), ["ca.verificationCertificates.us-east-1"]);
    });

    it("refuses a certificate that is no CA's", () => {
        assert.deepEqual(pathsOf({ certificatePem: claim.certificatePem }), ["ca.certificate"]);
    });
});
