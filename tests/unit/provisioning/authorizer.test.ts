import assert from "node:assert/strict";
import { authorizerFindings, type AuthorizerSettings } from "../../../rules/provisioning/authorizer";
import { functionArnFindings, functionReference } from "../../../rules/provisioning/lambdaFunctions";
import { make, type Material } from "./material";

describe("rules/provisioning/authorizer", () => {
    let rsa: Material;
    let ecc: Material;
    before(async () => {
        [rsa, ecc] = await Promise.all([make({ key: "rsa2048" }), make()]);
    });

    const told = (change: Partial<AuthorizerSettings>) =>
        authorizerFindings(
            {
                name: "dev-authorizer",
                tokenKeyName: "x-token",
                tokenSigningPublicKeys: { first: rsa.publicKeyPem },
                signingDisabled: false,
                ...change,
            },
            "a",
        ).map(({ path, severity }) => `${path} ${severity}`);

    it("takes an RSA public key and the name of a field", () => {
        assert.deepEqual(told({}), []);
    });

    it("wants a field and a key where tokens are signed", () => {
        assert.deepEqual(told({ tokenKeyName: undefined, tokenSigningPublicKeys: {} }), [
            "a.tokenKeyName high",
            "a.tokenSigningPublicKeys high",
        ]);
    });

    it("advises against tokens without a signature, and lets them be", () => {
        assert.deepEqual(told({ signingDisabled: true, tokenKeyName: undefined, tokenSigningPublicKeys: {} }), [
            "a.signingDisabled low",
        ]);
    });

    it("refuses what signatures are checked with where they are not", () => {
        assert.deepEqual(told({ signingDisabled: true }), [
            "a.signingDisabled low",
            "a.tokenKeyName high",
            "a.tokenSigningPublicKeys high",
        ]);
    });

    it("refuses what is no RSA public key", () => {
        const refused = (pem: string) => told({ tokenSigningPublicKeys: { first: pem } });
        assert.deepEqual(refused(ecc.publicKeyPem), ["a.tokenSigningPublicKeys.first high"]);
        assert.deepEqual(refused(rsa.certificatePem), ["a.tokenSigningPublicKeys.first high"]);
        assert.deepEqual(refused(rsa.publicKeyPem.replace("MII", "MIX")), ["a.tokenSigningPublicKeys.first high"]);
        assert.deepEqual(refused(rsa.privateKeyPem), ["a.tokenSigningPublicKeys.first critical"]);
        assert.deepEqual(refused(rsa.publicKeyPem.padEnd(5121)), ["a.tokenSigningPublicKeys.first high"]);
    });

    it("refuses names that AWS refuses", () => {
        assert.deepEqual(
            told({ name: "a.b", tokenKeyName: "a b", tokenSigningPublicKeys: { "a b": rsa.publicKeyPem } }),
            ["a.name high", "a.tokenKeyName high", "a.tokenSigningPublicKeys.a b high"],
        );
    });
});

describe("rules/provisioning/lambdaFunctions", () => {
    const arn = (region: string, rest = "function:check") => `arn:aws:lambda:${region}:123456789012:${rest}`;

    const cases: ReadonlyArray<readonly [string, Record<string, string>, readonly string[]]> = [
        ["one function a region", { "us-east-1": arn("us-east-1"), "eu-west-1": arn("eu-west-1") }, []],
        ["a region without one", { "us-east-1": arn("us-east-1") }, ["p.eu-west-1"]],
        [
            "a function of another region",
            { "us-east-1": arn("us-east-1"), "eu-west-1": arn("us-east-1") },
            ["p.eu-west-1"],
        ],
        [
            "another kind of ARN",
            { "us-east-1": "arn:aws:iam::123456789012:role/x", "eu-west-1": arn("eu-west-1") },
            ["p.us-east-1"],
        ],
        ["a layer", { "us-east-1": arn("us-east-1", "layer:x"), "eu-west-1": arn("eu-west-1") }, ["p.us-east-1"]],
    ];
    for (const [what, arns, paths] of cases) {
        it(`judges ${what}`, () => {
            assert.deepEqual(
                functionArnFindings(arns, ["us-east-1", "eu-west-1"], "p").map(({ path }) => path),
                paths,
            );
        });
    }

    it("takes an alias off a function's ARN", () => {
        assert.deepEqual(functionReference(arn("us-east-1", "function:check:live")), {
            functionArn: arn("us-east-1"),
            qualifier: "live",
        });
        assert.deepEqual(functionReference(arn("us-east-1")), { functionArn: arn("us-east-1") });
        assert.deepEqual(functionReference("check"), { functionArn: "check" });
    });
});
