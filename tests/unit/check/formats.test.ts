import assert from "node:assert/strict";
import fc from "fast-check";
import { create } from "xmlbuilder2";
import { checkRules } from "../../../commands/check/checkRules";
import {
    exitStatusOf,
    grouped,
    outcomeInWords,
    type CheckFinding,
    type CheckReport,
    type Location,
} from "../../../commands/check/finding";
import { formatNames, formats } from "../../../commands/check/formats";
import { assertValidSarif } from "./sarifSchema";

const location: Location = {
    file: "Pulumi.prod.yaml",
    path: "domains.telemetry.securityPolicy",
    line: 17,
    column: 7,
    endLine: 17,
    endColumn: 58,
};

function finding(overrides: Partial<CheckFinding> = {}, region = "us-east-1"): CheckFinding {
    const type = "aws:iot/domainConfiguration:DomainConfiguration";
    const name = `telemetry-${region}`;
    return {
        rule: "tls-security-policy",
        title: "TLS security policy",
        severity: "high",
        level: "mandatory",
        resource: { urn: `urn:pulumi:prod::iot-domains::${type}::${name}`, type, name },
        message: 'tlsConfig.securityPolicy: expected a, got "b"; set it',
        remediation: "tlsConfig: {}",
        reference: "https://docs.aws.amazon.com/iot/",
        location,
        ...overrides,
    };
}

function report(findings: readonly CheckFinding[], overrides: Partial<CheckReport> = {}): CheckReport {
    return { stack: "prod", subject: "preview in the sandbox", findings, failures: [], ...overrides };
}

const advice = finding({ rule: "certificate-wildcard", level: "advisory", severity: "low" });
const exemption = { approvedBy: "security@example.com", until: "2027-06-30", reason: "modems speak TLS 1.2" };
const exempted = finding({ level: "exempted", exemption });
const changes = { create: 1, update: 2, replace: 1, delete: 0, same: 4, destroyed: [] };

/** Whatever a configuration can put into a message. */
const anyText = fc.string({ unit: "binary", maxLength: 60 });
const anyFinding = fc.record({
    message: anyText,
    title: anyText,
    severity: fc.constantFrom("low", "medium", "high", "critical"),
    ...{ level: fc.constantFrom("mandatory", "advisory", "exempted"), exemption: fc.constant(exemption) },
    rule: fc.constantFrom("tls-security-policy", "stack-configuration", "another-pack-rule"),
    location: fc.constantFrom(location, undefined),
    resource: fc.option(
        anyText.map((name) => ({ urn: `urn:pulumi:prod::p::t::${name}`, type: "t", name })),
        { nil: undefined },
    ),
}) as fc.Arbitrary<Partial<CheckFinding>>;
const anyReport = fc
    .tuple(fc.array(anyFinding, { maxLength: 5 }), fc.array(anyText, { maxLength: 2 }))
    .map(([findings, failures]) =>
        report(
            findings.map((each) => finding(each)),
            { failures },
        ),
    );

describe("the exit status of a check", () => {
    const cases: ReadonlyArray<readonly [string, CheckReport, number]> = [
        ["without findings", report([]), 0],
        ["with advice alone", report([advice]), 0],
        ["with what is exempted", report([exempted]), 0],
        ["with a violation", report([advice, finding()]), 1],
        ["that could not be made in full, whatever it found", report([finding()], { failures: ["no login"] }), 2],
    ];
    for (const [title, checked, status] of cases) {
        it(`is ${status} ${title}`, () => assert.equal(exitStatusOf(checked), status));
    }
});

describe("the outcome of a check in words", () => {
    const failures = ["no login"];
    for (const [checked, words] of [
        [report([]), "no findings"],
        [report([finding(), advice]), "1 mandatory, 1 advisory"],
        [report([], { failures }), "could not be checked"],
        [report([finding()], { failures }), "could not be checked in full, 1 mandatory, 0 advisory"],
    ] as const) {
        it(`is "${words}"`, () => {
            assert.equal(outcomeInWords(checked), words);
            for (const format of ["text", "markdown"] as const) {
                assert.ok(formats[format](checked).includes(`: ${words}\n`), format);
            }
        });
    }
});

describe("SARIF", () => {
    const read = (checked: CheckReport) => JSON.parse(formats.sarif(checked)) as any;

    it("keeps the official schema, whatever the findings hold", () => {
        assertValidSarif(read(report([finding(), advice], { changes })));
        fc.assert(
            fc.property(anyReport, (any) => assertValidSarif(read(any))),
            { numRuns: 50 },
        );
    });

    it("describes every rule with its page and its remedies, and points each result to its rule", () => {
        const [{ tool, results }] = read(report([advice, finding(), finding({ rule: "another-pack-rule" })])).runs;
        const { rules } = tool.driver;
        assert.deepEqual(
            rules.map(({ id }: { id: string }) => id),
            [...checkRules.map(({ name }) => name), "another-pack-rule"],
        );
        for (const rule of rules.slice(0, checkRules.length)) {
            assert.match(rule.helpUri, /^https:/);
            assert.ok(rule.help.markdown.includes(rule.shortDescription.text));
        }
        assert.deepEqual(
            results.map((result: any) => [rules[result.ruleIndex].id, result.level]),
            [
                ["another-pack-rule", "error"],
                ["tls-security-policy", "error"],
                ["certificate-wildcard", "note"],
            ],
        );
    });

    it("knows a finding again when its line has moved, and tells it from that of another resource", () => {
        const print = (each: CheckFinding) => read(report([each])).runs[0].results[0].partialFingerprints;
        assert.deepEqual(print(finding()), print(finding({ location: { ...location, line: 99 } })));
        assert.notDeepEqual(print(finding()), print(finding({}, "eu-central-1")));
        const left = (days: number) =>
            print(finding({ message: `certificateBody: expected a, got ${days} days left; b` }));
        assert.deepEqual(left(29), left(7));
        const at = (index: number) => print(finding({ message: `policy.Statement[${index}]: expected a, got b; c` }));
        assert.notDeepEqual(at(0), at(1));
    });

    it("has what is exempted as a result that is suppressed, with who approved it, until when and why", () => {
        const log = read(report([exempted, finding({}, "eu-central-1")]));
        assertValidSarif(log);
        const [violated, suppressed] = log.runs[0].results;
        assert.deepEqual(violated.suppressions, []);
        assert.deepEqual([suppressed.ruleId, suppressed.level], ["tls-security-policy", "error"]);
        assert.deepEqual(suppressed.suppressions, [
            {
                kind: "external",
                status: "accepted",
                justification: "security@example.com approved until 2027-06-30 (modems speak TLS 1.2)",
            },
        ]);
    });

    it("says that it is incomplete where something could not be checked", () => {
        const [{ invocations }] = read(report([], { failures: ["no login"] })).runs;
        assert.equal(invocations[0].executionSuccessful, false);
        assert.equal(invocations[0].toolExecutionNotifications[0].message.text, "no login");
    });
});

describe("JUnit XML", () => {
    const read = (checked: CheckReport) => create(formats.junit(checked)).end({ format: "object" }) as any;

    it("has a failure for each violation, and a passed test for each rule that is kept", () => {
        const { testsuite } = read(report([finding(), finding({}, "eu-central-1"), advice])).testsuites;
        assert.equal(testsuite["@failures"], "2");
        const cases = testsuite.testcase as any[];
        assert.equal(cases.filter(({ failure }) => failure).length, 2);
        assert.equal(cases.length, Number(testsuite["@tests"]));
        assert.equal(cases.length, checkRules.length - 2 + 3);
    });

    for (const [title, stopped] of [
        ["could not be made", report([], { failures: ["no login"] })],
        ["was stopped by the configuration", report([finding({ rule: "stack-configuration" })])],
        ["was stopped by a resource", report([finding({ rule: "preview-refusal" })])],
    ] as const) {
        it(`calls no rule kept where the check ${title}`, () => {
            const { testsuite } = read(stopped).testsuites;
            assert.equal(testsuite["@tests"], "1");
        });
    }

    it("skips the test of a rule that the pack's configuration turned off", () => {
        const { testsuite } = read(report([], { disabled: ["domain-name"] })).testsuites;
        const cases = testsuite.testcase as any[];
        assert.equal(testsuite["@skipped"], "1");
        assert.equal(cases.length, checkRules.length);
        assert.match(cases.find((each) => each["@name"] === "domain-name").skipped["@message"], /disabled/);
    });

    it("skips the test of what is exempted", () => {
        const { testsuite } = read(report([exempted])).testsuites;
        const skipped = (testsuite.testcase as any[]).filter((testcase) => testcase.skipped);
        assert.deepEqual([skipped.length, testsuite["@failures"], testsuite["@skipped"]], [1, "0", "1"]);
        assert.match(skipped[0].skipped["@message"], /security@example\.com approved until 2027-06-30/);
    });

    it("can be read, whatever the findings hold", () => {
        fc.assert(
            fc.property(anyReport, (any) => {
                const { testsuite } = read(any).testsuites;
                assert.equal(Number(testsuite["@errors"]), any.failures.length);
            }),
            { numRuns: 50 },
        );
    });
});

describe("the comment on a pull request", () => {
    it("begins with a line by which it is found again, and tells the changes and what is destroyed", () => {
        const destroyed = [{ ...finding().resource!, operation: "replace" as const }];
        const text = formats.markdown(report([finding()], { changes: { ...changes, destroyed } }));
        assert.equal(text.split("\n")[0], "<!-- iot-domains check: prod -->");
        assert.match(text, /1 mandatory, 0 advisory/);
        assert.match(text, /1 to create, 2 to update, 1 to replace, 0 to delete, 4 unchanged/);
        assert.match(text, /- replace telemetry-us-east-1/);
    });

    it("says the same of all regions once", () => {
        const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];
        const findings = regions.map((region) => finding({}, region));
        assert.deepEqual(
            grouped(findings).map(({ resources }) => resources.length),
            [3],
        );
        const rows = formats
            .markdown(report(findings))
            .split("\n")
            .filter((line) => line.startsWith("| mandatory"));
        assert.equal(rows.length, 1);
        assert.ok(regions.every((region) => rows[0]?.includes(`telemetry-${region}`)));
    });

    it("lets no text from a configuration become markup, a mention or another row", () => {
        const message = "<img src=x> @everyone [a](https://evil.example) | x\n| y `z`";
        const text = formats.markdown(report([finding({ message })]));
        assert.doesNotMatch(text, /<img|@everyone|[^\\]\]\(https:\/\/evil/);
        assert.match(text, /&#64;everyone .* &#124; x<br>&#124; y \\`z\\`/);
        assert.equal(text.split("\n").filter((line) => line.startsWith("|")).length, 3);
    });

    it("stays short with hundreds of findings", () => {
        const findings = Array.from({ length: 500 }, (_, index) =>
            finding({ message: `${index}: ${"x".repeat(500)}` }),
        );
        const text = formats.markdown(report(findings));
        assert.ok(text.length < 65_536);
        assert.match(text, /475 more are in the full report/);
    });

    it("stays short enough for GitHub, however long a text, a list of resources or a failure is", () => {
        const endless = "|".repeat(10_000);
        const destroyed = Array.from({ length: 500 }, () => ({ ...finding().resource!, operation: "delete" as const }));
        const findings = Array.from({ length: 25 }, (_, index) => finding({ message: `${index} ${endless}` }));
        const everywhere = Array.from({ length: 300 }, (_, index) => finding({ rule: "domain-name" }, `r${index}`));
        const failures = Array.from({ length: 10 }, () => endless);
        const text = formats.markdown(
            report([...everywhere, ...findings], { failures, changes: { ...changes, destroyed } }),
        );
        assert.ok(text.length < 65_536, `${text.length} characters`);
        assert.match(text, /telemetry-r0<br>.*and 290 more/);
        assert.match(text, /- and 475 more/);
        assert.match(text, /\n\d+ more are in the full report/);
        assert.match(text, /8 more failures are in the full report/);
    });
});

describe("GitHub's annotations", () => {
    it("keep to one line each, and let no text end a command or begin another", () => {
        const message = "100% of it\n::error::forged";
        const text = formats.github(report([finding({ message, title: "a, b: c" })]));
        assert.equal(text.trimEnd().split("\n").length, 1);
        assert.match(
            text,
            /^::error file=Pulumi\.prod\.yaml,line=17,endLine=17,title=tls-security-policy%3A a%2C b%3A c::/,
        );
        assert.match(text, /100%25 of it%0A::error::forged/);
    });
});

describe("GitLab's Code Quality", () => {
    it("has for each finding a description, a fingerprint, a severity and a line", () => {
        const issues = JSON.parse(formats.gitlab(report([finding(), advice]))) as any[];
        assert.deepEqual(
            issues.map(({ check_name, severity, location: at }) => [check_name, severity, at.path, at.lines.begin]),
            [
                ["tls-security-policy", "critical", "Pulumi.prod.yaml", 17],
                ["certificate-wildcard", "info", "Pulumi.prod.yaml", 17],
            ],
        );
        assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, 2);
    });
});

describe("every format", () => {
    for (const name of formatNames) {
        it(`${name} names the rule, what was found and where`, () => {
            const text = formats[name](report([finding()]));
            assert.match(text, /tls-security-policy/);
            assert.match(text, /expected a, got/);
            assert.match(text, /Pulumi\.prod\.yaml/);
            assert.match(text, /17/);
        });

        it(`${name} shows what is exempted, and who approved it, until when and why`, () => {
            const text = formats[name](report([exempted])).replaceAll(/\\|&#64;/g, (found) =>
                found === "\\" ? "" : "@",
            );
            assert.match(text, /tls-security-policy/);
            assert.match(text, /exempted/i);
            for (const part of Object.values(exemption)) {
                assert.ok(text.includes(part), `${part} is missing in ${text}`);
            }
        });
    }
});
