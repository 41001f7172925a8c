import { createHash } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { randomId } from "../../identifiers";
import type { HostedZone, OperationTypes, VPC } from "../../models/route53";
import { defineTable } from "../../tables";
import { submitChange } from "./changes";
import { bareId, listingOrder, nameFault, zoneFileName } from "./names";
import { deleteRecord, putRecord, recordsOf } from "./records";
import { tagSet } from "./tagSet";

/** A hosted zone as it is kept. */
export interface StoredZone {
    readonly id: string;
    readonly name: string;
    readonly callerReference: string;
    readonly comment: string;
    readonly vpc?: VPC;
    readonly nameServers: readonly string[];
    readonly createdAt: number;
}

export const hostedZones = defineTable<StoredZone>("route53", "hostedZone");

/** Time to live of the records that a zone is born with. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
const nameServerTtl = 172_800;
const authorityTtl = 900;

/** The zone of that identifier. @throws Refusal NoSuchHostedZone */
export function findZone(context: OperationContext, id: string): StoredZone {
    const zone = context.table(hostedZones).get(bareId(id));
    if (zone === undefined) {
        throw new Refusal("NoSuchHostedZone", `No hosted zone found with ID: ${bareId(id)}`);
    }
    return zone;
}

/** Four name servers of four top-level domains, which differ from zone to zone as AWS's do. */
function nameServersOf(id: string): string[] {
    const bytes = createHash("sha256").update(id).digest();
    return ["com", "net", "org", "co.uk"].map((topLevel, index) => {
        const server = index * 512 + (bytes.readUInt16BE(index * 4) % 512);
        const group = bytes.readUInt8(index * 4 + 2) % 64;
        return `ns-${server}.awsdns-${String(group).padStart(2, "0")}.${topLevel}`;
    });
}

function describeZone(context: OperationContext, zone: StoredZone): HostedZone {
    return {
        Id: `/hostedzone/${zone.id}`,
        Name: zone.name,
        CallerReference: zone.callerReference,
        Config: { Comment: zone.comment, PrivateZone: zone.vpc !== undefined },
        ResourceRecordSetCount: recordsOf(context, zone.id).length,
    };
}

function putInitialRecords(context: OperationContext, zone: StoredZone): void {
    const [primary = ""] = zone.nameServers;
    const authority = `${primary}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
    const servers = zone.nameServers.map((server) => ({ Value: `${server}.` }));
    putRecord(context, zone.id, { Name: zone.name, Type: "NS", TTL: nameServerTtl, ResourceRecords: servers });
    putRecord(context, zone.id, {
        Name: zone.name,
        Type: "SOA",
        TTL: authorityTtl,
        ResourceRecords: [{ Value: authority }],
    });
}

/** One page of a list, and whether more follows. */
export function page<Item>(
    items: readonly Item[],
    maxItems: string | undefined,
    greatest: number,
): { shown: Item[]; next: Item | undefined; size: string } {
    const size = Math.min(Number(maxItems ?? greatest), greatest);
    if (!Number.isInteger(size) || size < 1) {
        throw new Refusal("InvalidInput", `The value of MaxItems must be a number from 1 to ${greatest}`);
    }
    return { shown: items.slice(0, size), next: items[size], size: String(size) };
}

/** Hosted zones. */
export const hostedZoneOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html */
    CreateHostedZone: ({ Name, CallerReference, HostedZoneConfig, VPC }, context) => {
        const table = context.table(hostedZones);
        if (nameFault(Name) !== undefined || Name === "." || Name.includes("*")) {
            throw new Refusal("InvalidDomainName", `${Name} is not a valid domain name`);
        }
        if (table.list().some((zone) => zone.callerReference === CallerReference)) {
            throw new Refusal(
                "HostedZoneAlreadyExists",
                `A hosted zone has already been created with the specified caller reference: ${CallerReference}`,
            );
        }
        if (HostedZoneConfig?.PrivateZone === true && VPC === undefined) {
            throw new Refusal("InvalidInput", "A VPC is required when creating a private hosted zone");
        }
        const id = randomId("Z", 19);
        const zone: StoredZone = {
            id,
            name: zoneFileName(Name),
            callerReference: CallerReference,
            comment: HostedZoneConfig?.Comment ?? "",
            vpc: VPC,
            nameServers: nameServersOf(id),
            createdAt: context.now,
        };
        table.put(id, zone);
        putInitialRecords(context, zone);
        return {
            HostedZone: describeZone(context, zone),
            ChangeInfo: submitChange(context),
            DelegationSet: { NameServers: [...zone.nameServers] },
            VPC,
            Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html */
    GetHostedZone: ({ Id }, context) => {
        const zone = findZone(context, Id);
        return {
            HostedZone: describeZone(context, zone),
            ...(zone.vpc === undefined
                ? { DelegationSet: { NameServers: [...zone.nameServers] } }
                : { VPCs: [zone.vpc] }),
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneComment.html */
    UpdateHostedZoneComment: ({ Id, Comment = "" }, context) => {
        const zone = { ...findZone(context, Id), comment: Comment };
        context.table(hostedZones).put(zone.id, zone);
        return { HostedZone: describeZone(context, zone) };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html */
    ListHostedZones: ({ Marker = "", MaxItems, HostedZoneType }, context) => {
        const zones = context
            .table(hostedZones)
            .list()
            .filter((zone) => zone.id >= Marker && (HostedZoneType === undefined || zone.vpc !== undefined));
        const { shown, next, size } = page(zones, MaxItems, 100);
        return {
            HostedZones: shown.map((zone) => describeZone(context, zone)),
            Marker,
            IsTruncated: next !== undefined,
            NextMarker: next?.id,
            MaxItems: size,
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html */
    ListHostedZonesByName: ({ DNSName, HostedZoneId, MaxItems }, context) => {
        if (HostedZoneId !== undefined && DNSName === undefined) {
            throw new Refusal("InvalidInput", "HostedZoneId can be given only together with DNSName");
        }
        const order = (zone: StoredZone) => [listingOrder(zone.name), zone.id] as const;
        const start = [DNSName === undefined ? "" : listingOrder(DNSName), bareId(HostedZoneId ?? "")] as const;
        const zones = context
            .table(hostedZones)
            .list()
            .filter((zone) => compare(order(zone), start) >= 0)
            .sort((left, right) => compare(order(left), order(right)));
        const { shown, next, size } = page(zones, MaxItems, 100);
        return {
            HostedZones: shown.map((zone) => describeZone(context, zone)),
            DNSName,
            HostedZoneId,
            IsTruncated: next !== undefined,
            NextDNSName: next?.name,
            NextHostedZoneId: next?.id,
            MaxItems: size,
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html */
    DeleteHostedZone: ({ Id }, context) => {
        const zone = findZone(context, Id);
        const initial = recordsOf(context, zone.id).filter(
            (record) => record.Name === zone.name && ["NS", "SOA"].includes(record.Type),
        );
        if (recordsOf(context, zone.id).length > initial.length) {
            throw new Refusal(
                "HostedZoneNotEmpty",
                "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
            );
        }
        initial.forEach((record) => deleteRecord(context, zone.id, record));
        context.table(hostedZones).delete(zone.id);
        tagSet.clear(context, `hostedzone/${zone.id}`);
        return { ChangeInfo: submitChange(context) };
    },
};

function compare(left: readonly string[], right: readonly string[]): number {
    const index = left.findIndex((part, position) => part !== right[position]);
    return index < 0 ? 0 : (left[index] ?? "") < (right[index] ?? "") ? -1 : 1;
}
