import type { Changes, Location } from "../finding";

/** A place as editors and terminals take it: `Pulumi.prod.yaml:12:7 (domains.telemetry)`. */
export function locationInWords({ file, line, column, path }: Location): string {
    return `${file}:${line}:${column}${path === "" ? "" : ` (${path})`}`;
}

/** What a preview would do, in one line. */
export function changesInWords({ create, update, replace, delete: deleted, same }: Changes): string {
    return `${create} to create, ${update} to update, ${replace} to replace, ${deleted} to delete, ${same} unchanged`;
}
