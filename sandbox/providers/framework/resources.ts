import type { Relations } from "./check";
import type { Inputs, Properties, State } from "./properties";
import type { Bag, PlainBag } from "./values";

/** What every operation on a resource knows, whatever provider it belongs to. */
export interface OperationScope {
    /** The resource's name in the program. */
    readonly resourceName: string;
    /** Fires when the engine cancels; whoever waits must stop then. */
    readonly cancelled: AbortSignal;
    /** How long the program lets the operation take, in milliseconds. @default the resource type's own patience */
    readonly timeout?: number;
}

/** What an update is asked for. */
export interface Update<Declared extends Properties> {
    readonly inputs: Inputs<Declared>;
    readonly state: State<Declared>;
    /** Whether any of these properties differs from the state. */
    changed(...names: Array<keyof Declared>): boolean;
}

/** A resource that was made. */
export interface Made<Declared extends Properties> {
    readonly id: string;
    /** What only the making could tell; the rest is read. */
    readonly state?: State<Declared>;
}

/** A resource type as its file declares it. */
export interface ResourceDefinition<Declared extends Properties, Context> {
    /** How errors call it: `IoT Domain Configuration`. */
    readonly title: string;
    readonly properties: Declared;
    readonly relations?: Relations;
    /** A replacement deletes the old one first even where its name is made up. */
    readonly deleteBeforeReplace?: true;
    /** Minutes that a new one may take to be seen everywhere; the provider looks again until then. @default none */
    readonly appearsWithin?: number;
    /** Which resource an import means cannot be told from an identifier alone. */
    readonly notImportable?: true;
    /** Makes it. */
    create(context: Context, inputs: Inputs<Declared>): Promise<Made<Declared>>;
    /** What remains to be done once it exists; when this fails, the resource is there and is noted as unfinished. */
    settle?(context: Context, id: string, inputs: Inputs<Declared>): Promise<void>;
    /** Reads it back; `undefined` where it is gone. On an import `state` is empty. */
    read(context: Context, id: string, state: State<Declared>): Promise<State<Declared> | undefined>;
    /** Changes it in place; left out where every change replaces. */
    update?(context: Context, id: string, update: Update<Declared>): Promise<void>;
    delete(context: Context, id: string, state: State<Declared>): Promise<void>;
    /** Outputs that time alone has overtaken, such as a certificate's end: they replace the resource. */
    overdue?(context: Context, state: State<Declared>): Promise<Array<keyof Declared & string>>;
}

/** A function (in Pulumi's word, an invoke) as its file declares it. */
export interface FunctionDefinition<Declared extends Properties, Context> {
    readonly properties: Declared;
    call(context: Context, inputs: Inputs<Declared>): Promise<Bag>;
}

/** A resource type among others, where its own properties are no longer known to the compiler. */
export type ResourceType<Context> = ResourceDefinition<Properties, Context>;
export type FunctionType<Context> = FunctionDefinition<Properties, Context>;

/** A provider that is configured and ready to work. */
export interface Session<Context> {
    /** Puts into inputs what the provider's configuration says: a region, default tags. */
    prepare(properties: Properties, inputs: Bag): Bag;
    /** What a resource's or function's code works with. `values` are its inputs or its state. */
    open(scope: OperationScope, values: PlainBag): Context;
    close(): void;
}

/** A provider: its types and functions, and how it is configured. */
export interface ProviderDefinition<Context> {
    readonly name: string;
    readonly version: string;
    readonly configuration: Properties;
    readonly resources: Readonly<Record<string, ResourceType<Context>>>;
    readonly functions: Readonly<Record<string, FunctionType<Context>>>;
    /** @throws Error where the configuration cannot be used */
    configure(configuration: PlainBag): Promise<Session<Context>>;
}
