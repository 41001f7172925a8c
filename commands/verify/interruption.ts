import { constants } from "node:os";

type Removal = () => Promise<unknown>;

const signals = ["SIGINT", "SIGTERM"] as const;
const removals = new Set<Removal>();

/**
 * Has something removed, too, when the command is interrupted: what a look made in an account does not stay there.
 *
 * One Ctrl-C comes twice to a command that npm runs, from the terminal and from npm, so a second signal does not cut the
 * removal short: SIGQUIT does (Ctrl-\).
 *
 * @returns what ends that, for when the removal is on its way or done
 */
export function removeWhenInterrupted(removal: Removal): () => void {
    if (removals.size === 0) {
        signals.forEach((signal) => process.on(signal, end));
    }
    removals.add(removal);
    return () => {
        removals.delete(removal);
        if (removals.size === 0 && !isEnding) {
            signals.forEach((signal) => process.off(signal, end));
        }
    };
}

let isEnding = false;

function end(signal: NodeJS.Signals): void {
    if (isEnding) {
        return;
    }
    isEnding = true;
    process.stderr.write(`\n${signal}: removing what was made for the look; Ctrl-\\ leaves it there\n`);
    void Promise.allSettled([...removals].map((removal) => removal())).then(() =>
        process.exit(128 + constants.signals[signal]),
    );
}
