import * as pulumi from "@pulumi/pulumi";
import { sameIdentity } from "../../rules/certificates/rotation";
import { formatFinding } from "../../rules/finding";
import { refuseMissingKey } from "./privateKeys";

/**
 * Refuses, in a preview already, to import what ACM or AWS IoT Core would not take.
 *
 * AWS says nothing when the names or the signing algorithm differ: it goes on serving the old certificate until that expires.
 * A policy pack cannot tell, because it sees new inputs only; a resource hook sees the old ones as well.
 *
 * @param name Name of the hook, unique in the stack.
 * @param path Where the certificate stands in the configuration, for errors.
 */
export function importGuard(name: string, path: string): pulumi.ResourceHookBinding {
    const guard = new pulumi.ResourceHook(
        name,
        async ({ oldInputs, newInputs = {} }) => {
            refuseOtherSource(path, oldInputs);
            refuseOtherIdentity(path, oldInputs?.["certificateBody"], newInputs["certificateBody"]);
            await refuseMissingKey(path, newInputs, oldInputs);
        },
        { onDryRun: true },
    );
    return { beforeCreate: [guard], beforeUpdate: [guard] };
}

/** ACM imports nothing under the ARN of a certificate that it has issued. */
function refuseOtherSource(path: string, oldInputs: Readonly<Record<string, unknown>> | undefined): void {
    if (oldInputs !== undefined && oldInputs["certificateBody"] === undefined) {
        throw new Error(
            `${path}.source: expected a certificate that ACM issues, as before, got one to import; ACM imports nothing under ` +
                "the ARN of a certificate that it has issued: set allowReplacement for the domain, as docs/rotation.md says",
        );
    }
}

function refuseOtherIdentity(path: string, previous: unknown, next: unknown): void {
    if (typeof previous !== "string" || typeof next !== "string" || previous === next) {
        return;
    }
    const findings = sameIdentity(previous, next, `${path}.certificate`);
    if (findings.length > 0) {
        throw new Error(
            [
                "AWS IoT Core would go on serving the old certificate:",
                ...findings.map((each) => `  - ${formatFinding(each)}`),
                "  Keep the identity, or move the domain to an ARN of its own for the new one, as docs/rotation.md says.",
            ].join("\n"),
        );
    }
}
