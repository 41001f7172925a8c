import { Provider } from "@pulumi/aws/provider";
import type { Configuration } from "../config";
import { parseArn } from "../rules/arns";
import { route53Regions, type Partition } from "../rules/regions";

/** Speaks to Route 53 in the account of the hosted zone; `undefined` where that is the stack's own. */
export function hostedZoneProvider({ hostedZoneRole }: Configuration): Provider | undefined {
    if (hostedZoneRole === undefined) {
        return undefined;
    }
    // The partition's region and not one of the stack's, so that regions come and go without a change here.
    const partition = (parseArn(hostedZoneRole)?.partition ?? "aws") as Partition;
    return new Provider("hosted-zone", {
        region: route53Regions[partition],
        assumeRoles: [{ roleArn: hostedZoneRole }],
    });
}
