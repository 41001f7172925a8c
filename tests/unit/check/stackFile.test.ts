import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { configurationPathsOf, type ResourceOrigin } from "../../../commands/check/configurationPaths";
import { foundResource, Locator } from "../../../commands/check/locator";
import { StackFile } from "../../../commands/check/stackFile";

const text = `# a comment
config:
  aws:region: us-east-1
  iot-domains:hostedZone: example.com
  iot-domains:regions: {us-east-1: {}, eu-central-1: {}}
  iot-domains:domains:
    telemetry:
      domainName: iot.example.com
      securityPolicy: IoTSecurityPolicy_TLS13_1_2_2022_10
      certificate:
        source: acm
        subjectAlternativeNames:
          - a.example.com
          - b.example.com
      routing: {policy: latency}
    telemetry-two:
      domainName: two.example.com
  iot-domains:provisioning:
    claim: {}
  iot-domains:alerts:
    emails: [ops@example.com]
  iot-domains:tags:
    "cost.center": "12"
`;
const lines = text.split("\n");
const file = new StackFile("Pulumi.prod.yaml", text);

describe("a stack's configuration file", () => {
    const repository = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-stack-file-"));
    const project = path.join(repository, "deploy", "domains");
    before(() => {
        fs.mkdirSync(project, { recursive: true });
        fs.writeFileSync(path.join(project, "Pulumi.prod.yaml"), text);
    });
    after(() => fs.rmSync(repository, { recursive: true, force: true }));

    it("is called as it is from the root of its repository, and by its own name where there is none", () => {
        assert.equal(StackFile.of(project, "prod")?.locate().file, "Pulumi.prod.yaml");
        fs.mkdirSync(path.join(repository, ".git"));
        assert.equal(StackFile.of(project, "prod")?.locate().file, "deploy/domains/Pulumi.prod.yaml");
    });

    it("is found by the stack's name with and without its organization and project", () => {
        assert.equal(StackFile.of(project, "acme/iot-domains/prod")?.textAt(["hostedZone"]), "example.com");
        assert.equal(StackFile.of(project, "acme/staging"), undefined);
    });
});

describe("places in a stack's configuration file", () => {
    const places: Readonly<Record<string, { line: string; path?: string }>> = {
        "domains.telemetry.securityPolicy": { line: "securityPolicy:" },
        "domains.telemetry-two.domainName": { line: "two.example.com" },
        "domains.telemetry.certificate.subjectAlternativeNames[1]": { line: "- b.example.com" },
        "regions.eu-central-1": { line: "iot-domains:regions" },
        "tags.cost.center": { line: '"cost.center"' },
        hostedZone: { line: "iot-domains:hostedZone" },
        "domains.telemetry.routing.policy": { line: "routing:" },
        "domains.telemetry.certificate.keyAlgorithm": { line: "certificate:", path: "domains.telemetry.certificate" },
        "alerts.emails[7]": { line: "emails:", path: "alerts.emails" },
    };
    for (const [path, { line, path: found = path }] of Object.entries(places)) {
        it(`has ${path} at "${line}"`, () => {
            const location = file.locateText(path);
            assert.match(lines[location.line - 1] ?? "", new RegExp(line));
            assert.equal(location.path, found);
            assert.equal(location.file, "Pulumi.prod.yaml");
        });
    }

    it("has the first line for what stands nowhere", () => {
        assert.deepEqual([file.locateText("environment").line, file.locateText("environment").path], [1, ""]);
    });

    it("marks a key with a short value whole, and of a mapping the key alone", () => {
        const marked = (path: string) => {
            const { line, column, endLine, endColumn } = file.locateText(path);
            assert.equal(line, endLine);
            return lines[line - 1]?.slice(column - 1, endColumn - 1);
        };
        assert.equal(marked("hostedZone"), "iot-domains:hostedZone: example.com");
        assert.equal(marked("domains.telemetry"), "telemetry");
    });

    it("is somewhere in the file for every path whatsoever", () => {
        fc.assert(
            fc.property(fc.string(), (path) => {
                const { line, column, endLine } = file.locateText(path);
                assert.ok(line >= 1 && column >= 1 && endLine >= line && endLine <= lines.length);
            }),
        );
    });

    it("survives a file that is no YAML, or holds no configuration", () => {
        for (const broken of ["", "{", "config: text", "- a\n- b"]) {
            assert.equal(new StackFile("Pulumi.dev.yaml", broken).locateText("domains.telemetry").line, 1);
        }
    });
});

describe("where a resource comes from", () => {
    const component = (type: string, name: string) => ({ type: `iot-domains:index:${type}`, name });
    const domain = component("CustomDomain", "telemetry");
    const cases: ReadonlyArray<readonly [origin: ResourceOrigin, property: string, path: string]> = [
        [
            {
                type: "aws:iot/domainConfiguration:DomainConfiguration",
                name: "telemetry-us-east-1",
                ancestors: [domain],
            },
            "tlsConfig.securityPolicy",
            "domains.telemetry.securityPolicy",
        ],
        [
            {
                type: "aws:iot/domainConfiguration:DomainConfiguration",
                name: "telemetry-us-east-1",
                ancestors: [domain],
            },
            "options.protect",
            "domains.telemetry",
        ],
        [
            {
                type: "aws:iot/domainConfiguration:DomainConfiguration",
                name: "telemetry-two-us-east-1",
                ancestors: [component("CustomDomain", "telemetry-two")],
            },
            "domainName",
            "domains.telemetry-two.domainName",
        ],
        [
            {
                type: "aws:acm/certificate:Certificate",
                name: "telemetry-certificate-us-east-1",
                ancestors: [component("ServerCertificates", "telemetry-certificate")],
            },
            "subjectAlternativeNames[0]",
            "domains.telemetry.certificate.subjectAlternativeNames",
        ],
        [
            {
                type: "aws:route53/record:Record",
                name: "telemetry-records-us-east-1",
                ancestors: [component("DomainRecords", "telemetry-records"), domain],
            },
            "ttl",
            "domains.telemetry.routing",
        ],
        [
            {
                type: "aws:route53/record:Record",
                name: "validation-two.example.com",
                ancestors: [component("ValidationRecords", "validation")],
            },
            "records[0]",
            "domains.telemetry-two",
        ],
        [
            {
                type: "aws:sns/topicSubscription:TopicSubscription",
                name: "us-east-1-alerts-ops",
                ancestors: [component("ExpiryAlerts", "us-east-1-alerts"), component("RegionalIot", "us-east-1")],
            },
            "endpoint",
            "alerts.emails",
        ],
        [
            {
                type: "aws:iot/provisioningTemplate:ProvisioningTemplate",
                name: "us-east-1-claim-template",
                ancestors: [component("ClaimProvisioning", "us-east-1-claim"), component("RegionalIot", "us-east-1")],
            },
            "preProvisioningHook",
            "provisioning.claim",
        ],
        [{ type: "aws:sns/topic:Topic", name: "something", ancestors: [] }, "tags.project", "tags"],
        [{ type: "aws:sns/topic:Topic", name: "own-eu-central-1", ancestors: [] }, "", "regions.eu-central-1"],
        [{ type: "aws:sns/topic:Topic", name: "own", ancestors: [] }, "", ""],
    ];
    for (const [origin, property, path] of cases) {
        it(`is ${path || "the file as a whole"} for ${property || "all"} of ${origin.name}`, () => {
            assert.equal(file.locate(...configurationPathsOf(origin, property, file)).path, path);
        });
    }

    it("is found along the components that made it", () => {
        const stack = "urn:pulumi:prod::iot-domains::pulumi:pulumi:Stack::iot-domains-prod";
        const parent = "urn:pulumi:prod::iot-domains::iot-domains:index:CustomDomain::telemetry";
        const urn = `${parent.replace("::telemetry", "")}$aws:iot/domainConfiguration:DomainConfiguration::telemetry-us-east-1`;
        const locator = new Locator(
            file,
            new Map([
                [urn, parent],
                [parent, stack],
            ]),
        );
        const resource = foundResource(urn);
        assert.deepEqual(
            [resource.type, resource.name],
            ["aws:iot/domainConfiguration:DomainConfiguration", "telemetry-us-east-1"],
        );
        const at = (message: string) => locator.ofResource(resource, message)?.path;
        assert.equal(at("tlsConfig.securityPolicy: expected a, got b; c"), "domains.telemetry.securityPolicy");
        assert.equal(
            at("Exempted from x, y approved until z (w): domainName: expected a, got b; c"),
            "domains.telemetry.domainName",
        );
        assert.equal(new Locator(undefined, new Map()).ofResource(resource, ""), undefined);
    });
});
