import { isJsonObject, parseJsonObject } from "../../json";

/** What a policy is attached to, which decides on the members that its statements take. */
export type PolicyKind = "identity" | "trust" | "resource";

interface PolicyStatement {
    readonly Sid?: unknown;
    readonly Effect?: unknown;
    readonly Principal?: unknown;
    readonly NotPrincipal?: unknown;
    readonly Action?: unknown;
    readonly NotAction?: unknown;
    readonly Resource?: unknown;
    readonly NotResource?: unknown;
    readonly Condition?: unknown;
}

type StatementCheck = (statement: PolicyStatement, kind: PolicyKind) => string | false | undefined;

const versions: readonly unknown[] = ["2008-10-17", "2012-10-17"];
const documentMembers = ["Version", "Id", "Statement"];
const statementMembers = "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" ");

const syntaxFault = "Syntax errors in policy.";

/** The actions that a role's trust policy can allow. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
const trustAction = /^(sts:(AssumeRole\w*|TagSession|SetSourceIdentity|SetContext|\*)|\*)$/i;

/** What every statement must keep. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const statementChecks: readonly StatementCheck[] = [
    (statement) => Object.keys(statement).some((name) => !statementMembers.includes(name)) && syntaxFault,
    ({ Effect }) => Effect !== "Allow" && Effect !== "Deny" && syntaxFault,
    ({ Sid }, kind) =>
        Sid !== undefined &&
        (typeof Sid !== "string" || (kind === "identity" && !/^[A-Za-z0-9]*$/.test(Sid))) &&
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ({ Condition }) => Condition !== undefined && !isConditionBlock(Condition) && syntaxFault,
    ({ Action, NotAction }) =>
        (Action === undefined) === (NotAction === undefined) && "Policy statement must contain actions.",
    ({ Action, NotAction }) => !isTextList(Action ?? NotAction) && syntaxFault,
    ({ Action, NotAction }) =>
        texts(Action ?? NotAction).some((action) => action !== "*" && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) &&
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ({ Action, NotAction }, kind) =>
        kind === "trust" &&
        texts(Action ?? NotAction).some((action) => !trustAction.test(action)) &&
        "AssumeRole policy may only specify STS AssumeRole actions.",
    ({ Principal, NotPrincipal }, kind) =>
        kind === "identity" &&
        (Principal !== undefined || NotPrincipal !== undefined) &&
        "Policy document should not specify a principal.",
    ({ Principal, NotPrincipal }, kind) =>
        kind !== "identity" &&
        Principal === undefined &&
        NotPrincipal === undefined &&
        "Missing required field Principal",
    ({ Principal, NotPrincipal }) =>
        (Principal ?? NotPrincipal) !== undefined && !isPrincipal(Principal ?? NotPrincipal) && syntaxFault,
    ({ Resource, NotResource }, kind) =>
        kind === "trust" && (Resource !== undefined || NotResource !== undefined) && "Has prohibited field Resource",
    ({ Resource, NotResource }, kind) =>
        kind !== "trust" &&
        (Resource === undefined) === (NotResource === undefined) &&
        "Policy statement must contain resources.",
    ({ Resource, NotResource }, kind) => kind !== "trust" && !isTextList(Resource ?? NotResource) && syntaxFault,
    ({ Resource, NotResource }) => {
        const strange = texts(Resource ?? NotResource).find((resource) => !isResource(resource));
        return strange !== undefined && `Resource ${strange} must be in ARN format or "*".`;
    },
];

/**
 * Why AWS would refuse a policy document as malformed, in IAM's words; `undefined` for a well-formed one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyFault(text: string, kind: PolicyKind): string | undefined {
    const document = parseJsonObject(text);
    if (document === undefined) {
        return "This policy contains invalid Json";
    }
    const { Version, Id, Statement } = document;
    const statements = asList(Statement) as PolicyStatement[];
    if (
        Object.keys(document).some((name) => !documentMembers.includes(name)) ||
        (Version !== undefined && !versions.includes(Version)) ||
        (Id !== undefined && typeof Id !== "string") ||
        statements.length === 0 ||
        !statements.every(isJsonObject)
    ) {
        return syntaxFault;
    }
    const identifiers = statements.map(({ Sid }) => Sid).filter((Sid) => Sid !== undefined && Sid !== "");
    if (new Set(identifiers).size < identifiers.length) {
        return "Statement IDs (SID) in a single policy must be unique.";
    }
    const faults = statements.flatMap((statement) => statementChecks.map((check) => check(statement, kind)));
    return faults.find((fault) => typeof fault === "string");
}

function statementsOf(text: string): PolicyStatement[] {
    return asList(parseJsonObject(text)?.Statement) as PolicyStatement[];
}

/** The actions that the statements of a well-formed policy name. */
export function actionsOf(text: string): string[] {
    return statementsOf(text).flatMap(({ Action, NotAction }) => texts(Action ?? NotAction));
}

/** Somebody whom a policy names, and what kind of name it is: `Service`, `AWS` ... */
export interface PolicyPrincipal {
    readonly kind: string;
    readonly name: string;
}

/** The principals that the statements of a well-formed policy name, other than everybody. */
export function principalsOf(text: string, effects = ["Allow", "Deny"]): PolicyPrincipal[] {
    return statementsOf(text)
        .filter(({ Effect }) => effects.includes(Effect as string))
        .map(({ Principal, NotPrincipal }) => Principal ?? NotPrincipal)
        .filter(isJsonObject)
        .flatMap((principal) => Object.entries(principal))
        .flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })));
}

/** Whether a statement of a well-formed policy allows something to everybody, on no condition. */
export function allowsEverybody(text: string): boolean {
    return statementsOf(text).some(
        ({ Effect, Principal, Condition }) =>
            Effect === "Allow" &&
            Condition === undefined &&
            (Principal === "*" || (isJsonObject(Principal) && texts(Principal.AWS).includes("*"))),
    );
}

function asList(value: unknown): unknown[] {
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): string[] {
    return asList(value).filter((item) => typeof item === "string");
}

function isTextList(value: unknown): boolean {
    return asList(value).length > 0 && asList(value).every((item) => typeof item === "string");
}

const principalKinds = ["AWS", "Service", "Federated", "CanonicalUser"];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function isPrincipal(value: unknown): boolean {
    return (
        value === "*" ||
        (isJsonObject(value) &&
            Object.keys(value).length > 0 &&
            Object.entries(value).every(([kind, names]) => principalKinds.includes(kind) && isTextList(names)))
    );
}

function isConditionBlock(value: unknown): boolean {
    return isJsonObject(value) && Object.values(value).every(isJsonObject);
}

/** An ARN, perhaps with wildcards and policy variables in its parts. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function isResource(text: string): boolean {
    return text === "*" || text === "arn:*" || /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(text);
}
