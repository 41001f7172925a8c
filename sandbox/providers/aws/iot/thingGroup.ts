import { block, integer, list, tagMap, text, type Inputs } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { formatTime } from "../times";
import { missingResource } from "./missing";

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
    parentGroupName: text({ replaces: true }),
    properties: block({ attributePayload: block({ attributes: tagMap() }), description: text() }),
    arn: text({ readOnly: true }),
    metadatas: list(
        block({
            creationDate: text(),
            parentGroupName: text(),
            rootToParentGroups: list(block({ groupArn: text(), groupName: text() })),
        }),
        { readOnly: true },
    ),
    version: integer({ readOnly: true }),
};

type GroupProperties = Inputs<typeof properties>["properties"];

export const thingGroup = defineResource({
    title: "IoT Thing Group",
    tagging: { tagger: "iot", property: "arn" },
    properties,
    async create(aws, inputs) {
        const { thingGroupName } = await aws.call("iot", "CreateThingGroup", {
            thingGroupName: inputs.name,
            parentGroupName: inputs.parentGroupName,
            thingGroupProperties: groupParameters(inputs.properties),
            tags: tagList(inputs.tagsAll),
        });
        return { id: thingGroupName };
    },
    async read(aws, thingGroupName) {
        const found = await aws.find("iot", "DescribeThingGroup", { thingGroupName }, missingResource);
        if (found === undefined) {
            return undefined;
        }
        const { thingGroupMetadata: metadata = {}, thingGroupProperties: described } = found;
        const groups: Array<{ groupArn: string; groupName: string }> = metadata.rootToParentThingGroups ?? [];
        return {
            name: found.thingGroupName,
            parentGroupName: metadata.parentGroupName,
            properties: stateProperties(described),
            arn: found.thingGroupArn,
            metadatas: [
                {
                    creationDate: formatTime(metadata.creationDate) ?? "",
                    parentGroupName: metadata.parentGroupName ?? "",
                    rootToParentGroups: groups,
                },
            ],
            version: found.version,
        };
    },
    async update(aws, thingGroupName, { inputs, state }) {
        await aws.call("iot", "UpdateThingGroup", {
            thingGroupName,
            expectedVersion: state.version,
            thingGroupProperties: groupParameters(inputs.properties) ?? {},
        });
    },
    async delete(aws, thingGroupName) {
        await aws.find("iot", "DeleteThingGroup", { thingGroupName }, missingResource);
    },
});

/** Nothing at all where AWS has neither description nor attributes: an empty block would be a difference forever. */
function stateProperties(described: Described | undefined) {
    const attributes = described?.attributePayload?.attributes ?? {};
    const description = described?.thingGroupDescription;
    const hasAttributes = Object.keys(attributes).length > 0;
    return description === undefined && !hasAttributes
        ? undefined
        : { description, attributePayload: hasAttributes ? { attributes } : undefined };
}

interface Described {
    readonly thingGroupDescription?: string;
    readonly attributePayload?: { readonly attributes?: Record<string, string> };
}

function groupParameters(given: GroupProperties) {
    return (
        given && {
            thingGroupDescription: given.description,
            ...(given.attributePayload === undefined ? {} : { attributePayload: given.attributePayload }),
        }
    );
}
