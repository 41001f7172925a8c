import type { Finding } from "../finding";

/** A statement of an AWS IoT or IAM policy, as JSON has it. */
export interface PolicyStatement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
    readonly Action?: string | readonly string[];
    readonly NotAction?: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly NotResource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** An AWS IoT or IAM policy document. */
export interface PolicyDocument {
    readonly Version: string;
    readonly Statement: readonly PolicyStatement[];
}

/** The version of the policy language; with an older one, variables are plain text. */
export const policyLanguageVersion = "2012-10-17";

/**
 * Largest AWS IoT policy document in characters, white space left out.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html
 */
export const maximumIotPolicyLength = 2048;

const reference = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html";
const grammar = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

/** What could be read of a policy document, and what is wrong with its form. */
export interface ReadPolicyDocument {
    readonly document?: PolicyDocument;
    readonly findings: readonly Finding[];
}

/**
 * Reads a policy document that somebody wrote: JSON text, or the object that it stands for.
 *
 * Never throws. The document comes back with its statements as a list, whatever was given.
 */
export function readPolicyDocument(given: unknown, path: string): ReadPolicyDocument {
    const value = typeof given === "string" ? parseJson(given) : given;
    const malformed = (got: string): ReadPolicyDocument => ({ findings: [formFinding(path, got)] });
    if (!isObject(value)) {
        return malformed(typeof given === "string" ? "a text that is no JSON object" : "no JSON object");
    }
    const statements = Array.isArray(value["Statement"]) ? (value["Statement"] as unknown[]) : [value["Statement"]];
    const broken = statements.findIndex((statement) => !isStatement(statement));
    if (broken >= 0) {
        return malformed(`a Statement[${broken}] that is none`);
    }
    const document = { Version: String(value["Version"] ?? ""), Statement: statements as PolicyStatement[] };
    return { document, findings: [...versionFindings(document, path), ...lengthFindings(given, path)] };
}

/** A member of a policy that may be one text or several, as a list. */
export function asList(member: string | readonly string[] | undefined): readonly string[] {
    return typeof member === "string" ? [member] : (member ?? []);
}

/** The statements that allow something, each with its path. */
export function allowStatements(
    document: PolicyDocument,
    path: string,
): ReadonlyArray<{ readonly statement: PolicyStatement; readonly path: string }> {
    return document.Statement.map((statement, index) => ({ statement, path: `${path}.Statement[${index}]` })).filter(
        ({ statement }) => statement.Effect === "Allow",
    );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStatement(value: unknown): value is PolicyStatement {
    const isTextOrTexts = (member: unknown): boolean =>
        member === undefined ||
        typeof member === "string" ||
        (Array.isArray(member) && member.every((each) => typeof each === "string"));
    return (
        isObject(value) &&
        (value["Effect"] === "Allow" || value["Effect"] === "Deny") &&
        ["Action", "NotAction", "Resource", "NotResource"].every((name) => isTextOrTexts(value[name])) &&
        (value["Condition"] === undefined || isObject(value["Condition"]))
    );
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

function formFinding(path: string, got: string): Finding {
    return {
        rule: "iot-policy-document",
        severity: "high",
        path,
        got,
        expected: "a policy document with a list of statements, each with Effect, Action and Resource",
        remedy: "write it as the policy grammar says",
        reference: grammar,
    };
}

function versionFindings({ Version }: PolicyDocument, path: string): Finding[] {
    return Version === policyLanguageVersion
        ? []
        : [
              {
                  rule: "iot-policy-version",
                  severity: "high",
                  path: `${path}.Version`,
                  got: JSON.stringify(Version),
                  expected: policyLanguageVersion,
                  remedy: "set the version: older ones take policy variables for plain text",
                  reference: "https://docs.aws.amazon.com/iot/latest/developerguide/basic-policy-variables.html",
              },
          ];
}

function lengthFindings(given: unknown, path: string): Finding[] {
    const text = typeof given === "string" ? given : JSON.stringify(given);
    const length = text.replace(/\s/g, "").length;
    return length <= maximumIotPolicyLength
        ? []
        : [
              {
                  rule: "iot-policy-length",
                  severity: "high",
                  path,
                  got: `${length} characters without white space`,
                  expected: `at most ${maximumIotPolicyLength} characters without white space`,
                  remedy: "name fewer topics: put what belongs together below one topic and end it with /*",
                  reference,
              },
          ];
}
