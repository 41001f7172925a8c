import type { ResourceDefinition, ResourceType } from "../framework/resources";
import type { Properties } from "../framework/properties";

/** What the code of the provider's resources works with. */
export interface Tls {
    /** The sandbox's time, so that a clock that is run forward makes certificates expire. */
    now(): Promise<Date>;
}

type Definition<Declared extends Properties> = Omit<ResourceDefinition<Declared, Tls>, "read" | "delete">;

/** A resource that lives in the state alone: there is nothing to read and nothing to delete. */
export function defineResource<Declared extends Properties>(definition: Definition<Declared>): ResourceType<Tls> {
    const kept = {
        notImportable: true,
        read: (_context: Tls, _id: string, state: object) => Promise.resolve(state),
        delete: () => Promise.resolve(),
        ...definition,
    };
    return kept as unknown as ResourceType<Tls>;
}
