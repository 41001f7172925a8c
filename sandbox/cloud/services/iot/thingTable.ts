import { Registry, Relation } from "./registry";

/** A thing as it is kept. */
export interface StoredThing {
    readonly name: string;
    readonly id: string;
    readonly arn: string;
    readonly type?: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly version: number;
}

/** Things by their names. */
export const things = new Registry<StoredThing>("thing", "Thing");

/** Principals: from a thing's name to a certificate's ARN. */
export const thingPrincipals = new Relation("thingPrincipal");
