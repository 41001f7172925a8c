import type { OperationContext } from "../../context";
import type { ResourceRecordSet } from "../../models/route53";
import { defineTable } from "../../tables";
import { listingOrder } from "./names";

const recordSets = defineTable<ResourceRecordSet>("route53", "resourceRecordSet");

/** What tells one record set of a zone from the others; it sorts as Route 53 lists them. */
export function recordKey(record: ResourceRecordSet): string[] {
    return [listingOrder(record.Name), record.Type, record.SetIdentifier ?? ""];
}

/** All record sets of a zone in the order in which Route 53 lists them. */
export function recordsOf(context: OperationContext, zoneId: string): ResourceRecordSet[] {
    return context.table(recordSets).list(zoneId);
}

/** The record sets of all zones of the account. */
export function allRecords(context: OperationContext): ResourceRecordSet[] {
    return context.table(recordSets).list();
}

export function putRecord(context: OperationContext, zoneId: string, record: ResourceRecordSet): void {
    context.table(recordSets).put([zoneId, ...recordKey(record)], record);
}

export function deleteRecord(context: OperationContext, zoneId: string, record: ResourceRecordSet): void {
    context.table(recordSets).delete(zoneId, ...recordKey(record));
}

/** The record sets of one name and type. */
export function recordsAt(
    context: OperationContext,
    zoneId: string,
    name: string,
    type: ResourceRecordSet["Type"],
): ResourceRecordSet[] {
    return context.table(recordSets).list(zoneId, listingOrder(name), type);
}
