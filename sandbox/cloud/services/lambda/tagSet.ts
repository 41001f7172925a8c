import { TagSet, type Tag } from "../../tags";

/** Tags of functions, by ARN. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export const tagSet = new TagSet("lambda", {
    tooMany: "InvalidParameterValueException",
    invalid: "InvalidParameterValueException",
});

/** Lambda spells tags as a map. */
export function asTags(tags: Readonly<Record<string, string>> | undefined): Tag[] {
    return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}
