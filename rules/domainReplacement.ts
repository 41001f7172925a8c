/**
 * What AWS cannot change of a domain configuration that is there: another value takes a new one.
 *
 * In the names of `aws.iot.DomainConfiguration`.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateDomainConfiguration.html
 */
export const replacingProperties = [
    "name",
    "domainName",
    "serverCertificateArns",
    "validationCertificateArn",
    "serviceType",
] as const;

/**
 * How long AWS may take until it serves a new domain configuration, in minutes; until then devices are turned away.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
export const minutesUntilServed = 60;

/**
 * What the properties of {@link replacingProperties} come to for one domain, in words: one for every region, or one for each.
 *
 * A certificate's ARN is known only once there is the certificate, so it is what ACM makes another certificate for that stands
 * for the ARN; then the change can be told before anything is made.
 */
export type DomainIdentity = Readonly<
    Partial<Record<(typeof replacingProperties)[number], string | Readonly<Record<string, string>>>>
>;

/**
 * Where two identities differ, in words: `domainName: "a.example.com" becomes "b.example.com"`; none where they are one.
 *
 * A region that only one of them has is no difference: what serves there is new, or goes.
 */
export function identityChanges(previous: DomainIdentity, next: DomainIdentity): string[] {
    return replacingProperties.flatMap((property) => {
        const [from, to] = [previous[property], next[property]];
        if (!isByRegion(from) || !isByRegion(to)) {
            return change(property, inWords(from), inWords(to));
        }
        return Object.keys(from)
            .filter((region) => region in to)
            .flatMap((region) => change(`${property} in ${region}`, inWords(from[region]), inWords(to[region])));
    });
}

function isByRegion(value: DomainIdentity[keyof DomainIdentity]): value is Readonly<Record<string, string>> {
    return typeof value === "object";
}

function change(what: string, from: string, to: string): string[] {
    return from === to ? [] : [`${what}: ${from} becomes ${to}`];
}

function inWords(value: DomainIdentity[keyof DomainIdentity] | null): string {
    if (value === undefined || value === null || value === "") {
        return "none";
    }
    return typeof value === "string" ? JSON.stringify(value) : Object.values(value).map(inWords).join(", ");
}
