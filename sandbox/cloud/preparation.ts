/** Thrown where an operation needs something that takes time to make, such as a key pair. */
export class Preparation {
    constructor(
        readonly key: string,
        readonly make: () => Promise<unknown>,
    ) {}
}

/** What has been made for an operation so far. */
export type Prepared = ReadonlyMap<string, unknown>;

/**
 * Runs an operation that must not wait, again each time that something it needs had to be made first.
 *
 * The operation is a transaction: it is undone by the {@link Preparation} that it throws, and starts anew with what was made.
 */
export async function runPrepared<Result>(operation: (prepared: Prepared) => Result): Promise<Result> {
    const prepared = new Map<string, unknown>();
    for (;;) {
        try {
            return operation(prepared);
        } catch (thrown) {
            if (!(thrown instanceof Preparation)) {
                throw thrown;
            }
            prepared.set(thrown.key, await thrown.make());
        }
    }
}
