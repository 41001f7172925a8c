import { domainRecord } from "../examples";
import type { ResourceView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isUnknown, listAt, valueAt } from "../framework/values";
import { recordGroups, routingPolicyOf, type RecordGroup } from "../records";

/** Every place gets an answer. */
export const recordGeolocationDefault = defineRule({
    name: "record-geolocation-default",
    title: "Default location",
    description: "Geolocation records of a name have a default one, for places that no other record is for.",
    rationale: "Without a default, Route 53 answers devices in other places, and those it cannot place, with nothing.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geo.html",
    remediation: {
        code: 'geolocationRoutingPolicies: [{ country: "*" }], setIdentifier: "default"',
        cli: 'aws route53 change-resource-record-sets, with "GeoLocation": {"CountryCode": "*"}',
        console: "Route 53 > Hosted zones > the zone > Create record > Geolocation > Location: Default",
    },
    examples: {
        compliant: [
            domainRecord({ setIdentifier: "EU", geolocationRoutingPolicies: [{ continent: "EU" }] }, "europe"),
            domainRecord({ setIdentifier: "default", geolocationRoutingPolicies: [{ country: "*" }] }, "default"),
        ],
        violating: [domainRecord({ setIdentifier: "EU", geolocationRoutingPolicies: [{ continent: "EU" }] }, "europe")],
    },
    stack: (stack) => recordGroups(stack).flatMap(defaultFaults),
});

function defaultFaults({ name, records }: RecordGroup): StackFault[] {
    const isPending = records.some((record) => routingPolicyOf(record) === undefined);
    const [first, ...others] = records.filter((record) => routingPolicyOf(record) === "geolocation");
    if (first === undefined || isPending || [first, ...others].some(mayBeDefault)) {
        return [];
    }
    return [
        {
            resource: first,
            path: "geolocationRoutingPolicies",
            got: `${others.length + 1} locations of ${name} without a default`,
            expected: 'one record with the country "*"',
            remedy: "add a default record, so that every place gets an answer",
        },
    ];
}

function mayBeDefault({ properties }: ResourceView): boolean {
    const locations = listAt(properties, "geolocationRoutingPolicies");
    return (
        isUnknown(locations) ||
        locations.some((location) => {
            const country = valueAt(location, "country");
            return country === "*" || isUnknown(country);
        })
    );
}
