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

/** The properties of {@link replacingProperties} of one domain configuration, as far as they are known. */
export type DomainIdentity = Readonly<Partial<Record<(typeof replacingProperties)[number], unknown>>>;

/** Where two identities differ, in words: `domainName: "a.example.com" becomes "b.example.com"`; none where they are one. */
export function identityChanges(previous: DomainIdentity, next: DomainIdentity): string[] {
    return replacingProperties
        .map((property) => ({ property, from: inWords(previous[property]), to: inWords(next[property]) }))
        .filter(({ from, to }) => from !== to)
        .map(({ property, from, to }) => `${property}: ${from} becomes ${to}`);
}

/** None of these values is secret. */
function inWords(value: unknown): string {
    if (value === undefined || value === null || value === "") {
        return "none";
    }
    if (typeof value === "string") {
        return JSON.stringify(value);
    }
    return Array.isArray(value) ? value.map(inWords).join(", ") : "one that is known after the deployment";
}
