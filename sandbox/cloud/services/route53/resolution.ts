import type { OperationContext } from "../../context";
import type { ResourceRecordSet } from "../../models/route53";
import { hostedZones, type StoredZone } from "./hostedZones";
import { zoneFileName } from "./names";
import { recordsAt } from "./records";

/** A public zone, and whose it is. */
export interface ServedZone extends StoredZone {
    /** The cloud as the zone's owner sees it. */
    readonly owner: OperationContext;
}

/** Public zones of all accounts, the oldest first: DNS does not know accounts. */
function publicZones(context: OperationContext): ServedZone[] {
    return context
        .accounts()
        .flatMap((account) => {
            const owner = context.within({ account });
            const zones = owner.table(hostedZones).list();
            return zones.filter((zone) => zone.vpc === undefined).map((zone) => ({ ...zone, owner }));
        })
        .sort((left, right) => left.createdAt - right.createdAt);
}

/** Whether a zone lies above a name, or is it. */
function encloses(zone: StoredZone, name: string): boolean {
    return name === zone.name || name.endsWith(`.${zone.name}`);
}

/**
 * The zone that answers for a name, as a resolver finds it: from the outermost zone down over NS records.
 *
 * So a zone whose parent is here too but does not delegate to it is not asked, as on the Internet. Where several zones
 * have one name, the oldest is taken for the one that the registrar delegates to.
 */
export function answeringZone(context: OperationContext, name: string): ServedZone | undefined {
    const enclosing = publicZones(context).filter((zone) => encloses(zone, name));
    const outermost = Math.min(...enclosing.map((zone) => zone.name.length));
    let zone = enclosing.find((candidate) => candidate.name.length === outermost);
    for (;;) {
        const delegated = zone && delegate(zone, enclosing);
        if (delegated === undefined) {
            return zone;
        }
        zone = delegated;
    }
}

function delegate(zone: ServedZone, zones: readonly ServedZone[]): ServedZone | undefined {
    return zones.find((candidate) => {
        const servers = recordsAt(zone.owner, zone.id, candidate.name, "NS").flatMap(valuesOf).map(zoneFileName);
        return (
            candidate.name.length > zone.name.length &&
            candidate.nameServers.some((server) => servers.includes(zoneFileName(server)))
        );
    });
}

function valuesOf(record: ResourceRecordSet): string[] {
    return (record.ResourceRecords ?? []).map(({ Value }) => Value);
}

/**
 * The values of a name's records of one type, as the Internet sees them; none where there are none.
 *
 * Names are answered exactly, not by wildcards: validation records are always exact.
 */
export function resolve(context: OperationContext, name: string, type: ResourceRecordSet["Type"]): string[] {
    const wanted = zoneFileName(name);
    const zone = answeringZone(context, wanted);
    return zone === undefined ? [] : recordsAt(zone.owner, zone.id, wanted, type).flatMap(valuesOf);
}
