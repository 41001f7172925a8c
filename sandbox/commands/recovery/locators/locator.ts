import type { Cloud } from "../../../cloud";

/** A resource's inputs. By the time that a resource is created, all of them are known. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Looks for things in the cloud that a creation with some inputs may have made. */
export type Search = (cloud: Cloud, inputs: Inputs) => Promise<string[]>;

/** How to learn what a creation that was cut off has made. */
export type Locator =
    /** The identifier follows from the inputs: the thing has this one or does not exist. */
    | { readonly kind: "named"; readonly id: (inputs: Inputs) => string }
    /** AWS made the identifier up: the thing is known by what it was created with. */
    | { readonly kind: "searched"; readonly find: Search }
    /** Nothing is left over in the cloud that anybody would have to know. */
    | { readonly kind: "nothing"; readonly because: string }
    /** A person has to look. */
    | { readonly kind: "unfindable"; readonly because: string };

/** The identifier is made of some inputs. */
export function named(separator: string, ...names: readonly string[]): Locator {
    return { kind: "named", id: (inputs) => names.map((name) => textOf(inputs, name)).join(separator) };
}

/** The identifier is the name that the program or Pulumi gives. */
export const byName: Locator = named("", "name");

export function textOf(inputs: Inputs, name: string): string {
    return String(inputs[name]);
}
