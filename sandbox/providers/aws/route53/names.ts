/** Route 53 gives identifiers with their kind in front; the provider keeps the identifier alone. */
export function bareId(id: string): string {
    return id.replace(/^\/?(hostedzone|change|delegationset)\//, "");
}

/** A name as the provider keeps it. */
export function normalizeName(name: string): string {
    return name.replace(/\.$/, "").toLowerCase();
}

/** A record's full name: a name that does not end in the zone's stands below it. */
export function fullName(name: string, zoneName: string): string {
    const [record, zone] = [normalizeName(name), normalizeName(zoneName)];
    if (record === "") {
        return zone;
    }
    return record.endsWith(zone) ? record : `${record}.${zone}`;
}

/** Route 53 writes `*` as an octal escape. */
export function unescapeName(name: string): string {
    return normalizeName(name).replace(/^\\052(?=\.|$)/, "*");
}
