import { ApiError, type Aws } from "../client";
import { bareId } from "./names";

/** Minutes that a change may take to reach every name server. */
const propagationMinutes = 30;

/** Waits until a change has reached all name servers, as the provider does before it goes on. */
export async function waitForChange(aws: Aws, change: { Id: string; Status?: string } | undefined): Promise<void> {
    if (change === undefined) {
        return;
    }
    await aws.wait(propagationMinutes, async () => {
        const { ChangeInfo } = await aws.call("route53", "GetChange", { Id: bareId(change.Id) });
        return ChangeInfo.Status === "INSYNC"
            ? { done: undefined }
            : { pending: `timeout while waiting for state to become 'INSYNC' (last state: '${ChangeInfo.Status}')` };
    });
}

/** What a change of records is asked for. */
export interface RecordChange {
    readonly Action: "CREATE" | "UPSERT" | "DELETE";
    readonly ResourceRecordSet: object;
}

/** Changes records of a zone, all or none, and waits for the change to spread. */
export async function changeRecords(aws: Aws, HostedZoneId: string, Changes: RecordChange[]): Promise<void> {
    const { ChangeInfo } = await aws.call("route53", "ChangeResourceRecordSets", {
        HostedZoneId,
        ChangeBatch: { Changes, Comment: "Managed by Pulumi" },
    });
    await waitForChange(aws, ChangeInfo);
}

/** All record sets of a zone from a name on, page by page. */
export async function listRecords<Found>(
    aws: Aws,
    HostedZoneId: string,
    start: { StartRecordName?: string; StartRecordType?: string } = {},
): Promise<Found[]> {
    const found: Found[] = [];
    let next: object = start;
    for (;;) {
        const page = await aws.call("route53", "ListResourceRecordSets", { HostedZoneId, ...next });
        found.push(...page.ResourceRecordSets);
        if (page.IsTruncated !== true) {
            return found;
        }
        next = {
            StartRecordName: page.NextRecordName,
            StartRecordType: page.NextRecordType,
            StartRecordIdentifier: page.NextRecordIdentifier,
        };
    }
}

export function isMissingZone(error: unknown): boolean {
    return error instanceof ApiError && error.code === "NoSuchHostedZone";
}
