import assert from "node:assert/strict";
import { identityChanges, replacingProperties, type DomainIdentity } from "../../../rules/domainReplacement";

const identity: DomainIdentity = {
    name: "prod-telemetry",
    domainName: "iot.example.com",
    serverCertificateArns: "requested for iot.example.com RSA_2048",
    serviceType: "DATA",
};
const [here, there] = ["us-east-1", "eu-central-1"];

describe("what AWS cannot change of a domain configuration", () => {
    it("says nothing where nothing differs, whether absent or empty", () => {
        assert.deepEqual(identityChanges(identity, { ...identity }), []);
        assert.deepEqual(identityChanges({ ...identity, validationCertificateArn: "" }, identity), []);
        assert.deepEqual(identityChanges(identity, { ...identity, validationCertificateArn: "" }), []);
    });

    it("takes a region that comes or goes for no difference", () => {
        const [few, many] = [{ [here]: "arn:a" }, { [there]: "arn:b", [here]: "arn:a" }].map((arns) => ({
            ...identity,
            validationCertificateArn: arns as Record<string, string>,
        }));
        assert.deepEqual(identityChanges(few!, many!), []);
        assert.deepEqual(identityChanges(many!, few!), []);
    });

    const cases: ReadonlyArray<readonly [string, DomainIdentity, string]> = [
        ["a name", { name: "b" }, 'name: "prod-telemetry" becomes "b"'],
        ["a domain name", { domainName: "b" }, 'domainName: "iot.example.com" becomes "b"'],
        [
            "a certificate",
            { serverCertificateArns: "imported" },
            'serverCertificateArns: "requested for iot.example.com RSA_2048" becomes "imported"',
        ],
        [
            "a validation certificate",
            { validationCertificateArn: { [here]: "arn:v" } },
            'validationCertificateArn: none becomes "arn:v"',
        ],
        ["a service type", { serviceType: "JOBS" }, 'serviceType: "DATA" becomes "JOBS"'],
    ];
    for (const [what, change, words] of cases) {
        it(`names ${what}`, () => assert.deepEqual(identityChanges(identity, { ...identity, ...change }), [words]));
    }

    it("names the region where only one of them changes", () => {
        const [before, after] = ["arn:b", "arn:c"].map((arn) => ({
            ...identity,
            validationCertificateArn: { [here]: "arn:a", [there]: arn },
        }));
        assert.deepEqual(identityChanges(before!, after!), [
            'validationCertificateArn in eu-central-1: "arn:b" becomes "arn:c"',
        ]);
    });

    it("names every property at once", () => {
        assert.equal(identityChanges({}, Object.fromEntries(replacingProperties.map((each) => [each, "x"]))).length, 5);
    });
});
