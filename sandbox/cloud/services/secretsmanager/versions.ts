import { Refusal } from "../../errors";

/** A version of a secret as it is kept: its value is sealed. */
export interface StoredVersion {
    readonly id: string;
    /** Staging labels; a label stands on one version at a time. */
    readonly stages: readonly string[];
    readonly secretString?: string;
    readonly secretBinary?: string;
    readonly createdAt: number;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version */
export const currentStage = "AWSCURRENT";
const previousStage = "AWSPREVIOUS";

/** Puts a label on one version, or on none, and takes it off the others. */
function moveLabel(versions: readonly StoredVersion[], label: string, id: string | undefined): StoredVersion[] {
    return versions.map((version) => {
        const others = version.stages.filter((stage) => stage !== label);
        return { ...version, stages: version.id === id ? [...others, label] : others };
    });
}

/**
 * Puts a label on a version; where it is AWSCURRENT, the version that had it becomes AWSPREVIOUS.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
export function labelVersion(versions: readonly StoredVersion[], label: string, id: string): StoredVersion[] {
    const before = versions.find(({ stages }) => stages.includes(label));
    const moved = moveLabel(versions, label, id);
    const replaces = label === currentStage && before !== undefined && before.id !== id;
    return replaces ? moveLabel(moved, previousStage, before.id) : moved;
}

/** Takes a label off the version that has it. */
export function unlabel(versions: readonly StoredVersion[], label: string): StoredVersion[] {
    return moveLabel(versions, label, undefined);
}

/** The version that has a label. */
export function labelled(versions: readonly StoredVersion[], label: string): StoredVersion | undefined {
    return versions.find(({ stages }) => stages.includes(label));
}

/** The identifiers of the versions that have labels, and the labels. */
export function stagesByVersion(versions: readonly StoredVersion[]): Record<string, string[]> {
    const inUse = versions.filter(({ stages }) => stages.length > 0);
    return Object.fromEntries(inUse.map(({ id, stages }) => [id, [...stages]]));
}

/**
 * The version that a request names by its identifier, by a label, or by neither, which means the current one.
 *
 * @throws Refusal ResourceNotFoundException, and InvalidRequestException for a label that another version has
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function chooseVersion(
    versions: readonly StoredVersion[],
    { VersionId: id, VersionStage: stage }: { VersionId?: string; VersionStage?: string },
): StoredVersion {
    const wanted = stage ?? currentStage;
    const found = id === undefined ? labelled(versions, wanted) : versions.find((version) => version.id === id);
    if (found === undefined) {
        const what = id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`;
        throw new Refusal(
            "ResourceNotFoundException",
            `Secrets Manager can't find the specified secret value for ${what}`,
        );
    }
    if (stage !== undefined && !found.stages.includes(stage)) {
        throw new Refusal(
            "InvalidRequestException",
            "You provided a VersionStage that is not associated to the provided VersionId.",
        );
    }
    return found;
}
