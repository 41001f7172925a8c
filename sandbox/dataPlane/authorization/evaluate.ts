import {
    asList,
    policyLanguageVersion,
    type PolicyDocument,
    type PolicyStatement,
} from "../../../rules/provisioning/policyDocument";
import { matchesTokens, matchesWildcards, wildcardTokens } from "../../../rules/provisioning/wildcards";
import { conditionsHold } from "./conditions";
import { substitute, type PolicyVariables } from "./variables";

/** What a device wants to do. */
export interface PolicyRequest {
    /** `iot:Publish` */
    readonly action: string;
    /** ARN. */
    readonly resource: string;
    readonly variables: PolicyVariables;
}

/**
 * Whether policies allow something: one of them must, and none may deny it.
 *
 * What cannot be understood counts against the device: a statement that allows does not apply then, and one that denies does.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html
 */
export function isAllowed(documents: readonly PolicyDocument[], request: PolicyRequest): boolean {
    const statements = documents.flatMap((document) =>
        document.Statement.map((statement) => ({ statement, replaces: document.Version === policyLanguageVersion })),
    );
    const effects = statements
        .filter(({ statement, replaces }) => applies(statement, replaces, request))
        .map(({ statement }) => statement.Effect);
    return effects.includes("Allow") && !effects.includes("Deny");
}

function applies(
    statement: PolicyStatement,
    replaces: boolean,
    { action, resource, variables }: PolicyRequest,
): boolean {
    const isAction = (pattern: string) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase());
    const isResource = (pattern: string) => {
        // In documents of an older version, variables are plain text.
        const tokens = replaces ? substitute(pattern, variables) : wildcardTokens(pattern);
        return tokens !== undefined && matchesTokens(tokens, resource);
    };
    const named =
        isNamed(statement.Action, statement.NotAction, isAction) &&
        isNamed(statement.Resource, statement.NotResource, isResource);
    return named && (conditionsHold(statement.Condition, variables) ?? statement.Effect === "Deny");
}

/** Whether a member names something, or its opposite does not. */
function isNamed(
    member: string | readonly string[] | undefined,
    opposite: string | readonly string[] | undefined,
    matches: (pattern: string) => boolean,
): boolean {
    return opposite === undefined ? asList(member).some(matches) : !asList(opposite).some(matches);
}
