import { block, flag, set, text } from "../../framework/properties";
import type { ApiError } from "../client";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { missingResource } from "./missing";

/**
 * Minutes that AWS keeps a deprecated thing type before it lets it be deleted, and one more.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteThingType.html
 */
const deletionMinutes = 6;

export const thingType = defineResource({
    title: "IoT Thing Type",
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        deprecated: flag({ default: false }),
        properties: block(
            { description: text({ replaces: true }), searchableAttributes: set(text(), { computed: true }) },
            { replaces: true },
        ),
        arn: text({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { properties } = inputs;
        const { thingTypeName } = await aws.call("iot", "CreateThingType", {
            thingTypeName: inputs.name,
            thingTypeProperties: properties && {
                thingTypeDescription: properties.description,
                searchableAttributes: properties.searchableAttributes,
            },
            tags: tagList(inputs.tagsAll),
        });
        return { id: thingTypeName };
    },
    async settle(aws, thingTypeName, { deprecated }) {
        if (deprecated) {
            await aws.call("iot", "DeprecateThingType", { thingTypeName });
        }
    },
    async read(aws, thingTypeName) {
        const found = await aws.find("iot", "DescribeThingType", { thingTypeName }, missingResource);
        if (found === undefined) {
            return undefined;
        }
        const { thingTypeProperties: described, thingTypeMetadata } = found;
        return {
            name: found.thingTypeName,
            deprecated: thingTypeMetadata?.deprecated ?? false,
            properties: described && {
                description: described.thingTypeDescription,
                searchableAttributes: described.searchableAttributes ?? [],
            },
            arn: found.thingTypeArn,
        };
    },
    async update(aws, thingTypeName, { inputs, changed }) {
        if (changed("deprecated")) {
            const undoDeprecate = !inputs.deprecated;
            await aws.call("iot", "DeprecateThingType", { thingTypeName, undoDeprecate });
        }
    },
    async delete(aws, thingTypeName) {
        await aws.find("iot", "DeprecateThingType", { thingTypeName }, missingResource);
        const tooEarly = ({ message }: ApiError) => /wait for 5 minutes/i.test(message);
        await aws.sitOut(deletionMinutes, tooEarly, () =>
            aws.find("iot", "DeleteThingType", { thingTypeName }, missingResource),
        );
    },
});
