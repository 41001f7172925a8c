import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CidrBlockSummary } from "../../models/route53";
import { defineTable } from "../../tables";

/** A CIDR collection as it is kept. */
export interface StoredCidrCollection {
    readonly id: string;
    readonly arn: string;
    readonly name: string;
    readonly callerReference: string;
    readonly version: number;
    /** A location is what has blocks: it comes with its first one and goes with its last one. */
    readonly blocks: ReadonlyArray<Required<CidrBlockSummary>>;
}

/** CIDR collections by their identifiers. */
export const cidrCollections = defineTable<StoredCidrCollection>("route53", "cidrCollection");

/** The collection of that identifier. @throws Refusal NoSuchCidrCollectionException */
export function findCidrCollection(context: OperationContext, id: string): StoredCidrCollection {
    const collection = context.table(cidrCollections).get(id);
    if (collection === undefined) {
        throw new Refusal("NoSuchCidrCollectionException", `The CIDR collection ${id} does not exist.`);
    }
    return collection;
}

/** The names of a collection's locations, in their order. */
export function locationsOf({ blocks }: StoredCidrCollection): string[] {
    return [...new Set(blocks.map(({ LocationName }) => LocationName))].sort();
}
