import * as pulumi from "@pulumi/pulumi";
import { identityChanges, minutesUntilServed, type DomainIdentity } from "../rules/domainReplacement";

/** The domain configurations of a domain by their region, as its component's inputs hold them. */
export type DomainIdentities = Readonly<
    Record<string, { readonly [K in keyof DomainIdentity]: pulumi.Input<unknown> }>
>;

/**
 * Says in a preview already that a domain configuration is about to be replaced, and refuses it where it is protected.
 *
 * Pulumi protects a resource, too, but does not say what the replacement comes to; and where nothing is protected, it says
 * nothing at all. A policy pack sees new values only. The component of a domain holds what AWS cannot change as its own
 * inputs, so that a hook on it sees the old ones beside the new.
 *
 * @param name Name of the hook, unique in the stack.
 * @param domainName What devices connect to.
 * @param refuses Whether a replacement is refused; otherwise there is a warning.
 */
export function replacementGuard(name: string, domainName: string, refuses: boolean): pulumi.ResourceHookBinding {
    const guard = new pulumi.ResourceHook(
        name,
        async ({ oldInputs, newInputs }) => {
            const replaced = replacedRegions(identitiesIn(oldInputs), identitiesIn(newInputs));
            if (replaced.length === 0) {
                return;
            }
            const facts = [
                `This replaces what serves ${domainName}:`,
                ...replaced.map(({ region, changes }) => `  - in ${region}: ${changes.join("; ")}`),
                `  Each of these regions turns devices away until AWS IoT Core serves the new domain configuration, which takes up to ${minutesUntilServed} minutes.`,
            ];
            if (refuses) {
                throw new Error(
                    [
                        ...facts,
                        "  Take the change back, or set allowReplacement for the domain and go region by region, as docs/rotation.md says.",
                    ].join("\n"),
                );
            }
            await pulumi.log.warn([...facts, "  How to spare devices that: docs/rotation.md."].join("\n"));
        },
        { onDryRun: true },
    );
    return { beforeUpdate: [guard] };
}

function replacedRegions(previous: Readonly<Record<string, DomainIdentity>>, next: typeof previous) {
    return Object.entries(next).flatMap(([region, identity]) => {
        const before = previous[region];
        const changes = before === undefined ? [] : identityChanges(before, identity);
        return changes.length === 0 ? [] : [{ region, changes }];
    });
}

function identitiesIn(inputs: unknown): Readonly<Record<string, DomainIdentity>> {
    const { domainConfigurations = {} } = (inputs ?? {}) as {
        readonly domainConfigurations?: Readonly<Record<string, DomainIdentity>>;
    };
    return domainConfigurations;
}
