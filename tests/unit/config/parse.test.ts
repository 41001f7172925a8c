import assert from "node:assert/strict";
import { ConfigurationError, parseConfiguration, type Surroundings } from "../../../config/parse";
import type { Finding } from "../../../rules/finding";

const sound = () => ({
    environment: "development",
    hostedZone: "example.com",
    regions: { "us-east-1": {} } as Record<string, unknown>,
    domains: { telemetry: { domainName: "iot.example.com" } } as Record<string, unknown>,
});

const surroundings: Surroundings = {
    isSecret: () => false,
    material: { secrets: {}, directory: "/nowhere" },
    stack: "test",
    at: new Date("2026-11-21T00:00:00Z"),
};

function findingsOf(raw: unknown, isSecret = surroundings.isSecret): readonly Finding[] {
    try {
        parseConfiguration(raw, { ...surroundings, isSecret });
    } catch (error) {
        assert.ok(error instanceof ConfigurationError, String(error));
        for (const finding of error.findings) {
            assert.ok(finding.got !== "" && finding.expected !== "" && finding.remedy !== "", JSON.stringify(finding));
            assert.ok(error.message.includes(finding.path));
        }
        return error.findings;
    }
    return [];
}

const pathsOf = (raw: unknown) => findingsOf(raw).map(({ path }) => path);

describe("config/parse", () => {
    it("fills in every default", () => {
        assert.deepEqual(parseConfiguration(sound(), surroundings), {
            ...sound(),
            regions: { "us-east-1": { drained: false } },
            domains: {
                telemetry: {
                    domainName: "iot.example.com",
                    securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10",
                    authenticationType: "DEFAULT",
                    applicationProtocol: "DEFAULT",
                    status: "ENABLED",
                    certificate: { source: "acm", subjectAlternativeNames: [], keyAlgorithm: "RSA_2048" },
                    routing: { policy: "simple", timeToLive: 60 },
                },
            },
            alerts: { emails: [], daysBeforeExpiry: 30 },
            tags: {},
            secrets: {},
        });
    });

    it("lists all faults of all parts at once, each with its path", () => {
        const paths = pathsOf({
            hostdZone: "example.com",
            environment: "prod",
            regions: { useast1: {} },
            domains: {
                telemetry: {
                    domainName: "iot.example.com",
                    securtyPolicy: "x",
                    certificate: { source: "acm", keyAlgorithm: "RSA_4096" },
                },
                Upper: { domainName: "iot.example.com" },
            },
            alerts: { emails: ["nobody"], daysBeforeExpiry: 0 },
            tags: { "aws:owner": "me" },
        });
        assert.deepEqual([...paths].sort(), [
            "alerts.daysBeforeExpiry",
            "alerts.emails[0]",
            "domains.Upper",
            "domains.telemetry.certificate.keyAlgorithm",
            "domains.telemetry.securtyPolicy",
            "environment",
            "hostdZone",
            "hostedZone",
            "regions.useast1",
            "tags.aws:owner",
        ]);
    });

    const misspelt: ReadonlyArray<readonly [string, unknown, string]> = [
        ["a top-level key", { ...sound(), hostedzone: "x" }, "hostedZone"],
        [
            "a key of a domain",
            { ...sound(), domains: { a: { domainName: "a.example.com", domianConfigurationName: "x" } } },
            "domainConfigurationName",
        ],
        ["an enumeration's value", { ...sound(), environment: "prod" }, "production"],
        [
            "a security policy",
            {
                ...sound(),
                domains: { a: { domainName: "a.example.com", securityPolicy: "IotSecurityPolicy_TLS13_1_3_2022_10" } },
            },
            "IoTSecurityPolicy_TLS13_1_3_2022_10",
        ],
        [
            "a certificate's source",
            { ...sound(), domains: { a: { domainName: "a.example.com", certificate: { source: "amc" } } } },
            "acm",
        ],
    ];
    for (const [what, raw, meant] of misspelt) {
        it(`names what ${what} was meant to be`, () => {
            assert.ok(
                findingsOf(raw).some(({ remedy }) => remedy === `did you mean ${meant}?`),
                JSON.stringify(findingsOf(raw)),
            );
        });
    }

    const routed = (routing: unknown) => ({
        ...sound(),
        domains: { a: { domainName: "a.example.com", routing } },
    });
    const withCheck = (healthCheck: unknown) => routed({ policy: "latency", healthCheck });
    const remedied: ReadonlyArray<readonly [string, unknown, string, string]> = [
        [
            "a key with nothing behind it",
            { ...sound(), regions: { "us-east-1": null } },
            "a mapping",
            "write {} where there is nothing to say, or take the key out",
        ],
        ["a value that is not there", routed({ policy: "failover" }), "a list", "add it"],
        [
            "a list that is too short",
            routed({ policy: "failover", order: ["us-east-1"] }),
            "at least 2 entries",
            "add what is missing",
        ],
        ["a number that is too low", routed({ policy: "latency", timeToLive: 0 }), "at least 1", "raise it"],
        [
            "a text that is too long",
            withCheck({ type: "cloudwatch-alarm", alarmNames: { "us-east-1": "x".repeat(256) } }),
            "at most 255 characters",
            "write a shorter text",
        ],
        [
            "an address where a host's name belongs",
            withCheck({ type: "https", fullyQualifiedDomainNames: { "us-east-1": "https://a.example.com/" } }),
            "a host name such as probe.example.com, without a scheme or a path",
            "correct it",
        ],
        [
            "a page's path without its slash",
            withCheck({ type: "https", resourcePath: "health" }),
            "a path that begins with /",
            "correct it",
        ],
    ];
    for (const [what, raw, expected, remedy] of remedied) {
        it(`says what is expected instead of ${what}, and what to do`, () => {
            const findings = findingsOf(raw).map((finding) => ({ expected: finding.expected, remedy: finding.remedy }));
            assert.deepEqual(findings, [{ expected, remedy }]);
        });
    }

    const securityPolicy = "domains.telemetry.securityPolicy";
    const crossed: ReadonlyArray<readonly [string, Record<string, unknown>, string]> = [
        [
            "a domain outside the hosted zone",
            { domains: { a: { domainName: "iot.example.org" } } },
            "domains.a.domainName",
        ],
        [
            "a domain that only ends like the zone",
            { domains: { a: { domainName: "iotexample.com" } } },
            "domains.a.domainName",
        ],
        ["a domain at the zone's apex", { domains: { a: { domainName: "example.com" } } }, "domains.a.domainName"],
        [
            "one domain name twice",
            { domains: { a: { domainName: "iot.example.com" }, b: { domainName: "iot.example.com" } } },
            "domains.b.domainName",
        ],
        [
            "one domain configuration name twice",
            {
                domains: {
                    a: { domainName: "a.example.com", domainConfigurationName: "same" },
                    b: { domainName: "b.example.com", domainConfigurationName: "same" },
                },
            },
            "domains.b.domainConfigurationName",
        ],
        ["a TLS policy that the region lacks", { regions: { "us-gov-west-1": {} } }, securityPolicy],
        ["a region in China, where nobody can choose a TLS policy", { regions: { "cn-north-1": {} } }, securityPolicy],
        [
            "regions that no one account has",
            {
                regions: { "us-east-1": {}, "us-gov-west-1": {} },
                domains: {
                    telemetry: {
                        domainName: "iot.example.com",
                        securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10",
                        routing: { policy: "latency" },
                    },
                },
            },
            "regions",
        ],
        [
            "a role for the hosted zone that no one in the regions can assume",
            { hostedZoneRole: "arn:aws-us-gov:iam::123456789012:role/dns" },
            "hostedZoneRole",
        ],
        [
            "two regions behind a simple record",
            { regions: { "us-east-1": {}, "eu-west-1": {} } },
            "domains.telemetry.routing.policy",
        ],
        [
            "an alternative name outside the hosted zone",
            {
                domains: {
                    a: {
                        domainName: "a.example.com",
                        certificate: { source: "acm", subjectAlternativeNames: ["a.example.org"] },
                    },
                },
            },
            "domains.a.certificate.subjectAlternativeNames[0]",
        ],
        [
            "a name twice in one certificate",
            {
                domains: {
                    a: {
                        domainName: "a.example.com",
                        certificate: { source: "acm", subjectAlternativeNames: ["a.example.com"] },
                    },
                },
            },
            "domains.a.certificate.subjectAlternativeNames[0]",
        ],
        [
            "more names than ACM's quota",
            {
                domains: {
                    a: {
                        domainName: "a.example.com",
                        certificate: {
                            source: "acm",
                            subjectAlternativeNames: Array.from({ length: 10 }, (_, n) => `n${n}.example.com`),
                        },
                    },
                },
            },
            "domains.a.certificate.subjectAlternativeNames",
        ],
        [
            "a common name over 64 characters",
            { domains: { a: { domainName: `${"a".repeat(60)}.example.com` } } },
            "domains.a.domainName",
        ],
        ["no region", { regions: {} }, "regions"],
        ["no domain", { domains: {} }, "domains"],
    ];
    for (const [what, change, path] of crossed) {
        it(`refuses ${what}`, () => assert.deepEqual(pathsOf({ ...sound(), ...change }), [path]));
    }

    it("refuses a provider's region whose credentials the regions do not take", () => {
        const told = (providerRegion: string) => {
            try {
                parseConfiguration(sound(), { ...surroundings, providerRegion });
                return [];
            } catch (error) {
                return (error as ConfigurationError).findings.map(({ path, remedy }) => `${path}: ${remedy}`);
            }
        };
        assert.deepEqual(told("eu-west-1"), []);
        assert.deepEqual(told("us-gov-west-1"), ["aws:region: set it: pulumi config set aws:region us-east-1"]);
    });

    it("finds the faults between values although another key is misspelt", () => {
        assert.deepEqual(
            [...pathsOf({ ...sound(), tgas: {}, domains: { a: { domainName: "iot.example.org" } } })].sort(),
            ["domains.a.domainName", "tgas"],
        );
    });

    it("never quotes a secret value", () => {
        const raw = { ...sound(), hostedZone: "hunter2 and more", tags: { "aws:a": "hunter2" } };
        const text = JSON.stringify(findingsOf(raw, (key) => key === "hostedZone" || key === "tags"));
        assert.ok(text.includes("hostedZone") && !text.includes("hunter2"), text);
    });

    it("never quotes a key that was pasted where a reference belongs", () => {
        const pasted = "-----BEGIN PRIVATE KEY-----\nMIIhunter2";
        for (const certificate of [
            pasted,
            { source: "imported", certificate: pasted, privateKey: pasted, [pasted]: 1 },
        ]) {
            const text = JSON.stringify(
                findingsOf({ ...sound(), domains: { a: { domainName: "a.example.com", certificate } } }),
            );
            assert.ok(text.includes("domains.a.certificate") && !text.includes("hunter2"), text);
        }
    });

    for (const raw of [undefined, null, 1, "text", [], {}, { regions: [], domains: "x" }, { domains: { a: null } }]) {
        it(`turns ${JSON.stringify(raw)} into findings, never an exception`, () =>
            assert.ok(findingsOf(raw).length > 0));
    }
});
