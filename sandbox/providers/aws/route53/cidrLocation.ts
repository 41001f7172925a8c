import { cidrLocationNamePattern, parseCidrBlock, rangeOf } from "../../../../rules/routing/cidrBlocks";
import { during } from "../../framework/failures";
import { set, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { findCidrCollection } from "./cidrCollection";

const missing = ["NoSuchCidrCollectionException", "NoSuchCidrLocationException"];

type Action = "PUT" | "DELETE_IF_EXISTS";

export const cidrLocation = defineResource({
    title: "Route53 CIDR Location",
    scope: "global",
    properties: {
        cidrBlocks: set(text({ refuse: cidrBlockFault }), { required: true }),
        cidrCollectionId: text({ required: true, replaces: true }),
        name: text({ replaces: true, automaticName: { maximumLength: 16 }, refuse: locationNameFault }),
    },
    async create(aws, { cidrCollectionId, name, cidrBlocks }) {
        const version = await versionOf(aws, cidrCollectionId);
        await during(
            `creating Route 53 CIDR Location (${name})`,
            change(aws, { id: `${cidrCollectionId},${name}`, action: "PUT", blocks: cidrBlocks, version }),
        );
        return { id: `${cidrCollectionId},${name}` };
    },
    async read(aws, id) {
        const { CollectionId, LocationName } = parseId(id);
        const blocks: string[] = [];
        let NextToken: string | undefined;
        do {
            const page = await aws.find(
                "route53",
                "ListCidrBlocks",
                { CollectionId, LocationName, NextToken },
                missing,
            );
            blocks.push(...(page?.CidrBlocks ?? []).map(({ CidrBlock }: { CidrBlock: string }) => CidrBlock));
            NextToken = page?.NextToken;
        } while (NextToken !== undefined);
        return blocks.length === 0
            ? undefined
            : { cidrBlocks: blocks, cidrCollectionId: CollectionId, name: LocationName };
    },
    async update(aws, id, { inputs, state }) {
        const [before, after] = [state.cidrBlocks ?? [], inputs.cidrBlocks];
        const added = after.filter((block) => !before.includes(block));
        const removed = before.filter((block) => !after.includes(block));
        const version = await versionOf(aws, inputs.cidrCollectionId);
        // New blocks come first, so that a location that records name is never without any.
        if (added.length > 0) {
            await during(
                `adding CIDR blocks to Route 53 CIDR Location (${id})`,
                change(aws, { id, action: "PUT", blocks: added, version }),
            );
        }
        if (removed.length > 0) {
            await during(
                `removing CIDR blocks from Route 53 CIDR Location (${id})`,
                change(aws, {
                    id,
                    action: "DELETE_IF_EXISTS",
                    blocks: removed,
                    // The first change has made another version.
                    version: added.length > 0 ? undefined : version,
                }),
            );
        }
    },
    async delete(aws, id, { cidrCollectionId = "", cidrBlocks = [] }) {
        const version = await versionOf(aws, cidrCollectionId);
        await during(
            `deleting Route 53 CIDR Location (${id})`,
            change(aws, { id, action: "DELETE_IF_EXISTS", blocks: cidrBlocks, version }),
        );
    },
});

interface Change {
    readonly id: string;
    readonly action: Action;
    readonly blocks: readonly string[];
    /** The version that was read; left out, the change is made to whatever is there. */
    readonly version: number | undefined;
}

async function change(aws: Aws, { id, action: Action, blocks: CidrList, version }: Change): Promise<void> {
    const { CollectionId: Id, LocationName } = parseId(id);
    const Changes = [{ LocationName, Action, CidrList }];
    await aws.call("route53", "ChangeCidrCollection", { Id, CollectionVersion: version, Changes });
}

/** The collection's version, so that a change in between is noticed. */
async function versionOf(aws: Aws, collectionId: string): Promise<number> {
    const collection = await findCidrCollection(aws, collectionId);
    if (collection === undefined) {
        throw new Error(`reading Route 53 CIDR Collection (${collectionId}): couldn't find resource`);
    }
    return collection.Version;
}

function parseId(id: string): { CollectionId: string; LocationName: string } {
    const [CollectionId = "", LocationName = "", ...rest] = id.split(",");
    if (CollectionId === "" || LocationName === "" || rest.length > 0) {
        throw new Error(`unexpected format for ID (${id}), expected CIDRCOLLECTIONID,LOCATIONNAME`);
    }
    return { CollectionId, LocationName };
}

function locationNameFault(name: string): string | undefined {
    return cidrLocationNamePattern.test(name)
        ? undefined
        : "can include up to 16 letters, digits, underscore (_) and the dash (-) character";
}

/** The provider wants the address of the network itself; how many bits it may have is Route 53's own check. */
function cidrBlockFault(text: string): string | undefined {
    const block = parseCidrBlock(text);
    if (block === undefined) {
        return `${JSON.stringify(text)} is not a valid CIDR block`;
    }
    const [address = ""] = text.split("/");
    const given = parseCidrBlock(`${address}/${block.network.kind() === "ipv4" ? 32 : 128}`);
    return given?.network.toString() === block.network.toString()
        ? undefined
        : `${JSON.stringify(text)} is not a valid CIDR block; did you mean ${JSON.stringify(rangeOf(block))}?`;
}
