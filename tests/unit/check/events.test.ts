import assert from "node:assert/strict";
import { changesIn, parentsIn, type EngineEvent } from "../../../commands/check/engineEvents";
import { refusalsIn, violationFinding } from "../../../commands/check/findings";
import { Locator } from "../../../commands/check/locator";
import { reportOf } from "../../../commands/check/preview";
import { StackFile } from "../../../commands/check/stackFile";
import { configurationDescription } from "../../../policies/framework/configurationPolicy";
import { exemptedText, type Exemption } from "../../../policies/framework/exemptions";
import { tlsSecurityPolicy } from "../../../policies/rules/tlsSecurityPolicy";

const file = new StackFile(
    "Pulumi.prod.yaml",
    "config:\n  iot-domains:domains:\n    telemetry:\n      domainName: a.example.com\n",
);
const locator = new Locator(file, new Map());
const prefix = "urn:pulumi:prod::iot-domains";
const urn = `${prefix}::aws:iot/domainConfiguration:DomainConfiguration::telemetry-us-east-1`;
const error = (message: string, about?: string): EngineEvent => ({
    diagnosticEvent: { severity: "error", message, urn: about },
});
const step = (op: string, name: string, parent?: string): EngineEvent => ({
    resourcePreEvent: { metadata: { op, urn: `${prefix}::aws:sns/topic:Topic::${name}`, new: { parent } } },
});

describe("a preview's events", () => {
    it("come to the changes, with the names of what is destroyed", () => {
        const events: EngineEvent[] = [
            step("replace", "a"),
            step("create-replacement", "a"),
            step("delete-replaced", "a"),
            step("delete", "b"),
            step("same", "c"),
            { summaryEvent: { resourceChanges: { replace: 1, delete: 1, same: 1 } } },
        ];
        const changes = changesIn(events);
        assert.deepEqual([changes?.create, changes?.replace, changes?.delete, changes?.same], [0, 1, 1, 1]);
        assert.deepEqual(
            changes?.destroyed.map(({ operation, name }) => [operation, name]),
            [
                ["replace", "a"],
                ["delete", "b"],
            ],
        );
        assert.equal(changesIn([step("delete", "b")]), undefined, "a preview without a summary did not end");
    });

    it("tell each resource's parent, also of what is deleted", () => {
        const deleted: EngineEvent = {
            resourcePreEvent: { metadata: { op: "delete", urn: "deleted", new: null, old: { parent: "its parent" } } },
        };
        assert.deepEqual(
            [...parentsIn([step("create", "a", "component"), deleted])],
            [
                [`${prefix}::aws:sns/topic:Topic::a`, "component"],
                ["deleted", "its parent"],
            ],
        );
    });
});

describe("a violation", () => {
    it("is told in the rule's own words, without what every one of its kind has", () => {
        const { description, reference } = tlsSecurityPolicy;
        const finding = violationFinding(
            {
                policyName: "tls-security-policy",
                enforcementLevel: "mandatory",
                resourceUrn: urn,
                message: `${description}\ntlsConfig.securityPolicy: expected a, got b; c\nSee ${reference}\n`,
            },
            locator,
        );
        assert.equal(finding.message, "tlsConfig.securityPolicy: expected a, got b; c");
        assert.equal(finding.reference, reference);
        assert.equal(finding.severity, "high");
        assert.equal(finding.remediation, tlsSecurityPolicy.remediation.code);
        assert.equal(finding.resource?.name, "telemetry-us-east-1");
    });

    it("that is exempted is told as a finding of its own rule, with who approved it, until when and why", () => {
        const exemption: Exemption = {
            rule: "tls-security-policy",
            resource: "*",
            reason: "modems: expected (2019)",
            approvedBy: "security@example.com",
            until: "2027-06-30",
        };
        const message = "tlsConfig.securityPolicy: expected a, got b; c";
        const read = (...exemptions: Exemption[]) =>
            violationFinding(
                {
                    policyName: "configuration",
                    enforcementLevel: "advisory",
                    resourceUrn: urn,
                    message: `${configurationDescription}\n${exemptedText(exemption, message)}`,
                },
                locator,
                exemptions,
            );
        const finding = read({ ...exemption, until: "2027-01-01" }, exemption);
        assert.deepEqual([finding.rule, finding.level, finding.message], [exemption.rule, "exempted", message]);
        assert.deepEqual(finding.exemption, {
            approvedBy: exemption.approvedBy,
            until: exemption.until,
            reason: exemption.reason,
        });
        assert.equal(finding.severity, tlsSecurityPolicy.severity);
        assert.deepEqual([read().rule, read().level], ["configuration", "advisory"], "an exemption of another run");
    });

    it("of another pack, or of the whole stack, is reported as well", () => {
        const finding = violationFinding(
            {
                policyName: "of-somebody",
                enforcementLevel: "advisory",
                message: "not so",
                resourceUrn: `${prefix}::pulumi:pulumi:Stack::p`,
            },
            locator,
        );
        assert.deepEqual(
            [finding.rule, finding.level, finding.message, finding.resource, finding.location?.line],
            ["of-somebody", "advisory", "not so", undefined, 1],
        );
    });
});

describe("an error of a preview", () => {
    const refusals = (...events: EngineEvent[]) => refusalsIn(events, locator);

    it("is a finding for each fault of the configuration", () => {
        const { findings, failures } = refusals(
            error(
                "The stack's configuration has 2 faults:\n" +
                    "  - domains.telemetry.domainName: expected a, got b; c\n" +
                    '  - hostdZone: expected one of x, got an unknown key; did you mean "hostedZone"?\n',
            ),
            error("preview failed\n"),
        );
        assert.deepEqual(failures, []);
        assert.deepEqual(
            findings.map(({ rule, message, location }) => [rule, message, location?.line]),
            [
                ["stack-configuration", "domains.telemetry.domainName: expected a, got b; c", 4],
                [
                    "stack-configuration",
                    'hostdZone: expected one of x, got an unknown key; did you mean "hostedZone"?',
                    1,
                ],
            ],
        );
    });

    it("is a finding where a resource is refused", () => {
        const { findings, failures } = refusals(error("unable to replace resource: it is protected", urn));
        assert.deepEqual(
            [findings.map(({ rule, resource }) => [rule, resource?.urn]), failures],
            [[["preview-refusal", urn]], []],
        );
    });

    it("is a failure of the check where neither the configuration nor a resource is at fault", () => {
        const messages = ["no credentials", "cannot find the zone"];
        const { findings, failures } = refusals(
            error("no credentials", `${prefix}::pulumi:providers:aws::default`),
            error("cannot find the zone", `${prefix}::pulumi:pulumi:Stack::iot-domains-prod`),
            { diagnosticEvent: { severity: "warning", message: "deprecated" } },
        );
        assert.deepEqual([findings, failures], [[], messages]);
    });

    it("is what the CLI said last where the events hold none", () => {
        const request = { stack: "no-such-stack", project: __dirname };
        const ended = (exitCode: number, stderr: string) =>
            reportOf(request, "preview", [], { exitCode, stdout: "", stderr }).failures;
        assert.deepEqual(ended(255, "error: no stack named x\n"), ["error: no stack named x"]);
        assert.match(ended(1, "")[0] ?? "", /ended with exit status 1 and said nothing/);
        assert.deepEqual(ended(0, "a warning"), []);
    });
});
