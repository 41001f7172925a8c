import { ConnectionFailure, type FailureKind } from "./failure";

/**
 * Waits for a promise, but no longer than so many milliseconds.
 *
 * @throws {ConnectionFailure} of the kind when time is up; `giveUp` then ends what is still under way
 */
export async function within<Result>(
    milliseconds: number,
    failure: { readonly kind: FailureKind; readonly message: string },
    action: Promise<Result>,
    giveUp: () => void,
): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
            reject(new ConnectionFailure(failure.kind, `${failure.message} within ${milliseconds / 1000} s`));
            giveUp();
        }, milliseconds);
    });
    try {
        return await Promise.race([action, timeout]);
    } finally {
        clearTimeout(timer);
    }
}
