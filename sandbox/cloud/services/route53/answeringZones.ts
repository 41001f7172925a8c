import type { OperationContext } from "../../context";
import type { HealthCheck, ResourceRecordSet } from "../../models/route53";
import { isMetricInOrder } from "./alarmHealth";
import { cidrCollections } from "./cidrCollectionTable";
import { healthChecks } from "./healthCheckTable";
import { recordsOf } from "./records";
import { answeringZone } from "./resolution";
import { zoneFileName } from "./names";

/** A public hosted zone with all that its name servers answer from. */
export interface AnsweringZone {
    /** In the form in which Route 53 lists names. */
    readonly name: string;
    readonly records: readonly ResourceRecordSet[];
    /** By identifier. */
    readonly healthChecks: ReadonlyMap<string, HealthCheck>;
    /** Identifiers of the health checks that follow an alarm whose metric is not in order. */
    readonly alarmed: ReadonlySet<string>;
    /** Of each CIDR collection, by its identifier, the blocks and the names of their locations. */
    readonly cidrBlocks: ReadonlyMap<string, ReadonlyArray<{ readonly block: string; readonly location: string }>>;
}

/** The zone that answers for a name on the Internet, as it is now; `undefined` where the cloud has none. */
export function findAnsweringZone(context: OperationContext, name: string): AnsweringZone | undefined {
    const zone = answeringZone(context, zoneFileName(name));
    const checks = zone?.owner.table(healthChecks).list() ?? [];
    return (
        zone && {
            name: zone.name,
            records: recordsOf(zone.owner, zone.id),
            healthChecks: new Map(checks.map((check) => [check.Id, check])),
            alarmed: new Set(checks.filter((check) => !isMetricInOrder(zone.owner, check)).map(({ Id }) => Id)),
            cidrBlocks: new Map(
                zone.owner
                    .table(cidrCollections)
                    .list()
                    .map(({ id, blocks }) => [
                        id,
                        blocks.map(({ CidrBlock, LocationName }) => ({ block: CidrBlock, location: LocationName })),
                    ]),
            ),
        }
    );
}
