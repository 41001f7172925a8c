import { isEndpoint, type PlannedRecord } from "./plannedRecord";
import type { ResourceRecordSet } from "./resourceRecordSet";

/** What a plan leaves open, because only AWS knows it. */
export interface DeployedParts {
    readonly hostedZoneId: string;
    /** Host names of the `iot:Data-ATS` endpoints, by region. */
    readonly dataEndpoints: Readonly<Record<string, string>>;
    /** By region; a region without one counts as healthy. */
    readonly healthCheckIds: Readonly<Record<string, string>>;
    /** Where the plan has CIDR locations. */
    readonly cidrCollectionId?: string;
}

/** A planned record as Route 53's API takes and lists it. */
export function recordSetOf(record: PlannedRecord, deployed: DeployedParts): ResourceRecordSet {
    const { CidrRoutingConfig: cidr, ...routing } = record.routing;
    return {
        Name: record.name,
        Type: record.type,
        ...(record.setIdentifier !== undefined && { SetIdentifier: record.setIdentifier }),
        ...routing,
        ...(cidr && { CidrRoutingConfig: { ...cidr, CollectionId: deployed.cidrCollectionId ?? "" } }),
        ...targetOf(record, deployed),
    };
}

function targetOf({ target }: PlannedRecord, deployed: DeployedParts): Partial<ResourceRecordSet> {
    if (!isEndpoint(target)) {
        return {
            AliasTarget: {
                HostedZoneId: deployed.hostedZoneId,
                DNSName: target.aliasName,
                EvaluateTargetHealth: target.evaluateTargetHealth,
            },
        };
    }
    const healthCheckId =
        target.healthCheckRegion === undefined ? undefined : deployed.healthCheckIds[target.healthCheckRegion];
    return {
        TTL: target.timeToLive,
        ResourceRecords: [{ Value: deployed.dataEndpoints[target.region] ?? "" }],
        ...(healthCheckId !== undefined && { HealthCheckId: healthCheckId }),
    };
}
