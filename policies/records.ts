import { canonicalName } from "../rules/domainNames";
import type { ResourceView, StackView } from "./framework/resources";
import { isList, isUnknown, knownTextAt, listAt, valueAt, type Unknown, type Value } from "./framework/values";
import { resourceTypes } from "./resourceTypes";

/** A name of DNS as two are compared; unlike a host's, it may hold underscores. */
export function comparableName(name: string): string {
    return canonicalName(name) ?? name.toLowerCase().replace(/\.$/, "");
}

/** The full name of a record as names are compared; what the program wrote until AWS has told the full one. */
export function recordName(record: ResourceView): string | undefined {
    const name = knownTextAt(record.properties, "fqdn") ?? knownTextAt(record.properties, "name");
    return name === undefined ? undefined : comparableName(name);
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
export function configurationsByDomain(stack: StackView): ReadonlyMap<string, readonly ResourceView[]> {
    const byDomain = new Map<string, ResourceView[]>();
    for (const resource of stack.resources(resourceTypes.domainConfiguration)) {
        const name = knownTextAt(resource.properties, "domainName");
        if (name !== undefined) {
            const domain = comparableName(name);
            byDomain.set(domain, [...(byDomain.get(domain) ?? []), resource]);
        }
    }
    return byDomain;
}

/** The records of a stack by their name. */
export function recordsByName(stack: StackView): ReadonlyMap<string, readonly ResourceView[]> {
    const byName = new Map<string, ResourceView[]>();
    for (const record of stack.resources(resourceTypes.record)) {
        const name = recordName(record);
        if (name !== undefined) {
            byName.set(name, [...(byName.get(name) ?? []), record]);
        }
    }
    return byName;
}

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
export function recordGroups(stack: StackView): readonly RecordGroup[] {
    const groups = new Map<string, RecordGroup & { records: ResourceView[] }>();
    for (const record of stack.resources(resourceTypes.record)) {
        const name = recordName(record);
        const type = knownTextAt(record.properties, "type");
        if (name !== undefined && type !== undefined) {
            const zone = record.sourcesOf("zoneId").map(({ urn }) => urn);
            const key = JSON.stringify([knownTextAt(record.properties, "zoneId") ?? zone, name, type]);
            const group = groups.get(key) ?? { name, records: [] };
            group.records.push(record);
            groups.set(key, group);
        }
    }
    return [...groups.values()];
}
