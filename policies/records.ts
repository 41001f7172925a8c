import { canonicalName } from "../rules/domainNames";
import type { ResourceView, StackView } from "./framework/resources";
import { knownListAt, knownTextAt, listAt, isUnknown, type Unknown } from "./framework/values";
import { resourceTypes } from "./resourceTypes";

/** The full name of a record in canonical form; what the program wrote until AWS has told the full one. */
export function recordName(record: ResourceView): string | undefined {
    const name = knownTextAt(record.properties, "fqdn") ?? knownTextAt(record.properties, "name");
    return name === undefined ? undefined : canonicalName(name);
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
    read: (member: Exclude<ReturnType<typeof knownListAt>[number], Unknown>) => unknown,
): { path: string; target: string }[] {
    if (isUnknown(list)) {
        return [];
    }
    return list.flatMap((member, index) => {
        const target = isUnknown(member) ? undefined : read(member);
        return typeof target === "string" ? [{ path: `${path}[${index}]`, target }] : [];
    });
}

/** The domain configurations of a stack by their domain name in canonical form. */
export function configurationsByDomain(stack: StackView): ReadonlyMap<string, readonly ResourceView[]> {
    const byDomain = new Map<string, ResourceView[]>();
    for (const resource of stack.resources(resourceTypes.domainConfiguration)) {
        const name = knownTextAt(resource.properties, "domainName");
        const domain = name === undefined ? undefined : canonicalName(name);
        if (domain !== undefined) {
            byDomain.set(domain, [...(byDomain.get(domain) ?? []), resource]);
        }
    }
    return byDomain;
}

/** The records of a stack by their name in canonical form. */
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
