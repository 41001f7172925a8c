import { isDeepStrictEqual } from "node:util";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { Change, OperationTypes, ResourceRecordSet } from "../../models/route53";
import { submitChange } from "./changes";
import { cidrRoutingFaults } from "./cidrRoutingFaults";
import { healthChecks } from "./healthCheckTable";
import { findZone, page } from "./hostedZones";
import { listingOrder } from "./names";
import { canonicalRecord, inputFaults, recordFaults } from "./recordChecks";
import { deleteRecord, putRecord, recordKey, recordsOf } from "./records";
import { apexFaults, zoneFaults } from "./zoneChecks";

/** Most values in one request; an UPSERT counts twice. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const maximumValues = 1000;
const maximumValueCharacters = 32_000;

function keyOf(record: ResourceRecordSet): string {
    return recordKey(record).join("\n");
}

function label(record: ResourceRecordSet): string {
    const identifier = record.SetIdentifier === undefined ? "" : `, set-identifier='${record.SetIdentifier}'`;
    return `resource record set [name='${record.Name}', type='${record.Type}'${identifier}]`;
}

/** Applies changes one after the other to the zone's record sets, and tells what cannot be applied. */
function applyChanges(records: Map<string, ResourceRecordSet>, changes: readonly Change[]): string[] {
    const faults: string[] = [];
    for (const { Action, ResourceRecordSet: record } of changes) {
        const existing = records.get(keyOf(record));
        if (Action === "CREATE" && existing !== undefined) {
            faults.push(`Tried to create ${label(record)} but it already exists`);
        } else if (Action === "DELETE" && existing === undefined) {
            faults.push(`Tried to delete ${label(record)} but it was not found`);
        } else if (Action === "DELETE" && !isDeepStrictEqual(comparable(existing), comparable(record))) {
            faults.push(`Tried to delete ${label(record)} but the values provided do not match the current values`);
        } else if (Action === "DELETE") {
            records.delete(keyOf(record));
        } else {
            records.set(keyOf(record), record);
        }
    }
    return faults;
}

/** A record set without what does not count when a deletion is matched: the order of its values. */
function comparable(record: ResourceRecordSet | undefined): unknown {
    const values = record?.ResourceRecords?.map(({ Value }) => Value).sort();
    return { ...record, ResourceRecords: values };
}

function checkSize(changes: readonly Change[]): string[] {
    const values = changes.flatMap(({ Action, ResourceRecordSet: { ResourceRecords = [] } }) =>
        Action === "UPSERT" ? [...ResourceRecords, ...ResourceRecords] : ResourceRecords,
    );
    const characters = values.reduce((sum, { Value }) => sum + Value.length, 0);
    return [
        values.length > maximumValues ? `Number of records limit of ${maximumValues} exceeded.` : undefined,
        characters > maximumValueCharacters
            ? `The length of all values limit of ${maximumValueCharacters} exceeded.`
            : undefined,
    ].filter((fault) => fault !== undefined);
}

function refuseMalformed(changes: readonly Change[]): void {
    for (const { Action, ResourceRecordSet: record } of changes) {
        const [fault] = inputFaults(record);
        if (fault !== undefined) {
            const { Name, Type, SetIdentifier = "null" } = record;
            const change = `[Action=${Action}, Name=${Name}, Type=${Type}, SetIdentifier=${SetIdentifier}]`;
            throw new Refusal("InvalidInput", `Invalid request: ${fault} in Change with ${change}`);
        }
    }
}

function refuseUnknownHealthChecks(context: OperationContext, changes: readonly Change[]): void {
    for (const { Action, ResourceRecordSet: record } of changes) {
        const id = record.HealthCheckId;
        if (Action !== "DELETE" && id !== undefined && context.table(healthChecks).get(id) === undefined) {
            throw new Refusal("NoSuchHealthCheck", `A health check with id ${id} does not exist.`);
        }
    }
}

/** Record sets. */
export const recordSetOperations: OperationsOf<OperationTypes> = {
    /**
     * All changes or none: the checks look at the zone as the whole batch would leave it.
     *
     * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
     */
    ChangeResourceRecordSets: ({ HostedZoneId, ChangeBatch }, context) => {
        const zone = findZone(context, HostedZoneId);
        refuseMalformed(ChangeBatch.Changes);
        refuseUnknownHealthChecks(context, ChangeBatch.Changes);
        const changes = ChangeBatch.Changes.map((change) => ({
            ...change,
            ResourceRecordSet: canonicalRecord(change.ResourceRecordSet),
        }));
        const before = new Map(recordsOf(context, zone.id).map((record) => [keyOf(record), record]));
        const after = new Map(before);
        const faults = [...checkSize(changes), ...applyChanges(after, changes)];
        const state = { id: zone.id, name: zone.name, records: [...after.values()] };
        const written = state.records.filter((record) => before.get(keyOf(record)) !== record);
        const cidrZone = { records: state.records, isPrivate: zone.vpc !== undefined };
        faults.push(
            ...written.flatMap((record) => [
                ...recordFaults(record),
                ...zoneFaults(record, state),
                ...cidrRoutingFaults(context, record, cidrZone),
            ]),
        );
        if (faults.length === 0) {
            faults.push(...apexFaults(state));
        }
        if (faults.length > 0) {
            throw new Refusal("InvalidChangeBatch", `[${faults.join(", ")}]`);
        }
        [...before.entries()]
            .filter(([key]) => !after.has(key))
            .forEach(([, record]) => deleteRecord(context, zone.id, record));
        written.forEach((record) => putRecord(context, zone.id, record));
        return { ChangeInfo: submitChange(context, ChangeBatch.Comment) };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html */
    ListResourceRecordSets: (input, context) => {
        const { HostedZoneId, StartRecordName, StartRecordType, StartRecordIdentifier, MaxItems } = input;
        const zone = findZone(context, HostedZoneId);
        if (StartRecordType !== undefined && StartRecordName === undefined) {
            throw new Refusal("InvalidInput", "StartRecordType cannot be given without StartRecordName");
        }
        if (StartRecordIdentifier !== undefined && StartRecordType === undefined) {
            throw new Refusal("InvalidInput", "StartRecordIdentifier cannot be given without StartRecordType");
        }
        const order = StartRecordName === undefined ? "" : listingOrder(StartRecordName);
        const start = [order, StartRecordType ?? "", StartRecordIdentifier ?? ""].join("\n");
        const records = recordsOf(context, zone.id).filter((record) => keyOf(record) >= start);
        const { shown, next, size } = page(records, MaxItems, 300);
        return {
            ResourceRecordSets: shown,
            IsTruncated: next !== undefined,
            NextRecordName: next?.Name,
            NextRecordType: next?.Type,
            NextRecordIdentifier: next?.SetIdentifier,
            MaxItems: size,
        };
    },
};
