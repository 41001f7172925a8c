import { randomUUID } from "node:crypto";
import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { CollectionSummary, OperationTypes } from "../../models/route53";
import { paginate } from "../../pagination";
import { submitChange } from "./changes";
import { applyCidrChanges, refuseMalformedBlocks, refuseUsedLocations } from "./cidrChanges";
import { cidrCollections, findCidrCollection, locationsOf, type StoredCidrCollection } from "./cidrCollectionTable";
import { allRecords } from "./records";

/** Entries on one page where the caller does not say. */
const pageSize = 100;

function describe({ arn, id, name, version }: StoredCidrCollection): CollectionSummary {
    return { Arn: arn, Id: id, Name: name, Version: version };
}

function page<Item>(items: readonly Item[], { MaxResults, NextToken }: { MaxResults?: string; NextToken?: string }) {
    const size = Number(MaxResults ?? pageSize);
    if (!Number.isInteger(size) || size < 1) {
        throw new Refusal("InvalidInput", `The value of MaxResults must be a positive number, not ${MaxResults}`);
    }
    return paginate(items, size, NextToken);
}

/**
 * CIDR collections: networks by location, which records with IP-based routing name.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 */
export const cidrCollectionOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateCidrCollection.html */
    CreateCidrCollection: ({ Name, CallerReference }, context) => {
        const table = context.table(cidrCollections);
        const same = table.list().find(({ name }) => name === Name);
        if (same !== undefined && same.callerReference !== CallerReference) {
            throw new Refusal(
                "CidrCollectionAlreadyExistsException",
                `A CIDR collection with the name ${Name} and a different caller reference already exists`,
            );
        }
        const id = same?.id ?? randomUUID();
        const collection = same ?? {
            id,
            arn: context.arn("route53", `cidrcollection/${id}`, { region: "", account: "" }),
            name: Name,
            callerReference: CallerReference,
            version: 1,
            blocks: [],
        };
        table.put(id, collection);
        return {
            Collection: describe(collection),
            Location: `https://route53.amazonaws.com/2013-04-01/cidrcollection/${id}`,
        };
    },

    /**
     * All changes or none, so that a block can move from one location to another.
     *
     * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeCidrCollection.html
     */
    ChangeCidrCollection: ({ Id, CollectionVersion, Changes }, context) => {
        const collection = findCidrCollection(context, Id);
        if (CollectionVersion !== undefined && CollectionVersion !== collection.version) {
            throw new Refusal(
                "CidrCollectionVersionMismatchException",
                `The current version of the CIDR collection is ${collection.version}, not ${CollectionVersion}`,
            );
        }
        refuseMalformedBlocks(Changes);
        const changed = {
            ...collection,
            version: collection.version + 1,
            blocks: applyCidrChanges(collection, Changes),
        };
        refuseUsedLocations(context, collection, changed);
        context.table(cidrCollections).put(Id, changed);
        return { Id: submitChange(context).Id };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrCollections.html */
    ListCidrCollections: (input, context) => {
        const { shown, token } = page(context.table(cidrCollections).list(), input);
        return { CidrCollections: shown.map(describe), NextToken: token };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrLocations.html */
    ListCidrLocations: ({ CollectionId, ...input }, context) => {
        const { shown, token } = page(locationsOf(findCidrCollection(context, CollectionId)), input);
        return { CidrLocations: shown.map((LocationName) => ({ LocationName })), NextToken: token };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrBlocks.html */
    ListCidrBlocks: ({ CollectionId, LocationName, ...input }, context) => {
        const collection = findCidrCollection(context, CollectionId);
        if (LocationName !== undefined && !locationsOf(collection).includes(LocationName)) {
            throw new Refusal(
                "NoSuchCidrLocationException",
                `The CIDR collection ${CollectionId} has no location ${LocationName}`,
            );
        }
        const blocks = collection.blocks.filter((block) => (LocationName ?? block.LocationName) === block.LocationName);
        const { shown, token } = page(blocks, input);
        return { CidrBlocks: shown, NextToken: token };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteCidrCollection.html */
    DeleteCidrCollection: ({ Id }, context) => {
        const { blocks } = findCidrCollection(context, Id);
        const used = allRecords(context).some(({ CidrRoutingConfig }) => CidrRoutingConfig?.CollectionId === Id);
        if (used || blocks.length > 0) {
            const reason = used ? "is in use by records" : "is not empty";
            throw new Refusal("CidrCollectionInUseException", `The CIDR collection ${Id} ${reason}`);
        }
        context.table(cidrCollections).delete(Id);
        return {};
    },
};
