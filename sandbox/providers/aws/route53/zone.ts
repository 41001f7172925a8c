import { randomUUID } from "node:crypto";
import { block, flag, list, set, text } from "../../framework/properties";
import { partitionOf } from "../../../../rules/regions";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { changeTags } from "../tagging";
import { changeRecords, listRecords, waitForChange } from "./changes";
import { bareId, normalizeName, unescapeName } from "./names";
import type { RecordSet } from "./record";

interface Vpc {
    readonly vpcId: string;
    readonly vpcRegion: string | undefined;
}

export const zone = defineResource({
    title: "Route53 Hosted Zone",
    scope: "global",
    tagging: { tagger: "hostedZone" },
    properties: {
        name: text({ replaces: true, normalize: normalizeName, automaticName: { maximumLength: 255 } }),
        comment: text({ default: "Managed by Pulumi" }),
        delegationSetId: text({ replaces: true }),
        enableAcceleratedRecovery: flag({ computed: true }),
        forceDestroy: flag({ default: false }),
        vpcs: set(block({ vpcId: text({ required: true }), vpcRegion: text({ computed: true }) })),
        arn: text({ readOnly: true }),
        nameServers: list(text(), { readOnly: true }),
        primaryNameServer: text({ readOnly: true }),
        zoneId: text({ readOnly: true }),
    },
    relations: { conflicts: { delegationSetId: ["vpcs"] } },
    async create(aws, inputs) {
        const [first] = inputs.vpcs ?? [];
        const { HostedZone, ChangeInfo } = await aws.call("route53", "CreateHostedZone", {
            CallerReference: `pulumi-${randomUUID()}`,
            Name: inputs.name,
            HostedZoneConfig: { Comment: inputs.comment, PrivateZone: first === undefined ? undefined : true },
            DelegationSetId: inputs.delegationSetId,
            VPC: first && vpcParameter(aws, first),
        });
        await waitForChange(aws, ChangeInfo);
        return { id: bareId(HostedZone.Id) };
    },
    async settle(aws, id, inputs) {
        await changeTags(aws, "hostedZone", id, {}, inputs.tagsAll);
        for (const vpc of (inputs.vpcs ?? []).slice(1)) {
            await associate(aws, "AssociateVPCWithHostedZone", id, vpc);
        }
    },
    async read(aws, Id, state) {
        const found = await aws.find("route53", "GetHostedZone", { Id }, ["NoSuchHostedZone"]);
        if (found === undefined) {
            return undefined;
        }
        const { HostedZone, DelegationSet, VPCs = [] } = found;
        const servers: string[] = DelegationSet?.NameServers ?? [];
        return {
            name: normalizeName(HostedZone.Name),
            comment: HostedZone.Config?.Comment ?? "",
            delegationSetId: DelegationSet?.Id && bareId(DelegationSet.Id),
            enableAcceleratedRecovery: state.enableAcceleratedRecovery ?? false,
            forceDestroy: state.forceDestroy ?? false,
            vpcs: VPCs.map((vpc: { VPCId: string; VPCRegion: string }) => ({
                vpcId: vpc.VPCId,
                vpcRegion: vpc.VPCRegion,
            })),
            arn: `arn:${partitionOf(aws.region)}:route53:::hostedzone/${Id}`,
            nameServers: [...servers].sort(),
            primaryNameServer: servers[0] ?? "",
            zoneId: Id,
        };
    },
    async update(aws, Id, { inputs, state, changed }) {
        if (changed("comment")) {
            await aws.call("route53", "UpdateHostedZoneComment", { Id, Comment: inputs.comment });
        }
        if (changed("vpcs")) {
            const [before, after] = [state.vpcs ?? [], inputs.vpcs ?? []];
            const without = (some: Vpc[], others: Vpc[]) =>
                some.filter(({ vpcId }) => !others.some((other) => other.vpcId === vpcId));
            // A private zone must never be without a network, so new ones come first.
            for (const vpc of without(after, before)) {
                await associate(aws, "AssociateVPCWithHostedZone", Id, vpc);
            }
            for (const vpc of without(before, after)) {
                await associate(aws, "DisassociateVPCFromHostedZone", Id, vpc);
            }
        }
    },
    async delete(aws, Id, state) {
        if (state.forceDestroy === true) {
            await deleteRecords(aws, Id, state.name ?? "");
        }
        await aws.find("route53", "DeleteHostedZone", { Id }, ["NoSuchHostedZone"]);
    },
});

function vpcParameter(aws: Aws, { vpcId, vpcRegion }: Vpc) {
    return { VPCId: vpcId, VPCRegion: vpcRegion ?? aws.region };
}

async function associate(aws: Aws, operation: string, HostedZoneId: string, vpc: Vpc): Promise<void> {
    const { ChangeInfo } = await aws.call("route53", operation, { HostedZoneId, VPC: vpcParameter(aws, vpc) });
    await waitForChange(aws, ChangeInfo);
}

/** Deletes all records of a zone but its own NS and SOA, which go with it. */
async function deleteRecords(aws: Aws, Id: string, name: string): Promise<void> {
    const records = await listRecords<RecordSet>(aws, Id);
    const own = (found: RecordSet) =>
        unescapeName(found.Name) === normalizeName(name) && ["NS", "SOA"].includes(found.Type);
    const changes = records
        .filter((found) => !own(found))
        .map((ResourceRecordSet) => ({ Action: "DELETE", ResourceRecordSet }) as const);
    if (changes.length > 0) {
        await changeRecords(aws, Id, changes);
    }
}
