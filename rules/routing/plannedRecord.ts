import type { RoutingFields } from "./resourceRecordSet";
import type { RoutingSettings } from "./settings";

/** What a record answers: a region's data endpoint, or whatever the records of another name answer. */
export type RecordTarget = EndpointTarget | AliasTarget;

/** A region's data endpoint. */
export interface EndpointTarget {
    readonly region: string;
    /** Seconds. */
    readonly timeToLive: number;
    /** The region whose health check decides whether the record answers; absent where nothing checks it. */
    readonly healthCheckRegion?: string;
}

/** The records of another name of the same zone. */
export interface AliasTarget {
    readonly aliasName: string;
    /** Always: an alias that did not look would answer with a whole branch of unhealthy regions. */
    readonly evaluateTargetHealth: true;
}

/** One record, as plain data that knows neither the endpoints' host names nor the health checks' identifiers. */
export interface PlannedRecord {
    /** Names the record for good: the same for as long as Route 53 can update the record in place. */
    readonly key: string;
    readonly name: string;
    readonly type: "CNAME";
    /** Absent for the record at the domain name, which has no routing policy. */
    readonly setIdentifier?: string;
    readonly routing: RoutingFields;
    readonly target: RecordTarget;
}

/** A target that is one region. */
export function endpointOf(region: string, routing: RoutingSettings): EndpointTarget {
    return {
        region,
        timeToLive: routing.timeToLive,
        ...(isChecked(routing) && { healthCheckRegion: region }),
    };
}

/** A target that is the records of another name. */
export function aliasOf(aliasName: string): AliasTarget {
    return { aliasName, evaluateTargetHealth: true };
}

/** Whether a target is one region. */
export function isEndpoint(target: RecordTarget): target is EndpointTarget {
    return "region" in target;
}

/** Whether health checks decide which regions answer. */
export function isChecked(routing: RoutingSettings): boolean {
    return routing.policy !== "simple" && routing.healthCheck.type !== "none";
}
