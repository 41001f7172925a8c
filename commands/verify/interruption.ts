import { constants } from "node:os";

type Removal = () => Promise<unknown>;

const signals = ["SIGINT", "SIGTERM"] as const;
const removals = new Set<Removal>();

/**
 * Has something removed, too, when the command is interrupted: what a look made in an account does not stay there.
 *
 * A second signal ends the command at once.
 *
 * @returns what ends that, for when the removal is on its way or done
 */
export function removeWhenInterrupted(removal: Removal): () => void {
    if (removals.size === 0) {
        signals.forEach((signal) => process.once(signal, end));
    }
    removals.add(removal);
    return () => {
        removals.delete(removal);
        if (removals.size === 0) {
            signals.forEach((signal) => process.off(signal, end));
        }
    };
}

function end(signal: NodeJS.Signals): void {
    signals.forEach((each) => process.off(each, end));
    process.stderr.write(`\n${signal}: removing what was made for the look\n`);
    void Promise.allSettled([...removals].map((removal) => removal())).then(() =>
        process.exit(128 + constants.signals[signal]),
    );
}
