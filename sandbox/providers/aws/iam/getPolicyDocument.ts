import { createHash } from "node:crypto";
import { block, json, list, set, text, type Inputs } from "../../framework/properties";
import { defineFunction } from "../resource";

const principal = block({ type: text({ required: true }), identifiers: set(text(), { required: true }) });

const statement = {
    sid: text(),
    effect: text({ default: "Allow", oneOf: ["Allow", "Deny"] }),
    actions: set(text()),
    notActions: set(text()),
    resources: set(text()),
    notResources: set(text()),
    principals: set(principal),
    notPrincipals: set(principal),
    conditions: set(
        block({
            test: text({ required: true }),
            variable: text({ required: true }),
            values: list(text(), { required: true }),
        }),
    ),
};

type Statement = Inputs<typeof statement>;
type Document = { Version: string; Id?: string; Statement: object[] };

/** Builds a policy document; it asks AWS nothing. */
export const getPolicyDocument = defineFunction({
    scope: "global",
    properties: {
        policyId: text(),
        version: text({ default: "2012-10-17", oneOf: ["2008-10-17", "2012-10-17"] }),
        statements: list(block(statement)),
        sourcePolicyDocuments: list(json()),
        overridePolicyDocuments: list(json()),
        overrideJson: json(),
        sourceJson: json(),
    },
    async call(_aws, inputs) {
        const sources = [...(inputs.sourcePolicyDocuments ?? []), ...optional(inputs.sourceJson)];
        const overrides = [...(inputs.overridePolicyDocuments ?? []), ...optional(inputs.overrideJson)];
        const own: Document = {
            Version: inputs.version,
            ...(inputs.policyId === undefined ? {} : { Id: inputs.policyId }),
            Statement: (inputs.statements ?? []).map(toStatement),
        };
        const document = [...sources.map(parse), own, ...overrides.map(parse)].reduce(merge);
        const text = JSON.stringify(document, undefined, 2);
        const id = String(Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16));
        return { ...(inputs as object), id, json: text, minifiedJson: JSON.stringify(document) };
    },
});

function optional(document?: string): string[] {
    return document === undefined ? [] : [document];
}

function parse(document: string): Document {
    return JSON.parse(document) as Document;
}

/** A later statement takes the place of an earlier one with the same identifier. */
function merge(before: Document, after: Document): Document {
    const replaced = new Set<string | undefined>(after.Statement.map(sidOf).filter((sid) => sid !== undefined));
    const kept = before.Statement.filter((one) => !replaced.has(sidOf(one)));
    return { ...before, ...after, Statement: [...kept, ...after.Statement] };
}

function sidOf(one: object): string | undefined {
    return (one as { Sid?: string }).Sid || undefined;
}

function toStatement(given: Statement): object {
    return withoutAbsent({
        Sid: given.sid,
        Effect: given.effect,
        Action: oneOrMany(given.actions),
        NotAction: oneOrMany(given.notActions),
        Resource: oneOrMany(given.resources),
        NotResource: oneOrMany(given.notResources),
        Principal: toPrincipals(given.principals),
        NotPrincipal: toPrincipals(given.notPrincipals),
        Condition: toConditions(given.conditions),
    });
}

/** A single value stands alone, several in a list, sorted because their order means nothing. */
function oneOrMany(values: string[] | undefined): string | string[] | undefined {
    return values === undefined || values.length === 0
        ? undefined
        : values.length === 1
          ? values[0]
          : [...values].sort();
}

function toPrincipals(principals: Statement["principals"]): object | string | undefined {
    if (principals === undefined || principals.length === 0) {
        return undefined;
    }
    if (principals.some(({ type, identifiers }) => type === "*" && identifiers.includes("*"))) {
        return "*";
    }
    const types = [...new Set(principals.map(({ type }) => type))];
    const identifiersOf = (wanted: string) =>
        principals.flatMap(({ type, identifiers }) => (type === wanted ? identifiers : []));
    return Object.fromEntries(types.map((type) => [type, oneOrMany(identifiersOf(type))]));
}

function toConditions(conditions: Statement["conditions"]): object | undefined {
    if (conditions === undefined || conditions.length === 0) {
        return undefined;
    }
    const merged: Record<string, Record<string, unknown>> = {};
    for (const { test, variable, values } of conditions) {
        merged[test] = { ...merged[test], [variable]: values.length === 1 ? values[0] : values };
    }
    return merged;
}

function withoutAbsent(fields: object): object {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
