import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/**
 * Stands in the place of a key that the configuration does not name: what Pulumi itself shows in a secret's place, so
 * that nothing takes it for one.
 */
const notGiven = "[secret]";

/**
 * What ACM is given as the private key.
 *
 * A write-only input reaches AWS only when its version changes, but Pulumi keeps its latest value, encrypted, in the
 * state. So a key that the configuration no longer names is overwritten in the state by the next deployment.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/secrets/write-only-fields/
 */
export function privateKeyInput(privateKey: pulumi.Output<string | undefined>): pulumi.Output<string> {
    return pulumi.secret(privateKey.apply((text) => text ?? notGiven));
}

/** A key is never compared with the one before; a version that follows the certificate says when it is to be sent again. */
export function privateKeyVersion(certificate: string): number {
    return createHash("sha256").update(certificate).digest().readUInt32BE() >>> 1;
}

/** Properties that are sent to ACM together with the private key, whichever of them has changed. */
const imported = ["certificateBody", "certificateChain", "privateKeyWoVersion"];

/**
 * Refuses an import without its key before ACM does, in a preview already.
 *
 * @param oldInputs Absent where the certificate is imported for the first time.
 * @throws {Error} that says which key is missing.
 */
export async function refuseMissingKey(
    path: string,
    newInputs: Readonly<Record<string, unknown>>,
    oldInputs: Readonly<Record<string, unknown>> | undefined,
): Promise<void> {
    if (oldInputs !== undefined && imported.every((name) => oldInputs[name] === newInputs[name])) {
        return;
    }
    const privateKey = await revealed(newInputs["privateKeyWo"]);
    if (privateKey === notGiven) {
        throw new Error(
            `${path}.privateKey: expected the certificate's private key, got nothing; name it for this deployment, which ` +
                "imports the certificate",
        );
    }
}

/** Hooks get secrets as outputs. */
function revealed(value: unknown): Promise<unknown> {
    return pulumi.Output.isInstance<unknown>(value)
        ? new Promise((resolve) => value.apply(resolve))
        : Promise.resolve(value);
}
