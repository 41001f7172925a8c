import { mkdirSync } from "node:fs";
import path from "node:path";
import { open, type Key, type RootDatabase } from "lmdb";
import { Vault } from "./vault";

/** Sorts after every string that can stand in a key. */
const last = "\u{10ffff}";

/**
 * The one place where the sandbox keeps what it knows: an LMDB environment that several processes may have open at once.
 *
 * Everything happens in {@link transaction}, because LMDB lets one writer in at a time over all processes, shows it the
 * newest state, and leaves nothing behind of a writer that was killed half-way.
 */
export class Store {
    readonly vault: Vault;
    private readonly database: RootDatabase<unknown, Key>;

    constructor(directory: string) {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        this.vault = new Vault(directory);
        this.database = open<unknown, Key>({
            path: path.join(directory, "store.lmdb"),
            encoding: "json",
            noSubdir: true,
        });
    }

    /** Runs an action that reads and writes; what it throws undoes its writes. It must not wait for anything. */
    transaction<Result>(action: () => Result): Result {
        return this.database.transactionSync(action);
    }

    get(key: readonly string[]): unknown {
        return this.database.get([...key]);
    }

    put(key: readonly string[], value: unknown): void {
        this.database.putSync([...key], value);
    }

    delete(key: readonly string[]): boolean {
        return this.database.removeSync([...key]);
    }

    /** All entries whose key begins with `prefix`, in the order of their keys. */
    entries(prefix: readonly string[]): Array<{ key: string[]; value: unknown }> {
        const range = this.database.getRange({ start: [...prefix], end: [...prefix, last] });
        return Array.from(range, ({ key, value }) => ({ key: key as string[], value }));
    }

    /** The distinct parts that follow `prefix` in the keys. */
    children(prefix: readonly string[]): string[] {
        const found: string[] = [];
        for (let start = [...prefix]; ;) {
            const [key] = this.database.getKeys({ start, end: [...prefix, last], limit: 1 }) as Iterable<string[]>;
            const child = key?.[prefix.length];
            if (child === undefined) {
                return found;
            }
            found.push(child);
            start = [...prefix, child, last];
        }
    }

    close(): void {
        void this.database.close();
    }
}
