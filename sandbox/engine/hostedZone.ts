import type { Cloud } from "../cloud";

/** Route 53 is one service for all regions. */
const region = "us-east-1";

/**
 * Gives the sandbox's account the public hosted zone that a stack's configuration names, as an account has one before
 * its first deployment: the program looks it up and does not make it.
 *
 * @param roleArn the role of another account, where the zone lives there
 * @returns whether the zone had to be made
 */
export async function furnishHostedZone(cloud: Cloud, name: string, roleArn?: string): Promise<boolean> {
    const zoneName = name.endsWith(".") ? name : `${name}.`;
    const parameters = { DNSName: zoneName };
    const listed = (await cloud.call({
        service: "route53",
        operation: "ListHostedZonesByName",
        region,
        parameters,
        roleArn,
    })) as { HostedZones: { Name: string }[] };
    if (listed.HostedZones.some(({ Name }) => Name === zoneName)) {
        return false;
    }
    await cloud.furnish({
        service: "route53",
        operation: "CreateHostedZone",
        region,
        parameters: { Name: zoneName, CallerReference: `sandbox-${zoneName}` },
        roleArn,
    });
    return true;
}
