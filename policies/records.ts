import { canonicalName } from "../rules/domainNames";
import { groupedBy, oncePerStack, type ResourceView, type StackView } from "./framework/resources";
import { isList, isUnknown, knownTextAt, listAt, valueAt, type Unknown, type Value } from "./framework/values";
import { resourceTypes } from "./resourceTypes";

/** A name of DNS as two are compared; unlike a host's, it may hold underscores. */
export function comparableName(name: string): string {
    return canonicalName(name) ?? name.toLowerCase().replace(/\.$/, "");
}

/** The full name of a record as names are compared; what the program wrote while neither AWS nor the zone tells the full one. */
export function recordName(record: ResourceView): string | undefined {
    return fullName(record) ?? writtenName(record);
}

function writtenName({ properties }: ResourceView): string | undefined {
    const name = knownTextAt(properties, "name");
    return name === undefined ? undefined : comparableName(name);
}

/** The provider takes a name that does not end with the zone's for one below it: `iot` in `example.com`. */
function fullName(record: ResourceView): string | undefined {
    const told = knownTextAt(record.properties, "fqdn");
    if (told !== undefined) {
        return comparableName(told);
    }
    const zone = zoneNameBehind(record);
    const written = writtenName(record);
    if (zone === undefined || written === undefined || written.endsWith(zone)) {
        return zone === undefined ? undefined : written;
    }
    return written === "" || written === "@" ? zone : `${written}.${zone}`;
}

/** The name of the zone that a record's zone ID comes from. */
export function zoneNameBehind(record: ResourceView): string | undefined {
    const zone = record.sourcesOf("zoneId").find(({ type }) => type === resourceTypes.hostedZone);
    const name = zone && knownTextAt(zone.properties, "name");
    return name === undefined || name === "" ? undefined : comparableName(name);
}

/** Most labels of a name: with their dots they are at most 253 characters. */
const maximumLabels = 127;

/** A name from its first label on: `iot`, `iot.example` and `iot.example.com`. */
export function beginningsOf(name: string): string[] {
    const labels = name.split(".", maximumLabels);
    return labels.map((_, index) => labels.slice(0, index + 1).join("."));
}

/** Whether a record may be called by more names than the program wrote, because nobody knows the zone's name yet. */
export function isNamePending(record: ResourceView): boolean {
    return fullName(record) === undefined;
}

const domainsByBeginning = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.domainConfiguration), ({ properties }) => {
        const name = knownTextAt(properties, "domainName");
        return name === undefined ? [] : beginningsOf(comparableName(name));
    }),
);

/** The names that a record has, or may have as long as the zone's is not known: of the stack's domains those that it begins. */
export function possibleNames(stack: StackView, record: ResourceView): readonly string[] {
    const name = recordName(record);
    if (name === undefined || !isNamePending(record)) {
        return name === undefined ? [] : [name];
    }
    const begun = domainsByBeginning(stack).get(name) ?? [];
    const domains = begun.map(({ properties }) => comparableName(knownTextAt(properties, "domainName") ?? name));
    return [...new Set([name, ...domains])];
}

/** What a record points to: the values of a CNAME or the name of an alias. */
export function recordTargets(record: ResourceView): { readonly path: string; readonly target: string }[] {
    const values = knownEntries(listAt(record.properties, "records"), "records", (value) => value);
    const aliases = knownEntries(listAt(record.properties, "aliases"), "aliases", (alias) =>
        knownTextAt(alias, "name"),
    );
    return [...values, ...aliases.map(({ path, target }) => ({ path: `${path}.name`, target }))];
}

function knownEntries(
    list: ReturnType<typeof listAt>,
    path: string,
    read: (member: Exclude<Value, Unknown>) => unknown,
): { path: string; target: string }[] {
    if (isUnknown(list)) {
        return [];
    }
    return list.flatMap((member, index) => {
        const target = isUnknown(member) ? undefined : read(member);
        return typeof target === "string" ? [{ path: `${path}[${index}]`, target }] : [];
    });
}

/** The domain configurations of a stack by their domain name. */
export const configurationsByDomain = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.domainConfiguration), ({ properties }) => {
        const name = knownTextAt(properties, "domainName");
        return [name === undefined ? undefined : comparableName(name)];
    }),
);

/** The records of a stack by their name. */
export const recordsByName = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.record), (record) => possibleNames(stack, record)),
);

/** A routing policy of Route 53, by the property of a record that holds it. */
const routingProperties = {
    geolocationRoutingPolicies: "geolocation",
    latencyRoutingPolicies: "latency",
    weightedRoutingPolicies: "weighted",
    failoverRoutingPolicies: "failover",
    geoproximityRoutingPolicy: "geoproximity",
    cidrRoutingPolicy: "IP-based",
    multivalueAnswerRoutingPolicy: "multivalue answer",
} as const;

/** The name of a routing policy. */
export type RoutingPolicy = (typeof routingProperties)[keyof typeof routingProperties] | "simple";

/** The routing policy of a record; `undefined` while it is not known. */
export function routingPolicyOf({ properties }: ResourceView): RoutingPolicy | undefined {
    for (const [property, policy] of Object.entries(routingProperties)) {
        const value = valueAt(properties, property);
        if (isUnknown(value)) {
            return undefined;
        }
        const isAbsent = value === undefined || value === false || (isList(value) && value.length === 0);
        if (!isAbsent) {
            return policy;
        }
    }
    return "simple";
}

/** Records of one name and type, among which Route 53 chooses. */
export interface RecordGroup {
    readonly name: string;
    readonly records: readonly ResourceView[];
}

/** The records of a stack by zone, name and type, as far as those are known. */
export const recordGroups = oncePerStack((stack: StackView): readonly RecordGroup[] => {
    const groups = groupedBy(stack.resources(resourceTypes.record), (record) => [groupKey(record)]);
    return [...groups.values()].flatMap((records) => {
        const [first] = records;
        const name = first && recordName(first);
        return name === undefined ? [] : [{ name, records }];
    });
});

function groupKey(record: ResourceView): string | undefined {
    const name = recordName(record);
    const type = knownTextAt(record.properties, "type");
    const zone = knownTextAt(record.properties, "zoneId") ?? record.sourcesOf("zoneId").map(({ urn }) => urn);
    return name === undefined || type === undefined ? undefined : JSON.stringify([zone, name, type]);
}
