import { randomUUID } from "node:crypto";
import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes, ThingTypeDefinition, ThingTypeProperties } from "../../models/iot";
import { paginate } from "../../pagination";
import { Registry } from "./registry";
import { tagSet } from "./tags";
import { things } from "./thingTable";

/** A thing type as it is kept. */
export interface StoredThingType {
    readonly name: string;
    readonly id: string;
    readonly arn: string;
    readonly properties?: ThingTypeProperties;
    readonly deprecatedAt?: number;
    readonly createdAt: number;
}

/** Thing types by their names. */
export const thingTypes = new Registry<StoredThingType>("thingType", "Thing type");

/** How long a thing type must be deprecated before it can be deleted. @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteThingType.html */
const deprecationPeriod = 5 * 60 * 1000;

/** Most searchable attributes. @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-types.html */
const maximumSearchableAttributes = 3;

function refuseProperties(properties: ThingTypeProperties | undefined): void {
    if ((properties?.searchableAttributes?.length ?? 0) > maximumSearchableAttributes) {
        throw new Refusal(
            "InvalidRequestException",
            `A thing type can have at most ${maximumSearchableAttributes} searchable attributes`,
        );
    }
}

function describe(type: StoredThingType): ThingTypeDefinition {
    const { name, arn, properties, deprecatedAt, createdAt } = type;
    return {
        thingTypeName: name,
        thingTypeArn: arn,
        thingTypeProperties: properties,
        thingTypeMetadata: {
            deprecated: deprecatedAt !== undefined,
            deprecationDate: deprecatedAt === undefined ? undefined : new Date(deprecatedAt),
            creationDate: new Date(createdAt),
        },
    };
}

/** Thing types. */
export const thingTypeOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThingType.html */
    CreateThingType: ({ thingTypeName: name, thingTypeProperties, tags }, context) => {
        refuseProperties(thingTypeProperties);
        const arn = context.arn("iot", `thingtype/${name}`);
        const type = { name, id: randomUUID(), arn, properties: thingTypeProperties, createdAt: context.now };
        thingTypes.add(context, name, type);
        tagSet.add(context, arn, tags);
        return { thingTypeName: name, thingTypeArn: arn, thingTypeId: type.id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeThingType.html */
    DescribeThingType: ({ thingTypeName }, context) => {
        const type = thingTypes.find(context, thingTypeName);
        return { ...describe(type), thingTypeId: type.id };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListThingTypes.html */
    ListThingTypes: ({ nextToken, maxResults = 25, thingTypeName }, context) => {
        const matching = thingTypes.list(context).filter(({ name }) => !thingTypeName || name === thingTypeName);
        const { shown, token } = paginate(matching, maxResults, nextToken);
        return { thingTypes: shown.map(describe), nextToken: token };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateThingType.html */
    UpdateThingType: ({ thingTypeName, thingTypeProperties }, context) => {
        const type = thingTypes.find(context, thingTypeName);
        refuseProperties(thingTypeProperties);
        const properties = { ...type.properties, ...thingTypeProperties };
        thingTypes.put(context, thingTypeName, { ...type, properties });
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeprecateThingType.html */
    DeprecateThingType: ({ thingTypeName, undoDeprecate = false }, context) => {
        const type = thingTypes.find(context, thingTypeName);
        thingTypes.put(context, thingTypeName, { ...type, deprecatedAt: undoDeprecate ? undefined : context.now });
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteThingType.html */
    DeleteThingType: ({ thingTypeName }, context) => {
        const { deprecatedAt, arn } = thingTypes.find(context, thingTypeName);
        const refuse = (reason: string) => {
            throw new Refusal("InvalidRequestException", `Cannot delete thing type : ${thingTypeName}. ${reason}`);
        };
        if (deprecatedAt === undefined) {
            refuse("Please deprecate the thing type first");
        } else if (context.now - deprecatedAt < deprecationPeriod) {
            // The provider knows by these words that the refusal passes with time.
            refuse("Please wait for 5 minutes after deprecation and then retry");
        } else if (things.list(context).some(({ type }) => type === thingTypeName)) {
            refuse("Please remove the thing type from all things first");
        }
        thingTypes.delete(context, thingTypeName);
        tagSet.clear(context, arn);
        return {};
    },
};
