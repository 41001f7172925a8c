import { defaultCidrLocation } from "../../../../rules/routing/cidrBlocks";
import type { OperationContext } from "../../context";
import type { ResourceRecordSet } from "../../models/route53";
import { cidrCollections, locationsOf } from "./cidrCollectionTable";

/** The zone that a record set with IP-based routing would lie in. */
interface CidrRoutedZone {
    readonly records: readonly ResourceRecordSet[];
    readonly isPrivate: boolean;
}

/**
 * Why Route 53 would refuse a record set's network: what it names must exist, and a name has networks of one collection.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_CidrRoutingConfig.html
 */
export function cidrRoutingFaults(
    context: OperationContext,
    record: ResourceRecordSet,
    zone: CidrRoutedZone,
): string[] {
    const { Name, Type, CidrRoutingConfig: config } = record;
    if (config === undefined) {
        return [];
    }
    if (zone.isPrivate) {
        return [`IP-based routing is not supported for ${Name} in a private hosted zone`];
    }
    const { CollectionId, LocationName } = config;
    const collection = context.table(cidrCollections).get(CollectionId);
    if (collection === undefined) {
        return [`The CIDR collection ${CollectionId} of ${Name} does not exist`];
    }
    const known = LocationName === defaultCidrLocation || locationsOf(collection).includes(LocationName);
    const other = zone.records.find(
        ({ Name: name, Type: type, CidrRoutingConfig: others }) =>
            name === Name && type === Type && others !== undefined && others.CollectionId !== CollectionId,
    );
    return [
        known ? undefined : `The CIDR collection ${CollectionId} of ${Name} has no location ${LocationName}`,
        other && `Records ${Name} of type ${Type} must reference the same CIDR collection`,
    ].filter((fault) => fault !== undefined);
}
