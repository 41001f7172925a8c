import { partitionOf } from "../../../../rules/regions";
import { flag, tagMap, text } from "../../framework/properties";
import { ProviderError } from "../../framework/failures";
import type { Aws } from "../client";
import { defineFunction } from "../resource";
import { taggers, type Tags } from "../tagging";
import { bareId, normalizeName } from "./names";

interface HostedZone {
    readonly Id: string;
    readonly Name: string;
    readonly CallerReference: string;
    readonly ResourceRecordSetCount?: number;
    readonly Config?: { readonly Comment?: string; readonly PrivateZone?: boolean };
    readonly LinkedService?: { readonly Description?: string; readonly ServicePrincipal?: string };
}

/** Finds a hosted zone by its identifier, or the only one of a name, a kind and tags. */
export const getZone = defineFunction({
    scope: "global",
    properties: {
        zoneId: text(),
        name: text(),
        privateZone: flag(),
        vpcId: text(),
        tags: tagMap(),
        enableAcceleratedRecovery: flag(),
    },
    async call(aws, inputs) {
        if (inputs.zoneId !== undefined && inputs.name !== undefined) {
            throw new ProviderError("only one of `zone_id` or `name` may be set");
        }
        const found = inputs.zoneId === undefined ? await findZone(aws, inputs) : undefined;
        const Id = inputs.zoneId ?? bareId(found?.Id ?? "");
        const { HostedZone, DelegationSet } = await aws.call("route53", "GetHostedZone", { Id });
        const zone: HostedZone = HostedZone;
        const nameServers: string[] = DelegationSet?.NameServers ?? [];
        const tags: Tags = await taggers.hostedZone.list(aws, Id);
        return {
            id: Id,
            zoneId: Id,
            arn: `arn:${partitionOf(aws.region)}:route53:::hostedzone/${Id}`,
            name: normalizeName(zone.Name),
            callerReference: zone.CallerReference,
            comment: zone.Config?.Comment ?? "",
            privateZone: zone.Config?.PrivateZone ?? false,
            resourceRecordSetCount: zone.ResourceRecordSetCount ?? 0,
            linkedServiceDescription: zone.LinkedService?.Description ?? "",
            linkedServicePrincipal: zone.LinkedService?.ServicePrincipal ?? "",
            nameServers,
            primaryNameServer: nameServers[0] ?? "",
            tags: { ...tags },
        };
    },
});

interface Wanted {
    readonly name: string | undefined;
    readonly privateZone: boolean | undefined;
    readonly vpcId: string | undefined;
    readonly tags: Tags | undefined;
}

/** @throws ProviderError unless exactly one hosted zone is as wanted */
async function findZone(aws: Aws, { name, privateZone, vpcId, tags = {} }: Wanted): Promise<HostedZone> {
    const isPrivate = privateZone ?? vpcId !== undefined;
    const named = (await listZones(aws)).filter(
        (zone) =>
            (name === undefined || normalizeName(zone.Name) === normalizeName(name)) &&
            (zone.Config?.PrivateZone ?? false) === isPrivate,
    );
    const matching: HostedZone[] = [];
    for (const zone of named) {
        if ((await hasVpc(aws, zone, vpcId)) && (await hasTags(aws, zone, tags))) {
            matching.push(zone);
        }
    }
    const [only] = matching;
    if (only === undefined) {
        throw new ProviderError("no matching Route 53 Hosted Zone found");
    }
    if (matching.length > 1) {
        throw new ProviderError(
            "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
        );
    }
    return only;
}

async function listZones(aws: Aws): Promise<HostedZone[]> {
    const zones: HostedZone[] = [];
    let Marker: string | undefined;
    for (;;) {
        const page = await aws.call("route53", "ListHostedZones", { Marker });
        zones.push(...page.HostedZones);
        if (page.IsTruncated !== true) {
            return zones;
        }
        Marker = page.NextMarker;
    }
}

async function hasVpc(aws: Aws, zone: HostedZone, vpcId: string | undefined): Promise<boolean> {
    if (vpcId === undefined) {
        return true;
    }
    const { VPCs = [] } = await aws.call("route53", "GetHostedZone", { Id: bareId(zone.Id) });
    return VPCs.some((vpc: { VPCId: string }) => vpc.VPCId === vpcId);
}

async function hasTags(aws: Aws, zone: HostedZone, wanted: Tags): Promise<boolean> {
    if (Object.keys(wanted).length === 0) {
        return true;
    }
    const tags = await taggers.hostedZone.list(aws, bareId(zone.Id));
    return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}
