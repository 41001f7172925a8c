import {
    cidrBlockFindings,
    defaultCidrLocation,
    maximumBlocksInCollection,
    parseCidrBlock,
    rangeOf,
} from "../../../../rules/routing/cidrBlocks";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CidrCollectionChange } from "../../models/route53";
import { locationsOf, type StoredCidrCollection } from "./cidrCollectionTable";
import { allRecords } from "./records";

/** Most blocks in one request. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeCidrCollection.html */
const maximumBlocksInRequest = 1000;

/** The range of a block that {@link refuseMalformedBlocks} has let pass, in one spelling. */
function rangeIn(text: string): string {
    const block = parseCidrBlock(text);
    return block === undefined ? text : rangeOf(block);
}

/** @throws Refusal InvalidInput with everything that is wrong with the blocks themselves */
export function refuseMalformedBlocks(changes: readonly CidrCollectionChange[]): void {
    const blocks = changes.flatMap(({ CidrList }) => CidrList);
    if (blocks.length > maximumBlocksInRequest) {
        throw new Refusal(
            "InvalidInput",
            `A request can change at most ${maximumBlocksInRequest} CIDR blocks, not ${blocks.length}`,
        );
    }
    const faults = blocks.flatMap((text) => cidrBlockFindings(text, "CidrList"));
    if (faults.length > 0) {
        const described = faults.map(({ got, expected }) => `${got} is not valid: expected ${expected}`);
        throw new Refusal("InvalidInput", `[${described.join(", ")}]`);
    }
}

/**
 * The blocks after the changes; a block that stays in two locations at the end is refused, whatever the order.
 *
 * @throws Refusal CidrBlockInUseException, LimitsExceeded
 */
export function applyCidrChanges(
    { blocks }: StoredCidrCollection,
    changes: readonly CidrCollectionChange[],
): StoredCidrCollection["blocks"] {
    const keyOf = (CidrBlock: string, LocationName: string) => `${LocationName} ${rangeIn(CidrBlock)}`;
    const after = new Map(blocks.map((block) => [keyOf(block.CidrBlock, block.LocationName), block]));
    for (const { Action, CidrList, LocationName } of changes) {
        for (const CidrBlock of CidrList) {
            const key = keyOf(CidrBlock, LocationName);
            if (Action === "DELETE_IF_EXISTS") {
                after.delete(key);
            } else if (!after.has(key)) {
                after.set(key, { CidrBlock, LocationName });
            }
        }
    }
    const owners = new Map<string, string>();
    for (const { CidrBlock, LocationName } of after.values()) {
        const owner = owners.get(rangeIn(CidrBlock));
        if (owner !== undefined) {
            throw new Refusal(
                "CidrBlockInUseException",
                `The CIDR block ${CidrBlock} is in use in the locations ${owner} and ${LocationName}`,
            );
        }
        owners.set(rangeIn(CidrBlock), LocationName);
    }
    if (after.size > maximumBlocksInCollection) {
        throw new Refusal(
            "LimitsExceeded",
            `A CIDR collection can have at most ${maximumBlocksInCollection} CIDR blocks, not ${after.size}`,
        );
    }
    return [...after].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, block]) => block);
}

/** @throws Refusal CidrBlockInUseException where a location would vanish that records name */
export function refuseUsedLocations(
    context: OperationContext,
    before: StoredCidrCollection,
    after: StoredCidrCollection,
): void {
    const vanished = locationsOf(before).filter((name) => !locationsOf(after).includes(name));
    const user = allRecords(context).find(
        ({ CidrRoutingConfig: config }) =>
            config?.CollectionId === before.id &&
            config.LocationName !== defaultCidrLocation &&
            vanished.includes(config.LocationName),
    );
    if (user !== undefined) {
        throw new Refusal(
            "CidrBlockInUseException",
            `The last CIDR blocks of location ${user.CidrRoutingConfig?.LocationName} are in use by the record ${user.Name}`,
        );
    }
}
