import assert from "node:assert/strict";
import { identityChanges, replacingProperties, type DomainIdentity } from "../../../rules/domainReplacement";

const identity: DomainIdentity = {
    name: "prod-telemetry",
    domainName: "iot.example.com",
    serverCertificateArns: ["arn:a"],
    serviceType: "DATA",
};
const knownLater = { toString: () => "an output" };

describe("what AWS cannot change of a domain configuration", () => {
    it("says nothing where nothing differs, whether absent, null or empty", () => {
        assert.deepEqual(identityChanges(identity, { ...identity }), []);
        assert.deepEqual(
            identityChanges(identity, { ...identity, validationCertificateArn: null }),
            identityChanges({ ...identity, validationCertificateArn: "" }, identity),
        );
        assert.deepEqual(identityChanges({ ...identity, validationCertificateArn: "" }, identity), []);
    });

    const cases: ReadonlyArray<readonly [string, DomainIdentity, string]> = [
        ["a name", { name: "b" }, 'name: "prod-telemetry" becomes "b"'],
        ["a domain name", { domainName: "b" }, 'domainName: "iot.example.com" becomes "b"'],
        [
            "a certificate that is there",
            { serverCertificateArns: ["arn:b"] },
            'serverCertificateArns: "arn:a" becomes "arn:b"',
        ],
        [
            "a certificate that is made in the same deployment",
            { serverCertificateArns: [knownLater] },
            'serverCertificateArns: "arn:a" becomes one that is known after the deployment',
        ],
        [
            "a validation certificate",
            { validationCertificateArn: "arn:v" },
            'validationCertificateArn: none becomes "arn:v"',
        ],
        ["a service type", { serviceType: "JOBS" }, 'serviceType: "DATA" becomes "JOBS"'],
    ];
    for (const [what, change, words] of cases) {
        it(`names ${what}`, () => assert.deepEqual(identityChanges(identity, { ...identity, ...change }), [words]));
    }

    it("names every property at once", () => {
        assert.equal(identityChanges({}, Object.fromEntries(replacingProperties.map((each) => [each, "x"]))).length, 5);
    });
});
