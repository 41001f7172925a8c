import { distance } from "fastest-levenshtein";
import { checkInputs, type CheckResult } from "./check";
import { diffInputs, type Change } from "./diff";
import { during, messageOf, ProviderError, UnfinishedError } from "./failures";
import type { NameRequest } from "./naming";
import type { Properties } from "./properties";
import { inputsOfState } from "./readInputs";
import type { OperationScope, ProviderDefinition, ResourceType, Session } from "./resources";
import { waitUntil } from "./waiting";
import {
    carrySecretsOfBag,
    defaultsKey,
    revealBag,
    Secret,
    unknown,
    type Bag,
    type Plain,
    type PlainBag,
} from "./values";

/** A resource as the engine keeps it. */
export interface Kept {
    readonly id: string;
    readonly outputs: Bag;
    readonly inputs: Bag;
}

/** What the engine has to do to a resource. */
export interface Plan {
    readonly changes: readonly Change[];
    readonly deleteBeforeReplace: boolean;
}

/** A provider's operations in terms of values, without the wire. */
export class Operations<Context> {
    constructor(
        private readonly provider: ProviderDefinition<Context>,
        private readonly session: Session<Context>,
    ) {}

    /** @throws ProviderError for a type that the provider does not have */
    type(token: string): ResourceType<Context> {
        return lookUp(this.provider.resources, token, `resource type`, this.provider.name);
    }

    check(token: string, inputs: Bag, previous: Bag, naming: NameRequest): CheckResult {
        const { properties, relations } = this.type(token);
        const prepared = this.session.prepare(properties, inputs);
        const checked = checkInputs({ subject: token, properties, relations, inputs: prepared, previous, naming });
        // The engine keeps the inputs too: a key that the program gave in plain must not stand in the state in plain.
        return { ...checked, inputs: markDeclared(properties, checked.inputs) };
    }

    async diff(
        token: string,
        scope: OperationScope,
        outputs: Bag,
        inputs: Bag,
        ignored: readonly string[],
    ): Promise<Plan> {
        const type = this.type(token);
        const state = revealBag(outputs);
        const overdue = (await type.overdue?.(this.session.open(scope, state), state)) ?? [];
        const changes = [
            ...diffInputs(type.properties, state, revealBag(inputs)).filter(({ path }) => !isIgnored(path, ignored)),
            ...overdue.map((name) => ({ path: name, property: name, kind: "update", replaces: true }) as const),
        ];
        const replaces = changes.some((change) => change.replaces);
        return {
            changes,
            deleteBeforeReplace: replaces && (type.deleteBeforeReplace === true || isNamedByProgram(type, inputs)),
        };
    }

    /** What a preview says of a resource that is to be made: what only AWS can say is unknown. */
    plan(token: string, inputs: Bag): Bag {
        const { properties } = this.type(token);
        const outputs: Bag = keptInputs(properties, revealBag(inputs));
        for (const [name, { options }] of Object.entries(properties)) {
            if (outputs[name] === undefined && (options.computed === true || options.readOnly === true)) {
                outputs[name] = unknown;
            }
        }
        return withSecrets(properties, outputs, inputs);
    }

    async create(token: string, scope: OperationScope, inputs: Bag): Promise<Kept> {
        const type = this.type(token);
        const values = revealBag(inputs);
        const context = this.session.open(scope, values);
        const named = typeof values.name === "string" ? values.name : scope.resourceName;
        const { id, state } = await during(`creating ${type.title} (${named})`, type.create(context, values));
        const kept = merge(keptInputs(type.properties, values), state ?? {});
        const before = { id, outputs: withSecrets(type.properties, kept, inputs), inputs };
        return this.finish(type, context, scope, before, async () => {
            if (type.settle !== undefined) {
                await during(`creating ${type.title} (${id})`, type.settle(context, id, values));
            }
        });
    }

    /** What a preview says of a resource that is to be changed. */
    planUpdate(token: string, outputs: Bag, inputs: Bag): Bag {
        const { properties } = this.type(token);
        const state = revealBag(outputs);
        const lasting = Object.entries(properties)
            .filter(([name, { options }]) => state[name] !== undefined && (options.computed || options.readOnly))
            .map(([name]) => [name, state[name]]);
        const planned = { ...Object.fromEntries(lasting), ...keptInputs(properties, revealBag(inputs)) };
        return withSecrets(properties, planned, { ...outputs, ...inputs });
    }

    async update(token: string, scope: OperationScope, current: Kept, inputs: Bag): Promise<Kept> {
        const type = this.type(token);
        const values = revealBag(inputs);
        const state = revealBag(current.outputs);
        const context = this.session.open(scope, { ...state, ...values });
        if (type.update === undefined) {
            throw new ProviderError(`${type.title} (${current.id}) cannot be changed in place`);
        }
        const doing = `updating ${type.title} (${current.id})`;
        const differing = new Set(diffInputs(type.properties, state, values).map(({ property }) => property));
        const changed = (...names: string[]) => names.some((name) => differing.has(name));
        await during(doing, type.update(context, current.id, { inputs: values, state, changed }));
        const merged = { ...state, ...keptInputs(type.properties, values) };
        for (const [name, { options }] of Object.entries(type.properties)) {
            if (values[name] === undefined && options.computed !== true && options.readOnly !== true) {
                delete merged[name];
            }
        }
        const outputs = withSecrets(type.properties, merged, { ...current.outputs, ...inputs });
        return this.finish(type, context, scope, { id: current.id, outputs, inputs });
    }

    /** Reads a resource again, or for the first time where the engine imports it; `undefined` where it is gone. */
    async read(token: string, scope: OperationScope, known: Kept, imported: boolean): Promise<Kept | undefined> {
        const type = this.type(token);
        if (imported && type.notImportable === true) {
            throw new ProviderError(`${token} cannot be imported: it is nothing that AWS keeps under an identifier`);
        }
        const state = revealBag(known.outputs);
        const context = this.session.open(scope, state);
        const found = await during(`reading ${type.title} (${known.id})`, type.read(context, known.id, state));
        if (found === undefined && imported) {
            throw new ProviderError(`resource '${known.id}' does not exist`);
        }
        if (found === undefined) {
            return undefined;
        }
        const outputs = withSecrets(type.properties, merge(state, found), { ...known.inputs, ...known.outputs });
        const inputs = inputsOfState(type.properties, revealBag(outputs), imported ? undefined : known.inputs);
        const secret = carrySecretsOfBag(markDeclared(type.properties, inputs), known.inputs);
        return { id: known.id, outputs, inputs: secret };
    }

    async delete(token: string, scope: OperationScope, current: Kept): Promise<void> {
        const type = this.type(token);
        const state = revealBag(current.outputs);
        const context = this.session.open(scope, state);
        await during(`deleting ${type.title} (${current.id})`, type.delete(context, current.id, state));
    }

    async invoke(token: string, scope: OperationScope, given: Bag): Promise<{ result: Bag } | CheckResult> {
        const called = lookUp(this.provider.functions, token, "function", this.provider.name);
        const { properties } = called;
        const prepared = this.session.prepare(properties, given);
        const checked = checkInputs({ subject: token, properties, inputs: prepared, previous: {} });
        if (checked.failures.length > 0) {
            return checked;
        }
        const values = revealBag(checked.inputs);
        return { result: await called.call(this.session.open(scope, values), values) };
    }

    /** Does what remains and reads the resource; from here on a failure leaves it in the state. */
    private async finish(
        type: ResourceType<Context>,
        context: Context,
        scope: OperationScope,
        resource: Kept,
        settle: () => Promise<void> = () => Promise.resolve(),
    ): Promise<Kept> {
        const { id, outputs, inputs } = resource;
        try {
            await settle();
            const state = revealBag(outputs);
            const patience = { timeout: (type.appearsWithin ?? 0) * 60_000, cancelled: scope.cancelled };
            const found: object = await during(
                `reading ${type.title} (${id})`,
                waitUntil<object>(patience, async () => {
                    const seen = await type.read(context, id, state);
                    return seen === undefined ? { pending: "couldn't find resource" } : { done: seen };
                }),
            );
            return { ...resource, outputs: withSecrets(type.properties, merge(state, found), outputs) };
        } catch (error) {
            throw new UnfinishedError(id, outputs, inputs, messageOf(error));
        }
    }
}

/** Whether a place is what `ignoreChanges` names, or in it. */
function isIgnored(path: string, ignored: readonly string[]): boolean {
    return ignored.some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
}

/** Whether the program names the resource itself: two cannot have one name, so the old one has to go first. */
function isNamedByProgram<Context>(type: ResourceType<Context>, inputs: Bag): boolean {
    const filled = inputs[defaultsKey];
    return (
        Array.isArray(filled) &&
        Object.entries(type.properties).some(
            ([name, { options }]) =>
                options.automaticName !== undefined && inputs[name] !== undefined && !filled.includes(name),
        )
    );
}

/** The inputs that the state keeps. */
function keptInputs(properties: Properties, inputs: PlainBag): PlainBag {
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => properties[name]?.options.writeOnly !== true));
}

function merge(state: PlainBag, found: object): PlainBag {
    const merged: Record<string, Plain | undefined> = { ...state, ...found };
    return Object.fromEntries(
        Object.entries(merged).filter((entry): entry is [string, Plain] => entry[1] !== undefined),
    );
}

function withSecrets(properties: Properties, outputs: Bag, source: Bag): Bag {
    return markDeclared(properties, carrySecretsOfBag(outputs, source));
}

function markDeclared(properties: Properties, bag: Bag): Bag {
    return Object.fromEntries(
        Object.entries(bag).map(([name, value]) => {
            const open = value === null || value === unknown || value instanceof Secret;
            return [name, properties[name]?.options.secret === true && !open ? new Secret(value) : value];
        }),
    );
}

function lookUp<Thing>(table: Readonly<Record<string, Thing>>, token: string, kind: string, provider: string): Thing {
    const thing = Object.hasOwn(table, token) ? table[token] : undefined;
    if (thing === undefined) {
        const nearest = Object.keys(table).sort((one, other) => distance(token, one) - distance(token, other))[0];
        throw new ProviderError(
            `the sandbox's provider ${provider} has no ${kind} ${token}; the nearest that it has is ${nearest}`,
        );
    }
    return thing;
}
