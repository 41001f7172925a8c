import assert from "node:assert/strict";
import { contractVersion, type DomainOutput } from "../../../outputs/contract";
import { parseDomains } from "../../../outputs/reader";

const domain = (): DomainOutput => ({
    version: contractVersion,
    domainName: "iot.example.com",
    securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10",
    regions: {
        "us-east-1": {
            domainConfigurationArn: "arn:aws:iot:us-east-1:123456789012:domainconfiguration/telemetry/ab",
            domainConfigurationName: "telemetry",
            certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
            certificateExpiry: "2027-06-01T00:00:00Z",
            cnameTarget: "a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com",
        },
    },
    connections: [{ protocol: "mqtt", authentication: "x509", port: 443, alpn: "x-amzn-mqtt-ca" }],
});

describe("outputs/reader", () => {
    it("reads what the contract says", () => {
        assert.deepEqual(parseDomains({ telemetry: domain() }, "stack prod"), { telemetry: domain() });
    });

    it("reads a later minor version, leaving out what it does not know", () => {
        const later = { ...domain(), version: "1.9.0", somethingNew: true };
        assert.deepEqual(parseDomains({ telemetry: later }, "stack prod"), {
            telemetry: { ...domain(), version: "1.9.0" },
        });
    });

    const refused: ReadonlyArray<readonly [string, unknown, RegExp]> = [
        [
            "a stack without the output",
            undefined,
            /stack prod: expected an output named domains, got none; deploy that stack/,
        ],
        [
            "another major version",
            { a: { ...domain(), version: "2.0.0" } },
            /domains\.a\.version: expected 1\.x, got 2\.0\.0/,
        ],
        ["a missing field", { a: { ...domain(), domainName: undefined } }, /domains\.a\.domainName/],
        ["a value of another form", "text", /stack prod: its outputs are not those of iot-domains/],
    ];
    for (const [what, value, message] of refused) {
        it(`refuses ${what}`, () => assert.throws(() => parseDomains(value, "stack prod"), { message }));
    }
});
