import { describeExemption } from "../../../policies/framework/exemptions";
import type { Changes, CheckFinding, Location } from "../finding";

/** A place as editors and terminals take it: `Pulumi.prod.yaml:12:7 (domains.telemetry)`. */
export function locationInWords({ file, line, column, path }: Location): string {
    return `${file}:${line}:${column}${path === "" ? "" : ` (${path})`}`;
}

/** What a preview would do, in one line. */
export function changesInWords({ create, update, replace, delete: deleted, same }: Changes): string {
    return `${create} to create, ${update} to update, ${replace} to replace, ${deleted} to delete, ${same} unchanged`;
}

/** Why a finding does not count, where it is exempted: who approved that, until when and why. */
export function exemptionInWords({ exemption }: CheckFinding): string | undefined {
    return exemption && describeExemption(exemption);
}
