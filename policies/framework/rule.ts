import type { Finding, Severity } from "../../rules/finding";
import type { ResourceType } from "../resourceTypes";
import type { ResourceView, StackView } from "./resources";

/** What a violated rule does: `mandatory` stops the deployment, `advisory` is printed. */
export type EnforcementLevel = "mandatory" | "advisory" | "disabled";

/** A set of levels for one kind of stack; `production` is how the rules stand without any. */
export type Preset = "development" | "production" | "strict";

/** What a rule found, before the pack adds the rule's own name and severity. */
export type Fault = Pick<Finding, "path" | "got" | "expected" | "remedy">;

/** A fault that a look at the whole stack found, and the resource it is reported on. */
export interface StackFault extends Fault {
    readonly resource: ResourceView;
}

/** How to mend what a rule found, for each way in which somebody works with AWS. */
export interface Remediation {
    /** With Pulumi. */
    readonly code: string;
    /** With the AWS CLI. */
    readonly cli: string;
    /** In the AWS console. */
    readonly console: string;
}

/** One setting of a rule: the part of JSON Schema that the pack understands, with a default that always holds. */
export interface Setting<T> {
    readonly type: "array" | "boolean" | "integer" | "string";
    readonly items?: { readonly type: "string" };
    readonly minimum?: number;
    readonly maximum?: number;
    readonly description: string;
    readonly default: T;
    /**
     * What is wrong with a value of the right type, in words that follow "expected"; `undefined` where nothing is.
     *
     * The value of such a setting is never quoted: it may hold what somebody pasted by mistake, such as a private key.
     */
    readonly fault?: (value: T) => string | undefined;
}

/** The settings of a rule by name. */
export type Settings<S> = { readonly [K in keyof S]: Setting<S[K]> };

/** What a rule puts into practice of a published framework. */
export interface Framework {
    readonly name: string;
    readonly version: string;
    /** The identifier within the framework. */
    readonly reference: string;
    /** What the framework calls it. */
    readonly title: string;
    /** The framework's page on it. */
    readonly specification: string;
}

/** A framework's item in a few words, for tools that filter by them. */
export function frameworkTag({ name, reference }: Framework): string {
    return `${name} ${reference}`;
}

/** A resource in a rule's examples: they are printed in the documentation and judged by the rule in its tests. */
export interface ExampleResource {
    readonly type: ResourceType;
    readonly name: string;
    readonly properties: { readonly [name: string]: ExampleValue };
    readonly protect?: boolean;
}

/** A value in an example. */
export type ExampleValue =
    | undefined
    | null
    | boolean
    | number
    | string
    | ExampleFile
    | readonly ExampleValue[]
    | { readonly [name: string]: ExampleValue };

/** Stands in an example for the text of a file, such as a certificate; tests make the file. */
export class ExampleFile {
    constructor(
        /** The file's name, which also says what is in it. */
        readonly fileName: string,
    ) {}
}

/** What every rule says about itself. */
export interface RuleDescription<S = object> {
    /** In kebab case; unique in the pack and stable, because configuration and exemptions name it. */
    readonly name: string;
    readonly title: string;
    /** One sentence on what holds where the rule is kept; the engine prints it above each violation. */
    readonly description: string;
    /** Why it matters, in a sentence or two. */
    readonly rationale: string;
    readonly severity: Severity;
    readonly enforcementLevel: EnforcementLevel;
    /** Levels that differ in a preset. @default mandatory in `strict`, elsewhere `enforcementLevel`. */
    readonly presets?: Partial<Record<Preset, EnforcementLevel>>;
    readonly remediation: Remediation;
    /** AWS's page on the matter. */
    readonly reference: string;
    /** Only where the framework asks for what the rule checks. @default none */
    readonly frameworks?: readonly Framework[];
    readonly settings?: Settings<S>;
    readonly examples: {
        readonly compliant: readonly ExampleResource[];
        readonly violating: readonly ExampleResource[];
        /** Settings under which they are what they are called. @default the rule's own */
        readonly settings?: Partial<S>;
    };
}

/** What a rule may ask for beside the resource. */
export interface RuleContext<S> {
    readonly settings: S;
    readonly now: Date;
}

type Faults<F> = Iterable<F> | Promise<Iterable<F>>;

/** A rule that judges a resource by itself, before the deployment. */
export interface ResourceCheck<S> {
    readonly types: readonly ResourceType[];
    readonly check: (resource: ResourceView, context: RuleContext<S>) => Faults<Fault>;
}

/** A rule that judges resources by each other, at the end of a preview and after a deployment. */
export type StackCheck<S> = (stack: StackView, context: RuleContext<S>) => Faults<StackFault>;

/** A rule of the pack: what it says about itself, and how it judges. */
export interface Rule<S = object> extends RuleDescription<S> {
    readonly resource?: ResourceCheck<S>;
    readonly stack?: StackCheck<S>;
}

/**
 * Types a rule and hides the type of its settings, so that rules can stand in one list.
 *
 * The settings are safe to hide: a check gets only what `settingsOf` made from the rule's own defaults.
 */
export function defineRule<S extends object = Record<never, never>>(rule: Rule<S>): Rule {
    return rule as unknown as Rule;
}
