import assert from "node:assert/strict";
import { domainsOutputSchema } from "../../outputs/contract";
import { settings, TestStack } from "./stack";

/** A stack with a wildcard whose validation record is that of its parent, and a second domain that shares the record. */
const values = settings({
    domains: {
        telemetry: {
            domainName: "iot.example.com",
            certificate: { source: "acm", subjectAlternativeNames: ["*.iot.example.com"] },
        },
        updates: {
            domainName: "updates.iot.example.com",
            certificate: { source: "acm", subjectAlternativeNames: ["iot.example.com"], keyAlgorithm: "EC_prime256v1" },
        },
    },
});

describe("a stack's life", function () {
    this.timeout(240_000);
    const stack = new TestStack(values);
    after(() => stack.remove());

    it("is shown whole in a preview before anything exists", async () => {
        const { completed, changes } = await stack.preview();
        assert.equal(completed.exitCode, 0, completed.stdout + completed.stderr);
        assert.equal(changes.create, 29);
        assert.deepEqual(stack.inventory(), []);
    });

    it("comes up", async () => {
        await stack.up();
        assert.deepEqual(stack.inventory(), [
            "aws-global route53/resourceRecordSet",
            "aws-global route53/resourceRecordSet",
            "aws-global route53/resourceRecordSet",
            "aws-global route53/resourceRecordSet",
            "us-east-1 acm/certificate",
            "us-east-1 acm/certificate",
            "us-east-1 cloudwatch/alarm",
            "us-east-1 cloudwatch/alarm",
            "us-east-1 events/rule",
            "us-east-1 events/rule",
            "us-east-1 events/target",
            "us-east-1 events/target",
            "us-east-1 iot/domainConfiguration",
            "us-east-1 iot/domainConfiguration",
            "us-east-1 sns/subscription",
            "us-east-1 sns/topic",
        ]);
    });

    it("validates each name once, a wildcard with its parent", () => {
        const created = stack.sandbox
            .cloud()
            .trail()
            .filter(({ operation, outcome }) => operation === "ChangeResourceRecordSets" && outcome === "ok");
        const names = created
            .map(({ parameters }) => JSON.stringify(parameters))
            .filter((text) => text.includes("acm-validations"));
        assert.equal(names.length, 2, names.join("\n"));
    });

    it("gives each call the region it is about", () => {
        const regions = new Set(
            stack.sandbox
                .cloud()
                .trail()
                .filter(({ service }) => ["acm", "iot", "sns", "cloudwatch"].includes(service))
                .map(({ region }) => region),
        );
        assert.deepEqual([...regions], ["us-east-1"]);
    });

    it("says in its outputs what the contract promises", async () => {
        const { domains } = await stack.outputs();
        const { telemetry } = domainsOutputSchema.parse(domains);
        const region = telemetry?.regions["us-east-1"];
        assert.match(region?.cnameTarget ?? "", /-ats\.iot\.us-east-1\.amazonaws\.com$/);
        assert.ok(Date.parse(region?.certificateExpiry ?? "") > Date.now(), region?.certificateExpiry);
        assert.equal(telemetry?.domainName, "iot.example.com");
    });

    it("changes nothing when deployed again", async () => {
        const { completed, changes } = await stack.preview();
        assert.deepEqual(changes, { same: 29 }, completed.stdout + completed.stderr);
        assert.match((await stack.up()).stdout, /29 unchanged/);
    });

    it("has no drift", async () => {
        const { results } = await stack.look("refresh", "--preview-only");
        assert.deepEqual(
            results.filter(({ op }) => op !== "same"),
            [],
        );
        await stack.succeed("refresh", "--yes");
        assert.deepEqual((await stack.preview()).changes, { same: 29 });
    });

    it("changes the security policy in place", async () => {
        const changed = structuredClone(values) as any;
        changed.domains.updates.securityPolicy = "IoTSecurityPolicy_TLS13_1_2_2022_10";
        stack.configure(changed);
        // The pack refuses TLS 1.2; here it is about what the engine would do.
        const { changes, steps } = await stack.look("preview");
        assert.equal(changes.update, 1);
        assert.equal(changes.replace ?? 0, 0);
        const step = steps.find(({ op }) => op === "update");
        assert.equal(step?.type, "aws:iot/domainConfiguration:DomainConfiguration");
        assert.deepEqual(Object.keys(step?.detailedDiff ?? {}), ["tlsConfig.securityPolicy"]);
        await stack.succeed("up", "--yes");
        const described = await stack.sandbox.cloud().call({
            service: "iot",
            operation: "DescribeDomainConfiguration",
            region: "us-east-1",
            parameters: { domainConfigurationName: "test-updates" },
        });
        assert.equal(described.tlsConfig.securityPolicy, "IoTSecurityPolicy_TLS13_1_2_2022_10");
    });

    it("finds what was changed behind the engine's back, and mends it", async () => {
        await stack.sandbox.cloud().call({
            service: "iot",
            operation: "UpdateDomainConfiguration",
            region: "us-east-1",
            parameters: { domainConfigurationName: "test-telemetry", domainConfigurationStatus: "DISABLED" },
        });
        const { changes, results } = await stack.look("refresh", "--preview-only");
        assert.equal(changes.update, 1);
        assert.match(results.find(({ op }) => op === "update")?.urn ?? "", /telemetry-us-east-1$/);
        stack.configure(values);
        await stack.succeed("refresh", "--yes");
        await stack.up();
        const described = await stack.sandbox.cloud().call({
            service: "iot",
            operation: "DescribeDomainConfiguration",
            region: "us-east-1",
            parameters: { domainConfigurationName: "test-telemetry" },
        });
        assert.equal(described.domainConfigurationStatus, "ENABLED");
    });

    it("holds no private key in its state", async () => {
        assert.doesNotMatch(await stack.exported(), /PRIVATE KEY/);
    });

    it("goes down and leaves nothing in the cloud", async () => {
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(stack.inventory(), []);
    });
});
