import { configurationPathsOf, type ResourceOrigin } from "./configurationPaths";
import type { FoundResource, Location } from "./finding";
import type { StackFile } from "./stackFile";

/** The resources of a stack by what made them: a component's URN by the URN of each of its children. */
export type Parents = ReadonlyMap<string, string>;

/** A resource's type and name, which its URN holds. */
export function foundResource(urn: string): FoundResource {
    const [, , types = "", ...name] = urn.split("::");
    return { urn, type: types.split("$").at(-1) ?? types, name: name.join("::") };
}

/** Finds the lines of a stack's configuration file that resources come from. */
export class Locator {
    constructor(
        private readonly file: StackFile | undefined,
        private readonly parents: Parents,
    ) {}

    /** Where a resource comes from; `undefined` where the stack has no configuration file. */
    ofResource(resource: FoundResource, message: string): Location | undefined {
        const [, property = ""] = /(?:^|: )([\w.[\]]+): expected /m.exec(message) ?? [];
        return this.file?.locate(...configurationPathsOf(this.originOf(resource), property, this.file));
    }

    /** Where a path of the configuration stands. */
    ofPath(path: string): Location | undefined {
        return this.file?.locateText(path);
    }

    /** The file's first line, for what is about the whole stack. */
    ofStack(): Location | undefined {
        return this.file?.locate();
    }

    private originOf(resource: FoundResource): ResourceOrigin {
        const ancestors: FoundResource[] = [];
        for (let urn = this.parents.get(resource.urn); urn !== undefined; urn = this.parents.get(urn)) {
            ancestors.push(foundResource(urn));
        }
        return { ...resource, ancestors };
    }
}
