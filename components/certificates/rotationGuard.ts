import * as pulumi from "@pulumi/pulumi";
import { formatFinding } from "../../rules/finding";
import { sameIdentity } from "../../rules/certificates/rotation";

let guard: pulumi.ResourceHook | undefined;

/**
 * Refuses, in a preview already, to import a certificate under an ARN whose domain AWS IoT Core would not serve it for.
 *
 * AWS says nothing when the names or the signing algorithm differ: it goes on serving the old certificate until that expires.
 * A policy pack cannot tell, because it sees new inputs only; a resource hook sees the old ones as well.
 */
export function keepsIdentity(): pulumi.ResourceHook {
    guard ??= new pulumi.ResourceHook(
        "certificate-keeps-identity",
        ({ name, oldInputs, newInputs }) => {
            const previous: unknown = oldInputs?.["certificateBody"];
            const next: unknown = newInputs?.["certificateBody"];
            if (typeof previous !== "string" || typeof next !== "string" || previous === next) {
                return;
            }
            const findings = sameIdentity(previous, next, name);
            if (findings.length > 0) {
                throw new Error(
                    [
                        "AWS IoT Core would go on serving the old certificate:",
                        ...findings.map((each) => `  - ${formatFinding(each)}`),
                    ].join("\n"),
                );
            }
        },
        { onDryRun: true },
    );
    return guard;
}
