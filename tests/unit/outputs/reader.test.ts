import Ajv2020 from "ajv/dist/2020";
import assert from "node:assert/strict";
import { contractVersion, parseDomains, parseProvisioning } from "../../../outputs";
import { outputJsonSchemas } from "../../../outputs/jsonSchema";

type Json = Record<string, any>;

/** A domain as a stack of contract 1.0.0 told of it. */
const first = (): Json => ({
    version: "1.0.0",
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

const healthCheck = { type: "tcp", port: 8883, requestInterval: 30, failureThreshold: 3 };

/** What came with 1.1.0. */
const second = (): Json => {
    const domain = first();
    domain.regions["us-east-1"] = { ...domain.regions["us-east-1"], drained: false, healthCheckId: "abc" };
    return {
        ...domain,
        version: "1.1.0",
        routing: {
            policy: "geolocation",
            default: "us-east-1",
            locations: { "us-east-1": ["NA", "country:BR"] },
            fallbacks: {},
            timeToLive: 60,
            healthCheck,
        },
    };
};

/** What came with 1.2.0. */
const domain = (): Json => {
    const before = second();
    before.regions["us-east-1"] = {
        ...before.regions["us-east-1"],
        serverCertificateStatus: "INVALID",
        serverCertificateStatusDetail: "The certificate does not exist",
        certificateFingerprint: "AB:CD",
        certificateChain: "-----BEGIN CERTIFICATE-----",
        alertTopicArn: "arn:aws:sns:us-east-1:123456789012:alerts",
    };
    return {
        ...before,
        version: contractVersion,
        authenticationType: "DEFAULT",
        applicationProtocol: "DEFAULT",
        status: "ENABLED",
        certificate: { source: "imported", renewal: "person" },
        hostedZone: { name: "example.com", zoneId: "Z1", nameServers: ["ns-1.awsdns-01.com"] },
    };
};

const firstProvisioning = (): Json => ({
    version: "1.1.0",
    claimBundles: {
        "2026": {
            endpoints: ["iot.example.com"],
            templateName: "fleet",
            certificatePem: "-----BEGIN CERTIFICATE-----",
            rootCertificates: [{ name: "Amazon Root CA 1", keyAlgorithm: "RSA_2048", url: "https://example.com" }],
        },
    },
    regions: {
        "us-east-1": {
            claim: { templateArn: "arn:aws:iot:...", certificateIds: { "2026": "ab" } },
            justInTime: { certificateAuthorityArns: { maker: "arn:aws:iot:..." } },
            authorizer: { authorizerName: "tokens", authorizerArn: "arn:aws:iot:..." },
        },
        "eu-central-1": {},
    },
});

const provisioning = (): Json => {
    const before = firstProvisioning();
    const bundle = {
        ...before.claimBundles["2026"],
        operations: ["CreateKeysAndCertificate"],
        clientIdPrefix: "claim-",
        parameters: { SerialNumber: {}, Location: { default: "unknown" } },
        thingName: "sensor-{SerialNumber}",
    };
    const region = before.regions["us-east-1"];
    return {
        version: contractVersion,
        claimBundles: { "2026": bundle },
        regions: {
            "us-east-1": {
                claim: { ...region.claim, preProvisioningHookArn: "arn:aws:lambda:..." },
                justInTime: {
                    ...region.justInTime,
                    certificateAuthorities: {
                        maker: {
                            arn: "arn:aws:iot:...",
                            certificateFingerprint: "AB:CD",
                            certificateMode: "SNI_ONLY",
                            allowAutoRegistration: true,
                        },
                    },
                },
                authorizer: { ...region.authorizer, functionArn: "arn:aws:lambda:...", signingDisabled: false },
                roleArn: "arn:aws:iam::123456789012:role/provisioning",
                devicePolicyArn: "arn:aws:iot:...",
            },
        },
    };
};

const outputs = {
    domains: {
        parse: parseDomains,
        whole: (part: Json) => ({ telemetry: part }),
        versions: { "1.0.0": first(), "1.1.0": second(), [contractVersion]: domain() },
        path: "domains\\.telemetry",
        field: "domainName",
    },
    provisioning: {
        parse: parseProvisioning,
        whole: (part: Json) => part,
        versions: { "1.1.0": firstProvisioning(), [contractVersion]: provisioning() },
        path: "provisioning",
        field: "claimBundles",
    },
};

for (const [output, { parse, whole, versions, path, field }] of Object.entries(outputs)) {
    describe(`outputs/reader, ${output}`, () => {
        const latest = versions[contractVersion] as Json;

        for (const [version, part] of Object.entries<Json>(versions)) {
            it(`reads contract ${version} as it was written`, () =>
                assert.deepEqual(parse(whole(part), "stack prod"), whole(part)));
        }

        it("reads a later minor version, leaving out what it does not know", () => {
            const later = { ...latest, version: "1.9.0", somethingNew: true };
            assert.deepEqual(parse(whole(later), "stack prod"), whole({ ...latest, version: "1.9.0" }));
        });

        it("has a JSON Schema that takes every version, and what a later minor one adds anywhere", () => {
            const schema = outputJsonSchemas[output as keyof typeof outputJsonSchemas]();
            const isValid = new Ajv2020().compile(schema);
            const later = { ...latest, version: "1.9.0", somethingNew: true };
            for (const part of [...Object.values<Json>(versions), later]) {
                assert.ok(isValid(whole(part)), JSON.stringify(isValid.errors));
            }
            assert.ok(!JSON.stringify(schema).includes('"additionalProperties":false'));
            assert.ok(!isValid(whole({ ...latest, [field]: undefined })));
        });

        const refused: ReadonlyArray<readonly [string, unknown, RegExp]> = [
            [
                "a stack without the output",
                undefined,
                new RegExp(`^stack prod: expected an output named ${output}, got none; deploy that stack`),
            ],
            [
                "another major version, before all other faults",
                whole({ version: "2.0.0" }),
                new RegExp(`${path}\\.version: expected 1\\.x, got 2\\.0\\.0; use the reader of that version`),
            ],
            ["a missing field", whole({ ...latest, [field]: undefined }), new RegExp(`- ${path}\\.${field}: `)],
            ["a value of another form", "text", /stack prod: its outputs are not those of iot-domains/],
        ];
        for (const [what, value, message] of refused) {
            it(`refuses ${what}`, () => assert.throws(() => parse(value, "stack prod"), { message }));
        }
    });
}

describe("outputs/reader, routing", () => {
    const checked = { timeToLive: 60, healthCheck };
    const places = { default: "us-east-1", fallbacks: { default: ["eu-central-1"] }, ...checked };
    const policies: readonly Json[] = [
        { policy: "simple", timeToLive: 60 },
        { policy: "weighted", weights: { "us-east-1": 90 }, ...checked },
        { policy: "latency", ...checked, healthCheck: { type: "none" } },
        { policy: "failover", order: ["us-east-1", "eu-central-1"], ...checked },
        { policy: "geolocation", locations: { "eu-central-1": ["EU", "country:TR"] }, ...places },
        { policy: "geoproximity", bias: { "us-east-1": -5 }, ...checked },
        { policy: "ip-based", locations: { "eu-central-1": { factory: ["192.0.2.0/24"] } }, ...places },
    ];
    for (const routing of policies) {
        it(`keeps all of ${routing["policy"]}`, () => {
            const { telemetry } = parseDomains({ telemetry: { ...domain(), routing } }, "stack prod");
            assert.deepEqual(telemetry?.routing, routing);
        });
    }

    it("names the part of a health check that is missing", () => {
        const routing = { policy: "latency", timeToLive: 60, healthCheck: { type: "cloudwatch-alarm" } };
        assert.throws(() => parseDomains({ telemetry: { ...domain(), routing } }, "stack prod"), {
            message: /domains\.telemetry\.routing\.healthCheck\.alarmNames: /,
        });
    });
});
