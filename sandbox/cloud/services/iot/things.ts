import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { mergeAttributes } from "./attributes";
import { certificates } from "./certificateTable";
import { groupMembers } from "./thingGroups";
import { thingPrincipals, things, type StoredThing } from "./thingTable";
import { thingTypes } from "./thingTypes";

/** Attributes of a thing without a type. @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#thing-limits */
const maximumAttributes = { typed: 50, untyped: 3 };

function put(context: OperationContext, thing: StoredThing): void {
    const type = thing.type === undefined ? undefined : thingTypes.find(context, thing.type);
    if (type?.deprecatedAt !== undefined && things.get(context, thing.name)?.type !== type.name) {
        throw new Refusal("InvalidRequestException", `Thing type ${type.name} is deprecated`);
    }
    const maximum = type === undefined ? maximumAttributes.untyped : maximumAttributes.typed;
    if (Object.keys(thing.attributes).length > maximum) {
        throw new Refusal("InvalidRequestException", `Thing ${thing.name} can have at most ${maximum} attributes`);
    }
    things.put(context, thing.name, thing);
}

function expect(thing: StoredThing, version: number | undefined): void {
    if (version !== undefined && version !== thing.version) {
        throw new Refusal(
            "VersionConflictException",
            `The version of ${thing.name} is ${thing.version}, not ${version}`,
        );
    }
}

/** Things and the certificates that they connect with. */
export const thingOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html */
    CreateThing: ({ thingName: name, thingTypeName, attributePayload }, context) => {
        const thing: StoredThing = {
            name,
            id: randomUUID(),
            arn: context.arn("iot", `thing/${name}`),
            type: thingTypeName,
            attributes: mergeAttributes({}, attributePayload),
            version: 1,
        };
        if (things.get(context, name) !== undefined) {
            throw new Refusal("ResourceAlreadyExistsException", `Thing ${name} already exists.`);
        }
        put(context, thing);
        return { thingName: name, thingArn: thing.arn, thingId: thing.id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeThing.html */
    DescribeThing: ({ thingName }, context) => {
        const { id, arn, type, attributes, version } = things.find(context, thingName);
        return {
            defaultClientId: thingName,
            thingName,
            thingId: id,
            thingArn: arn,
            thingTypeName: type,
            attributes,
            version,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateThing.html */
    UpdateThing: ({ thingName, thingTypeName, attributePayload, expectedVersion, removeThingType }, context) => {
        const thing = things.find(context, thingName);
        expect(thing, expectedVersion);
        put(context, {
            ...thing,
            type: removeThingType === true ? undefined : (thingTypeName ?? thing.type),
            attributes: mergeAttributes(thing.attributes, attributePayload),
            version: thing.version + 1,
        });
        return {};
    },

    /**
     * Succeeds where there is no such thing.
     *
     * @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteThing.html
     */
    DeleteThing: ({ thingName, expectedVersion }, context) => {
        const thing = things.get(context, thingName);
        if (thing === undefined) {
            return {};
        }
        expect(thing, expectedVersion);
        if (thingPrincipals.from(context, thingName).length > 0) {
            throw new Refusal(
                "InvalidRequestException",
                `Cannot delete. Thing ${thingName} is still attached to one or more principals`,
            );
        }
        groupMembers.to(context, thingName).forEach((group) => groupMembers.delete(context, group, thingName));
        things.delete(context, thingName);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_AttachThingPrincipal.html */
    AttachThingPrincipal: ({ thingName, principal }, context) => {
        things.find(context, thingName);
        certificates.find(context, principal.split("/").at(-1) ?? "");
        thingPrincipals.add(context, thingName, principal);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DetachThingPrincipal.html */
    DetachThingPrincipal: ({ thingName, principal }, context) => {
        things.find(context, thingName);
        thingPrincipals.delete(context, thingName, principal);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListThingPrincipals.html */
    ListThingPrincipals: ({ thingName, nextToken, maxResults = 25 }, context) => {
        things.find(context, thingName);
        const { shown, token } = paginate(thingPrincipals.from(context, thingName), maxResults, nextToken);
        return { principals: shown, nextToken: token };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListPrincipalThings.html */
    ListPrincipalThings: ({ principal, nextToken, maxResults = 25 }, context) => {
        const { shown, token } = paginate(thingPrincipals.to(context, principal), maxResults, nextToken);
        return { things: shown, nextToken: token };
    },
};
