import { create } from "xmlbuilder2";
import { checkRules, configurationRule, refusalRule } from "../checkRules";
import { inOrder, type CheckFinding, type CheckReport } from "../finding";
import { exemptionInWords, locationInWords } from "./words";

interface TestCase {
    readonly "@classname": string;
    readonly "@name": string;
    readonly [element: string]: unknown;
}

/**
 * JUnit XML: a test case for each finding, and one for each rule that is kept.
 *
 * An advisory finding passes with its text in `system-out`, for JUnit knows no warnings; an exempted one is skipped.
 *
 * @param passed What else passes: names of test cases. @default the check's rules that no finding is of
 * @param skipped What was not looked at: names of test cases with the reason. @default the rules that are disabled
 */
export function junit(
    report: CheckReport,
    passed: readonly string[] = keptRules(report),
    skipped: ReadonlyMap<string, string> = disabledTests(report),
): string {
    const { stack, findings, failures } = report;
    const classname = `iot-domains.${stack}`;
    const testcase = (name: string, content: object = {}): TestCase => ({
        "@classname": classname,
        "@name": name,
        ...content,
    });
    const cases = [
        ...failures.map((failure) =>
            testcase("check", { error: { "@message": "could not be checked", "#": failure } }),
        ),
        ...inOrder(findings).map((finding) => testcase(nameOf(finding), outcome(finding))),
        ...passed.map((name) => testcase(name)),
        ...[...skipped].map(([name, reason]) => testcase(name, { skipped: { "@message": reason } })),
    ];
    const counts = {
        "@tests": cases.length,
        "@failures": findings.filter(({ level }) => level === "mandatory").length,
        "@errors": failures.length,
        "@skipped": skipped.size + findings.filter(({ level }) => level === "exempted").length,
    };
    const document = {
        testsuites: { "@name": "iot-domains", ...counts, testsuite: { "@name": stack, ...counts, testcase: cases } },
    };
    return `${create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" }, document).end({ prettyPrint: true })}\n`;
}

/** Rules that were asked and found nothing: none where the preview was stopped before it had judged everything. */
function keptRules({ findings, failures, disabled = [] }: CheckReport): string[] {
    if (failures.length > 0 || findings.some(({ rule }) => rule === configurationRule || rule === refusalRule)) {
        return [];
    }
    const others = new Set([...findings.map(({ rule }) => rule), ...disabled]);
    return checkRules.map(({ name }) => name).filter((name) => !others.has(name));
}

function disabledTests({ disabled = [] }: CheckReport): ReadonlyMap<string, string> {
    return new Map(disabled.map((name) => [name, "disabled in the pack's configuration"]));
}

function nameOf({ rule, resource }: CheckFinding): string {
    return resource === undefined ? rule : `${rule}: ${resource.name}`;
}

function outcome(finding: CheckFinding): object {
    const { level, severity, title, resource, location, message, reference } = finding;
    const details = [
        message,
        ...(resource === undefined ? [] : [resource.urn]),
        ...(location === undefined ? [] : [locationInWords(location)]),
        reference,
    ].join("\n");
    const exemption = exemptionInWords(finding);
    if (exemption !== undefined) {
        return { skipped: { "@message": `exempted: ${exemption}` }, "system-out": details };
    }
    return level === "mandatory"
        ? { failure: { "@message": title, "@type": severity, "#": details } }
        : { "system-out": `advisory: ${details}` };
}
