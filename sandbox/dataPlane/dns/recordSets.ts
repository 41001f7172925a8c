import type { AnsweringZone } from "../../cloud";
import type { ResourceRecordSet } from "../../cloud/models/route53";
import { choose, type Circumstances } from "./routing";

/** What a name and type come to for one asker. */
export interface Outcome {
    /** One, or several where multivalue routing answers; none where nothing suits the asker. */
    readonly leaves: readonly Leaf[];
    readonly isHealthy: boolean;
    /** Bits of the asker's address that the outcome depends on at most. */
    readonly scope: number;
}

/** The record set that holds the values, at the end of the aliases. */
export interface Leaf {
    /** Seconds. */
    readonly timeToLive: number;
    readonly values: readonly string[];
}

/** What a zone's record sets are read with. */
export interface Reading extends Circumstances {
    readonly zone: AnsweringZone;
    readonly isHealthy: (healthCheckId: string | undefined) => boolean;
}

const nothing: Outcome = { leaves: [], isHealthy: false, scope: 0 };

/** A zone's record sets of one name, in the form in which Route 53 lists names. */
export function recordSetsAt(zone: AnsweringZone, name: string): ResourceRecordSet[] {
    return zone.records.filter((record) => record.Name === name);
}

/**
 * Reads the record sets of one name and type, through aliases to others of the zone.
 *
 * An alias that leaves the zone has no values: the sandbox has none of the services that such aliases point to.
 */
export function outcomeOf(
    group: readonly ResourceRecordSet[],
    reading: Reading,
    visited: readonly string[] = [],
): Outcome {
    const [first] = group;
    if (first === undefined || visited.includes(first.Name)) {
        return nothing;
    }
    const branches = new Map(
        group.map((record) => [record, branchOf(record, reading, [...visited, first.Name])] as const),
    );
    const contenders = [...branches].map(([record, { isHealthy }]) => ({ record, isHealthy }));
    const choice = choose(contenders, reading);
    return {
        isHealthy: choice.isHealthy,
        scope: Math.max(choice.scope, ...[...branches.values()].map(({ scope }) => scope)),
        leaves: choice.chosen.flatMap((record) => branches.get(record)?.leaves ?? []),
    };
}

function branchOf(record: ResourceRecordSet, reading: Reading, visited: readonly string[]): Outcome {
    const { AliasTarget: alias, HealthCheckId, TTL: timeToLive = 0, ResourceRecords = [] } = record;
    const passes = reading.isHealthy(HealthCheckId);
    if (alias === undefined) {
        return {
            isHealthy: passes,
            scope: 0,
            leaves: [{ timeToLive, values: ResourceRecords.map(({ Value }) => Value) }],
        };
    }
    const group = recordSetsAt(reading.zone, alias.DNSName).filter(({ Type }) => Type === record.Type);
    const target = outcomeOf(group, reading, visited);
    return { ...target, isHealthy: passes && (!alias.EvaluateTargetHealth || target.isHealthy) };
}
