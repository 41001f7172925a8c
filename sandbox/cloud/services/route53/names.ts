/**
 * A domain name as Route 53 keeps it: lower case, with a trailing dot, and with an octal code for every character
 * other than letters, digits, hyphens and underscores, so `*` becomes `\052`.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function zoneFileName(name: string): string {
    const lower = name.toLowerCase();
    const dotted = lower.endsWith(".") ? lower : `${lower}.`;
    return dotted.replace(/\\\d{3}|[^a-z0-9._-]/g, (found) =>
        found.length > 1 ? found : `\\${(found.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`,
    );
}

/**
 * The order in which Route 53 lists names: by the reversed labels, with the trailing dot.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export function listingOrder(name: string): string {
    return `${zoneFileName(name).slice(0, -1).split(".").reverse().join(".")}.`;
}

/** An identifier without the path that Route 53's answers put in front: `/hostedzone/Z1` is `Z1`. */
export function bareId(id: string): string {
    return id.slice(id.lastIndexOf("/") + 1);
}

/** What DNS does not carry in a name, in Route 53's words. @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
export function nameFault(name: string): string | undefined {
    const labels = zoneFileName(name).slice(0, -1).split(".");
    if (labels.some((label) => label === "")) {
        return "DomainLabelEmpty (Domain label is empty)";
    }
    if (labels.some((label) => label.replace(/\\\d{3}/g, "x").length > 63)) {
        return "DomainLabelTooLong (Domain label is too long)";
    }
    return name.length > 255 ? "DomainNameTooLong (Domain name is too long)" : undefined;
}
