import * as pulumi from "@pulumi/pulumi";
import { collidingMoves } from "../rules/routing/cidrMoves";
import type { PlannedCidrLocation } from "../rules/routing/plan";

/** What a component has as inputs for its guard to compare. */
export interface CidrInputs {
    readonly cidrLocations: readonly PlannedCidrLocation[];
}

/**
 * Refuses, in a preview already, what Route 53 would refuse half way: a block that moves to a location whose turn comes before
 * that of the old one.
 *
 * @param name Name of the hook, unique in the stack.
 */
export function cidrMoveGuard(name: string): pulumi.ResourceHookBinding {
    const guard = new pulumi.ResourceHook(
        name,
        ({ oldInputs, newInputs }) => {
            const [previous, next] = [oldInputs, newInputs].map(
                (inputs) => (inputs as Partial<CidrInputs>)?.cidrLocations,
            );
            const moves = collidingMoves(previous ?? [], next ?? []);
            if (moves.length > 0) {
                throw new Error(
                    [
                        "Route 53 takes a CIDR block in one location at a time, and would be given these in two:",
                        ...moves.map((move) => `  - ${move}`),
                        "  Deploy twice: first without these blocks, whose networks the default answers meanwhile, then with",
                        "  each in its new location.",
                    ].join("\n"),
                );
            }
        },
        { onDryRun: true },
    );
    return { beforeUpdate: [guard] };
}
