import * as pulumi from "@pulumi/pulumi";
import { identityChanges, minutesUntilServed, type DomainIdentity } from "../rules/domainReplacement";

/** What a component has as inputs for its guard to compare. */
export interface GuardedInputs {
    readonly identity: DomainIdentity;
}

/**
 * Says in a preview already that a domain's domain configurations are about to be replaced, and refuses it in production.
 *
 * Pulumi protects them, too, but does not say what their replacement comes to; and where nothing is protected, it says
 * nothing at all. A policy pack sees new values only. So a component holds what AWS cannot change as inputs of its own, and a
 * hook on it sees the old ones beside the new: before anything that the component is the parent of is looked at.
 *
 * @param name Name of the hook, unique in the stack.
 * @param refuses Whether a replacement is refused; otherwise there is a warning.
 */
export function replacementGuard(name: string, refuses: boolean): pulumi.ResourceHookBinding {
    const guard = new pulumi.ResourceHook(
        name,
        async ({ oldInputs, newInputs }) => {
            const previous = (oldInputs as Partial<GuardedInputs> | undefined)?.identity;
            const next = (newInputs as Partial<GuardedInputs> | undefined)?.identity;
            const changes = previous && next ? identityChanges(previous, next) : [];
            if (changes.length === 0) {
                return;
            }
            const facts = [
                `This replaces what serves ${previous?.domainName}:`,
                ...changes.map((change) => `  - ${change}`),
                `  Each region turns devices away until AWS IoT Core serves its new domain configuration, which takes up to ${minutesUntilServed} minutes.`,
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
