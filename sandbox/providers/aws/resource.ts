import { tagMap, text, type Properties } from "../framework/properties";
import type { FunctionDefinition, FunctionType, ResourceDefinition, ResourceType } from "../framework/resources";
import type { Aws } from "./client";
import { changeTags, taggers, type TaggerName, type Tags } from "./tagging";

/** What every resource of a region takes; a change replaces the resource. */
const regional = { region: text({ computed: true, replaces: true }) };

/** What every resource with tags takes: its own tags, and with the provider's default ones added. */
const tagged = { tags: tagMap(), tagsAll: tagMap({ computed: true, internal: true }) };

type Common = typeof regional & typeof tagged;

/** A resource type of AWS as its file declares it, without what all have in common. */
type Definition<Declared extends Properties> = Omit<ResourceDefinition<Declared & Common, Aws>, "properties"> & {
    readonly properties: Declared;
    /** Route 53 and IAM know no regions. @default "regional" */
    readonly scope?: "global";
    /** Where the resource's tags are kept; left out where it has none. */
    readonly tagging?: {
        readonly tagger: TaggerName;
        /** The property that names the resource to the tag operations. @default its identifier */
        readonly property?: string;
    };
};

/** Completes a resource type with what AWS's have in common: a region, and tags. */
export function defineResource<Declared extends Properties>(definition: Definition<Declared>): ResourceType<Aws> {
    const { scope, tagging, properties: own, ...rest } = definition;
    const properties = { ...own, ...(scope === "global" ? {} : regional), ...(tagging === undefined ? {} : tagged) };
    const type = { ...rest, properties } as unknown as ResourceType<Aws>;
    const located = scope === "global" ? type : withRegion(type);
    return tagging === undefined ? located : withTags(located, tagging.tagger, tagging.property);
}

function withRegion(type: ResourceType<Aws>): ResourceType<Aws> {
    return {
        ...type,
        async read(aws, id, state) {
            const found = await type.read(aws, id, state);
            return found === undefined ? undefined : { ...found, region: aws.region };
        },
    };
}

function withTags(type: ResourceType<Aws>, tagger: TaggerName, property: string | undefined): ResourceType<Aws> {
    const nameOf = (id: string, state: Record<string, unknown>) =>
        property === undefined ? id : String(state[property]);
    const untagged = Object.keys(type.properties).filter((name) => !(name in tagged));
    return {
        ...type,
        async read(aws, id, state) {
            const found = await type.read(aws, id, state);
            if (found === undefined) {
                return undefined;
            }
            const all = await taggers[tagger].list(aws, nameOf(id, found));
            return { ...found, tags: ownTags(all, aws.defaultTags, state.tags as Tags), tagsAll: all };
        },
        async update(aws, id, update) {
            const { inputs, state, changed } = update;
            if (changed(...untagged)) {
                await type.update?.(aws, id, update);
            }
            await changeTags(aws, tagger, nameOf(id, state), state.tagsAll as Tags, inputs.tagsAll as Tags);
        },
    };
}

/** The tags that are the resource's own: not the provider's default ones, unless the program gives them too. */
function ownTags(all: Tags, defaults: Tags, given: Tags = {}): Tags {
    const own = Object.entries(all).filter(([key, value]) => defaults[key] !== value || given[key] === value);
    return Object.fromEntries(own);
}

/** Completes a function; `regional` functions take a region too and answer with it. */
export function defineFunction<Declared extends Properties>(
    definition: FunctionDefinition<Declared, Aws> & { readonly scope?: "global" },
): FunctionType<Aws> {
    const { scope, ...rest } = definition;
    const called = rest as unknown as FunctionType<Aws>;
    if (scope === "global") {
        return called;
    }
    return {
        properties: { ...called.properties, region: text() },
        call: async (aws, inputs) => ({ ...(await called.call(aws, inputs)), region: aws.region }),
    };
}
