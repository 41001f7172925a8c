import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Sandbox } from "../../sandbox";
import { findPulumiCli, withCli } from "../../sandbox/cli";
import { Cloud } from "../../sandbox/cloud";
import { furnishHostedZone } from "../../sandbox/engine/hostedZone";
import { standInPlugins } from "../../sandbox/engine/project";
import { completion, startProcess } from "../../sandbox/engine/childProcess";
import { assertValidSarif } from "../unit/check/sarifSchema";
import { CheckedProject, outline } from "./checkCommand";

/** Lines count: the tests below name them. */
const configuration = `config:
  aws:region: us-east-1
  iot-domains:environment: production
  iot-domains:hostedZone: example.com
  iot-domains:regions:
    us-east-1: {}
  iot-domains:domains:
    telemetry:
      domainName: iot.example.com
      securityPolicy: IoTSecurityPolicy_TLS13_1_3_2022_10
  iot-domains:alerts:
    emails: [ops@example.com]
`;
const lenient = configuration.replace("TLS13_1_3_2022_10", "TLS13_1_2_2022_10");
const tlsFinding = "mandatory, tls-security-policy, line 10, telemetry-us-east-1";

describe("npm run check", function () {
    this.timeout(240_000);

    describe("by a preview in the sandbox", () => {
        const project = new CheckedProject();
        after(() => project.remove());

        it("finds nothing in a sound stack, counts the changes, and deploys nothing", async () => {
            project.write("Pulumi.prod.yaml", configuration);
            const report = await project.report(["--stack", "prod"]);
            assert.deepEqual([report.exitCode, report.findings, report.failures], [0, [], []]);
            assert.ok((report.changes?.create ?? 0) > 5);
            const sandbox = new Sandbox({ directory: project.sandbox });
            const inventory = sandbox
                .cloud()
                .resources()
                .filter(({ service }) => service !== "route53");
            sandbox.close();
            assert.deepEqual(inventory, []);
        });

        it("fails at a violation, and names the line that causes it, in every format at once", async () => {
            project.write("Pulumi.prod.yaml", lenient);
            const files = ["report.json", "report.sarif", "report.md", "report.xml", "report.txt"];
            const outputs = files.flatMap((file) => ["--output", file]);
            const { exitCode, stderr } = await project.check(["--stack", "prod", ...outputs]);
            assert.equal(exitCode, 1, stderr);
            assert.deepEqual(outline(JSON.parse(project.read("report.json")).findings), [tlsFinding]);
            const sarif = JSON.parse(project.read("report.sarif"));
            assertValidSarif(sarif);
            const [result] = sarif.runs[0].results;
            assert.equal(result.ruleId, "tls-security-policy");
            const [{ physicalLocation }] = result.locations;
            assert.deepEqual(
                [physicalLocation.artifactLocation.uri, physicalLocation.region.startLine],
                ["Pulumi.prod.yaml", 10],
            );
            for (const file of files) {
                assert.match(project.read(file), /tls-security-policy/, file);
            }
        });

        it("passes with advice alone", async () => {
            project.write("Pulumi.prod.yaml", lenient);
            const file = project.write("advice.json", { "tls-security-policy": "advisory" });
            const report = await project.report(["--stack", "prod", "--policy-pack-config", file]);
            assert.equal(report.exitCode, 0);
            assert.deepEqual(outline(report.findings), [tlsFinding.replace("mandatory", "advisory")]);
        });

        it("reports the faults of a configuration that the program refuses, each at its line", async () => {
            project.write(
                "Pulumi.prod.yaml",
                configuration.replace("domainName: iot", "domainName: IoT").replace("emails", "email"),
            );
            const report = await project.report(["--stack", "prod"]);
            assert.equal(report.exitCode, 1);
            assert.deepEqual(outline(report.findings), [
                "mandatory, stack-configuration, line 9, the stack",
                "mandatory, stack-configuration, line 12, the stack",
            ]);
            assert.equal(report.changes, undefined, "what was registered before the fault is no change");
        });

        const unchecked: Readonly<Record<string, { args: string[]; says: RegExp }>> = {
            "for a stack that has no configuration": {
                args: ["--stack", "staging"],
                says: /Pulumi\.staging\.yaml.*there are prod/,
            },
            "for no stack": { args: [], says: /--stack: expected the name of a stack, got nothing/ },
            "for a misspelt rule in the pack's configuration": {
                args: ["--stack", "prod", "--policy-pack-config", "misspelt.json"],
                says: /did you mean tls-security-policy/,
            },
            "for a configuration of the pack that is no JSON": {
                args: ["--stack", "prod", "--policy-pack-config", "Pulumi.yaml"],
                says: /Pulumi\.yaml: expected a JSON file, got .*; correct it/,
            },
            "for a configuration of the pack that is not there": {
                args: ["--stack", "prod", "--policy-pack-config", "no-such-file.json"],
                says: /no-such-file\.json: expected a JSON file, got ENOENT/,
            },
            "for a state that is none": {
                args: ["--state", "Pulumi.yaml"],
                says: /--state: expected a file that `pulumi stack export` wrote/,
            },
            "for a state of another form": {
                args: ["--state", "odd.json"],
                says: /got JSON of another form \(deployment\.resources\[0\]\.urn: .*expected string/,
            },
            "where its report cannot be written": {
                args: ["--state", "odd.json", "--output", "no-such-folder/report.md"],
                says: /--output: expected a file that can be written, got ENOENT: .*no-such-folder/,
            },
        };
        it("brings every report up to date where it could not check, and says why on the terminal", async () => {
            const files = ["unchecked.md", "unchecked.sarif", "unchecked.xml"];
            const { exitCode, stderr } = await project.check([
                "--stack",
                "staging",
                ...files.flatMap((file) => ["--output", file]),
            ]);
            assert.equal(exitCode, 2);
            assert.match(stderr, /Pulumi\.staging\.yaml.*there are prod/);
            assert.match(
                project.read("unchecked.md"),
                /^<!-- iot-domains check: staging -->\n\n.*could not be checked\n/,
            );
            const sarif = JSON.parse(project.read("unchecked.sarif"));
            assertValidSarif(sarif);
            assert.equal(sarif.runs[0].invocations[0].executionSuccessful, false);
            assert.match(project.read("unchecked.xml"), /errors="1"/);
        });

        for (const [title, { args, says }] of Object.entries(unchecked)) {
            it(`says that it could not check ${title}`, async () => {
                project.write("Pulumi.prod.yaml", configuration);
                project.write("odd.json", { deployment: { resources: [{ type: "aws:sns/topic:Topic" }] } });
                project.write("misspelt.json", { "tls-securty-policy": "advisory" });
                const { exitCode, stdout, stderr } = await project.check(args);
                assert.match(stdout + stderr, says);
                assert.equal(exitCode, 2);
            });
        }
    });

    describe("of a stack that is deployed", () => {
        const project = new CheckedProject();
        const sandbox = new Sandbox({ directory: project.sandbox });
        const state = path.join(project.folder, "state.json");
        before(async () => {
            project.write("Pulumi.prod.yaml", lenient);
            await sandbox.prepareStack("prod", project.folder);
            const options = { stack: "prod", project: project.folder };
            assert.equal((await sandbox.pulumi(["up", "--yes"], options)).exitCode, 0);
            fs.writeFileSync(state, (await sandbox.pulumi(["stack", "export"], options)).stdout);
            sandbox.close();
        });
        after(() => project.remove());

        it("finds in its exported state what a preview finds, without an engine", async () => {
            const offline = await project.report(["--state", state], { PATH: "" });
            assert.equal(offline.exitCode, 1);
            assert.equal(offline.stack, "prod");
            assert.deepEqual(outline(offline.findings), [tlsFinding]);
            const previewed = await project.report(["--stack", "prod"]);
            assert.deepEqual(outline(previewed.findings), [tlsFinding]);
            assert.equal(previewed.changes?.create, 0);
        });

        it("configures the pack for the state as for a preview", async () => {
            const exemption = {
                rule: "tls-security-policy",
                resource: "*telemetry*",
                reason: "modems",
                approvedBy: "security@example.com",
                until: "2999-12-31",
            };
            project.write("Pulumi.prod.policies.json", { configuration: { exemptions: [exemption] } });
            const { exitCode, findings } = await project.report(["--state", state]);
            assert.equal(exitCode, 0);
            assert.deepEqual(outline(findings), [tlsFinding.replace("mandatory", "exempted")]);
            assert.deepEqual(findings[0]?.exemption, {
                approvedBy: exemption.approvedBy,
                until: exemption.until,
                reason: exemption.reason,
            });
            const { stdout } = await project.check(["--stack", "prod", "--format", "sarif"]);
            const sarif = JSON.parse(stdout);
            assertValidSarif(sarif);
            const [result] = sarif.runs[0].results;
            assert.equal(result.ruleId, "tls-security-policy");
            assert.match(
                result.suppressions[0].justification,
                /security@example\.com approved until 2999-12-31 \(modems\)/,
            );
        });

        it("reports a replacement that the program refuses in the preview, with what it would come to", async () => {
            project.write("Pulumi.prod.policies.json", {});
            project.write("Pulumi.prod.yaml", configuration.replace("iot.example.com", "other.example.com"));
            const { exitCode, findings } = await project.report(["--stack", "prod"]);
            assert.equal(exitCode, 1);
            assert.deepEqual(
                findings.map(({ rule, location }) => [rule, location?.path]),
                [["preview-refusal", "domains.telemetry"]],
            );
            assert.match(findings[0]?.message ?? "", /This replaces what serves iot\.example\.com/);
        });
    });

    describe("against an account", () => {
        const project = new CheckedProject(standInPlugins);
        const state = path.join(project.directory, "state");
        const environment = {
            PULUMI_BACKEND_URL: pathToFileURL(state).href,
            PULUMI_HOME: path.join(project.directory, "pulumi-home"),
            PULUMI_CONFIG_PASSPHRASE: "correct horse",
            IOT_DOMAINS_SANDBOX_CLOUD: path.join(project.directory, "cloud"),
        };
        before(async () => {
            fs.mkdirSync(state);
            const cli = await findPulumiCli();
            const args = ["-C", project.folder, "stack", "init", "prod"];
            const options = { environment: withCli(cli, { ...process.env, ...environment }) };
            assert.equal((await completion(startProcess(cli.executable, args, options))).exitCode, 0);
        });
        after(() => project.remove());

        it("uses the user's own login, and cannot check what the account does not have", async () => {
            const salt = /^encryptionsalt: .*$/m.exec(project.read("Pulumi.prod.yaml"))?.[0];
            project.write("Pulumi.prod.yaml", `${lenient}${salt}\n`);
            const { exitCode, failures } = await project.report(["--stack", "prod", "--account"], environment);
            assert.equal(exitCode, 2);
            assert.match(failures.join("\n"), /hosted zone|getZone|Route 53/i, "the account has no hosted zone yet");
            assert.equal(fs.existsSync(project.sandbox), false, "the sandbox has no part in it");
        });

        it("finds what the sandbox finds where the account has what the stack needs", async () => {
            const cloud = new Cloud({ directory: environment.IOT_DOMAINS_SANDBOX_CLOUD });
            await furnishHostedZone(cloud, "example.com");
            cloud.close();
            const { exitCode, findings } = await project.report(["--stack", "prod", "--account"], environment);
            assert.equal(exitCode, 1);
            assert.deepEqual(outline(findings), [tlsFinding]);
        });
    });
});
