import { Provider } from "@pulumi/aws/provider";
import type { Configuration } from "../config";

/** Speaks to Route 53 in the account of the hosted zone; `undefined` where that is the stack's own. */
export function hostedZoneProvider({ hostedZoneRole }: Configuration): Provider | undefined {
    // Route 53 is one service for all regions; a provider wants one all the same.
    return hostedZoneRole === undefined
        ? undefined
        : new Provider("hosted-zone", { region: "us-east-1", assumeRoles: [{ roleArn: hostedZoneRole }] });
}
