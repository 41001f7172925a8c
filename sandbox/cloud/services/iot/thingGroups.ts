import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { GroupNameAndArn, OperationTypes, ThingGroupProperties } from "../../models/iot";
import { paginate } from "../../pagination";
import { mergeAttributes } from "./attributes";
import { policyAttachments } from "./policyAttachments";
import { Registry, Relation } from "./registry";
import { tagSet } from "./tags";
import { things } from "./thingTable";

interface StoredThingGroup {
    readonly name: string;
    readonly id: string;
    readonly arn: string;
    readonly parent?: string;
    readonly version: number;
    readonly description?: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly createdAt: number;
}

/** Thing groups by their names. */
export const thingGroups = new Registry<StoredThingGroup>("thingGroup", "Thing group");

/** Members: from a group's name to a thing's. */
export const groupMembers = new Relation("thingGroupMember");

/** How deep groups can lie in each other. @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-groups.html */
const maximumDepth = 7;

/** A group's parents, the outermost first. */
function ancestors(context: OperationContext, parent: string | undefined): StoredThingGroup[] {
    if (parent === undefined) {
        return [];
    }
    const group = thingGroups.find(context, parent);
    return [...ancestors(context, group.parent), group];
}

function expect(group: StoredThingGroup, version: number | undefined): void {
    if (version !== undefined && version !== group.version) {
        throw new Refusal(
            "VersionConflictException",
            `The version of ${group.name} is ${group.version}, not ${version}`,
        );
    }
}

function propertiesOf({ description, attributes }: StoredThingGroup): ThingGroupProperties {
    return { thingGroupDescription: description, attributePayload: { attributes } };
}

/** The name in the end of an ARN, or the name itself. @throws Refusal InvalidRequestException where neither is given */
function nameFrom(name: string | undefined, arn: string | undefined): string {
    const found = name ?? arn?.split("/").at(-1);
    if (found === undefined) {
        throw new Refusal("InvalidRequestException", "A name or an ARN is required");
    }
    return found;
}

/** Thing groups and their members. */
export const thingGroupOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThingGroup.html */
    CreateThingGroup: ({ thingGroupName: name, parentGroupName, thingGroupProperties, tags }, context) => {
        if (parentGroupName !== undefined && thingGroups.get(context, parentGroupName) === undefined) {
            throw new Refusal("InvalidRequestException", `The parent group ${parentGroupName} does not exist`);
        }
        if (ancestors(context, parentGroupName).length >= maximumDepth) {
            throw new Refusal("InvalidRequestException", `Groups can lie at most ${maximumDepth} levels deep`);
        }
        const arn = context.arn("iot", `thinggroup/${name}`);
        const id = randomUUID();
        thingGroups.add(context, name, {
            name,
            id,
            arn,
            parent: parentGroupName,
            version: 1,
            description: thingGroupProperties?.thingGroupDescription,
            attributes: mergeAttributes({}, thingGroupProperties?.attributePayload),
            createdAt: context.now,
        });
        tagSet.add(context, arn, tags);
        return { thingGroupName: name, thingGroupArn: arn, thingGroupId: id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeThingGroup.html */
    DescribeThingGroup: ({ thingGroupName }, context) => {
        const group = thingGroups.find(context, thingGroupName);
        const parents: GroupNameAndArn[] = ancestors(context, group.parent).map(({ name, arn }) => ({
            groupName: name,
            groupArn: arn,
        }));
        return {
            thingGroupName,
            thingGroupId: group.id,
            thingGroupArn: group.arn,
            version: group.version,
            thingGroupProperties: propertiesOf(group),
            thingGroupMetadata: {
                parentGroupName: group.parent,
                rootToParentThingGroups: parents,
                creationDate: new Date(group.createdAt),
            },
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateThingGroup.html */
    UpdateThingGroup: ({ thingGroupName, thingGroupProperties, expectedVersion }, context) => {
        const group = thingGroups.find(context, thingGroupName);
        expect(group, expectedVersion);
        const version = group.version + 1;
        thingGroups.put(context, thingGroupName, {
            ...group,
            version,
            description: thingGroupProperties.thingGroupDescription ?? group.description,
            attributes: mergeAttributes(group.attributes, thingGroupProperties.attributePayload),
        });
        return { version };
    },

    /**
     * Succeeds where there is no such group.
     *
     * @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteThingGroup.html
     */
    DeleteThingGroup: ({ thingGroupName, expectedVersion }, context) => {
        const group = thingGroups.get(context, thingGroupName);
        if (group === undefined) {
            return {};
        }
        expect(group, expectedVersion);
        if (thingGroups.list(context).some(({ parent }) => parent === thingGroupName)) {
            throw new Refusal(
                "InvalidRequestException",
                `Cannot delete thing group ${thingGroupName} when there are still child groups attached to it`,
            );
        }
        groupMembers
            .from(context, thingGroupName)
            .forEach((thing) => groupMembers.delete(context, thingGroupName, thing));
        policyAttachments
            .to(context, group.arn)
            .forEach((policy) => policyAttachments.delete(context, policy, group.arn));
        thingGroups.delete(context, thingGroupName);
        tagSet.clear(context, group.arn);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_AddThingToThingGroup.html */
    AddThingToThingGroup: (input, context) => {
        const group = thingGroups.find(context, nameFrom(input.thingGroupName, input.thingGroupArn));
        const thing = things.find(context, nameFrom(input.thingName, input.thingArn));
        groupMembers.add(context, group.name, thing.name);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_RemoveThingFromThingGroup.html */
    RemoveThingFromThingGroup: (input, context) => {
        const group = thingGroups.find(context, nameFrom(input.thingGroupName, input.thingGroupArn));
        const thing = things.find(context, nameFrom(input.thingName, input.thingArn));
        groupMembers.delete(context, group.name, thing.name);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListThingsInThingGroup.html */
    ListThingsInThingGroup: ({ thingGroupName, nextToken, maxResults = 25 }, context) => {
        const group = thingGroups.find(context, thingGroupName);
        const { shown, token } = paginate(groupMembers.from(context, group.name), maxResults, nextToken);
        return { things: shown, nextToken: token };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListThingGroupsForThing.html */
    ListThingGroupsForThing: ({ thingName, nextToken, maxResults = 25 }, context) => {
        const thing = things.find(context, thingName);
        const { shown, token } = paginate(groupMembers.to(context, thing.name), maxResults, nextToken);
        return {
            thingGroups: shown.map((name) => ({ groupName: name, groupArn: thingGroups.get(context, name)?.arn })),
            nextToken: token,
        };
    },
};
