import { randomUUID } from "node:crypto";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import { latestQualifier, type StoredFunction, type StoredRevision } from "./functionTable";

/** A function with something changed. */
export function revise(
    context: OperationContext,
    changed: StoredFunction,
    change: Partial<Omit<StoredRevision, "modifiedAt" | "revisionId">>,
): StoredFunction {
    const latest = { ...changed.latest, ...change, modifiedAt: context.now, revisionId: randomUUID() };
    return { ...changed, latest };
}

/** Environment variables as they are kept. */
export function sealEnvironment(
    context: OperationContext,
    variables: Readonly<Record<string, string>> | undefined,
): string | undefined {
    const isEmpty = variables === undefined || Object.keys(variables).length === 0;
    return isEmpty ? undefined : context.vault.seal(JSON.stringify(variables));
}

/**
 * Publishes a version, unless nothing has changed since the last one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
export function publish(changed: StoredFunction): { published: StoredFunction; qualifier: string } {
    const last = changed.versions.at(-1);
    if (last?.revisionId === changed.latest.revisionId) {
        return { published: changed, qualifier: String(last.number) };
    }
    const number = changed.latestVersion + 1;
    const versions = [...changed.versions, { ...changed.latest, number }];
    return { published: { ...changed, versions, latestVersion: number }, qualifier: String(number) };
}

/** @throws Refusal PreconditionFailedException where the function has changed since the caller looked */
export function refuseStale(revisionId: string | undefined, current: string): void {
    if (revisionId !== undefined && revisionId !== current) {
        throw new Refusal(
            "PreconditionFailedException",
            "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId",
        );
    }
}

/** A function without one of its published versions. @throws Refusal InvalidParameterValueException for `$LATEST` */
export function withoutVersion(changed: StoredFunction, qualifier: string): StoredFunction {
    if (qualifier === latestQualifier) {
        throw new Refusal(
            "InvalidParameterValueException",
            "$LATEST version cannot be deleted without deleting the function.",
        );
    }
    return { ...changed, versions: changed.versions.filter(({ number }) => String(number) !== qualifier) };
}
