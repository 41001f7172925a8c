import type { Aws } from "./client";
import type { ServiceName } from "./services";

export type Tags = Readonly<Record<string, string>>;

/** AWS's commonest spelling of tags. */
export function tagList(tags: Tags | undefined): Array<{ Key: string; Value: string }> | undefined {
    const entries = Object.entries(tags ?? {});
    return entries.length === 0 ? undefined : entries.map(([Key, Value]) => ({ Key, Value }));
}

export function fromTagList(list: Array<{ Key: string; Value: string }> | undefined): Tags {
    return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key, Value]));
}

/** How a service lists, adds and removes the tags of a thing. */
interface TagInterface {
    list(aws: Aws, resource: string): Promise<Tags>;
    change(aws: Aws, resource: string, added: Tags, removed: string[]): Promise<void>;
}

/** Most services differ in the spelling of one field alone. */
function tagOperations(service: ServiceName, field: string, spelling: { tags: string; keys: string }): TagInterface {
    return {
        async list(aws, resource) {
            const answer = await aws.call(service, "ListTagsForResource", { [field]: resource });
            return fromTagList(answer[spelling.tags]);
        },
        async change(aws, resource, added, removed) {
            if (removed.length > 0) {
                await aws.call(service, "UntagResource", { [field]: resource, [spelling.keys]: removed });
            }
            if (Object.keys(added).length > 0) {
                await aws.call(service, "TagResource", { [field]: resource, [spelling.tags]: tagList(added) });
            }
        },
    };
}

const capitals = { tags: "Tags", keys: "TagKeys" };

export const taggers = {
    acm: {
        async list(aws, CertificateArn) {
            return fromTagList((await aws.call("acm", "ListTagsForCertificate", { CertificateArn })).Tags);
        },
        async change(aws, CertificateArn, added, removed) {
            if (removed.length > 0) {
                const Tags = removed.map((Key) => ({ Key }));
                await aws.call("acm", "RemoveTagsFromCertificate", { CertificateArn, Tags });
            }
            if (Object.keys(added).length > 0) {
                await aws.call("acm", "AddTagsToCertificate", { CertificateArn, Tags: tagList(added) });
            }
        },
    },
    cloudwatch: tagOperations("cloudwatch", "ResourceARN", capitals),
    events: tagOperations("events", "ResourceARN", capitals),
    iot: tagOperations("iot", "resourceArn", { tags: "tags", keys: "tagKeys" }),
    sns: tagOperations("sns", "ResourceArn", capitals),
    hostedZone: route53Tagger("hostedzone"),
    healthCheck: route53Tagger("healthcheck"),
} satisfies Record<string, TagInterface>;

export type TaggerName = keyof typeof taggers;

function route53Tagger(ResourceType: string): TagInterface {
    return {
        async list(aws, ResourceId) {
            const answer = await aws.call("route53", "ListTagsForResource", { ResourceType, ResourceId });
            return fromTagList(answer.ResourceTagSet.Tags);
        },
        async change(aws, ResourceId, added, removed) {
            const change = {
                AddTags: tagList(added),
                RemoveTagKeys: removed.length > 0 ? removed : undefined,
            };
            await aws.call("route53", "ChangeTagsForResource", { ResourceType, ResourceId, ...change });
        },
    };
}

/** Brings the tags of a thing to what the program says. */
export async function changeTags(aws: Aws, name: TaggerName, resource: string, before: Tags = {}, after: Tags = {}) {
    const added = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
    const removed = Object.keys(before).filter((key) => !(key in after));
    if (Object.keys(added).length > 0 || removed.length > 0) {
        await taggers[name].change(aws, resource, added, removed);
    }
}
