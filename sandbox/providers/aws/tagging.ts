import type { Aws } from "./client";
import type { ServiceName } from "./services";

export type Tags = Readonly<Record<string, string>>;

interface Pair {
    readonly Key: string;
    readonly Value: string;
}

/** AWS's commonest spelling of tags; absent where there are none. */
export function tagList(tags: Tags | undefined): Pair[] | undefined {
    const entries = Object.entries(tags ?? {});
    return entries.length === 0 ? undefined : entries.map(([Key, Value]) => ({ Key, Value }));
}

export function fromTagList(list: Pair[] | undefined): Tags {
    return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key, Value]));
}

/** How a service lists, adds and removes the tags of a thing. */
interface Tagger {
    list(aws: Aws, resource: string): Promise<Tags>;
    add(aws: Aws, resource: string, tags: Tags): Promise<void>;
    remove(aws: Aws, resource: string, keys: string[]): Promise<void>;
}

/** What services spell differently of the same three operations. */
interface Spelling {
    /** The field that names the thing. */
    readonly field: string;
    readonly list?: string;
    readonly add?: string;
    readonly remove?: string;
    /** The field of the tags. */
    readonly tags?: string;
    /** The field of the keys to remove; `null` where pairs without values stand in the field of the tags. */
    readonly keys?: string | null;
    /** Tags are an object and not a list of pairs. */
    readonly map?: true;
}

function spelt(service: ServiceName, spelling: Spelling): Tagger {
    const { field, list = "ListTagsForResource", add = "TagResource", remove = "UntagResource" } = spelling;
    const { tags = "Tags", keys = "TagKeys", map = false } = spelling;
    return {
        async list(aws, resource) {
            const found = (await aws.call(service, list, { [field]: resource }))[tags];
            return map ? { ...found } : fromTagList(found);
        },
        async add(aws, resource, added) {
            await aws.call(service, add, { [field]: resource, [tags]: map ? added : tagList(added) });
        },
        async remove(aws, resource, removed) {
            const named = keys === null ? { [tags]: removed.map((Key) => ({ Key })) } : { [keys]: removed };
            await aws.call(service, remove, { [field]: resource, ...named });
        },
    };
}

function route53(ResourceType: string): Tagger {
    const change = (aws: Aws, ResourceId: string, fields: object) =>
        aws.call("route53", "ChangeTagsForResource", { ResourceType, ResourceId, ...fields });
    return {
        async list(aws, ResourceId) {
            const answer = await aws.call("route53", "ListTagsForResource", { ResourceType, ResourceId });
            return fromTagList(answer.ResourceTagSet.Tags);
        },
        add: (aws, ResourceId, tags) => change(aws, ResourceId, { AddTags: tagList(tags) }),
        remove: (aws, ResourceId, RemoveTagKeys) => change(aws, ResourceId, { RemoveTagKeys }),
    };
}

const iamPolicy: Tagger = {
    ...spelt("iam", { field: "PolicyArn", add: "TagPolicy", remove: "UntagPolicy" }),
    async list(aws, PolicyArn) {
        return fromTagList((await aws.call("iam", "GetPolicy", { PolicyArn })).Policy.Tags);
    },
};

const secretsManager: Tagger = {
    ...spelt("secretsmanager", { field: "SecretId" }),
    async list(aws, SecretId) {
        return fromTagList((await aws.call("secretsmanager", "DescribeSecret", { SecretId })).Tags);
    },
};

/** Where tags are kept, by service and, where a service has several places, by the kind of thing. */
export const taggers = {
    acm: spelt("acm", {
        field: "CertificateArn",
        list: "ListTagsForCertificate",
        add: "AddTagsToCertificate",
        remove: "RemoveTagsFromCertificate",
        keys: null,
    }),
    certificateAuthority: spelt("acm-pca", {
        field: "CertificateAuthorityArn",
        list: "ListTags",
        add: "TagCertificateAuthority",
        remove: "UntagCertificateAuthority",
        keys: null,
    }),
    cloudwatch: spelt("cloudwatch", { field: "ResourceARN" }),
    events: spelt("events", { field: "ResourceARN" }),
    healthCheck: route53("healthcheck"),
    hostedZone: route53("hostedzone"),
    iamPolicy,
    iamRole: spelt("iam", { field: "RoleName", list: "ListRoleTags", add: "TagRole", remove: "UntagRole" }),
    iot: spelt("iot", { field: "resourceArn", tags: "tags", keys: "tagKeys" }),
    lambda: spelt("lambda", { field: "Resource", list: "ListTags", map: true }),
    secretsManager,
    sns: spelt("sns", { field: "ResourceArn" }),
} satisfies Record<string, Tagger>;

export type TaggerName = keyof typeof taggers;

/** Brings the tags of a thing to what the program says. */
export async function changeTags(
    aws: Aws,
    name: TaggerName,
    resource: string,
    before: Tags = {},
    after: Tags = {},
): Promise<void> {
    const added = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
    const removed = Object.keys(before).filter((key) => !(key in after));
    if (removed.length > 0) {
        await taggers[name].remove(aws, resource, removed);
    }
    if (Object.keys(added).length > 0) {
        await taggers[name].add(aws, resource, added);
    }
}
