import { constants } from "node:os";

/** Done when the command is interrupted: what takes time is a promise. */
type Act = () => unknown;

const signals = ["SIGINT", "SIGTERM"] as const;
const acts = new Set<Act>();
let isEnding = false;

/**
 * Has something put in order, too, when the command is interrupted: what a look made in an account does not stay there. What
 * began last is put in order first.
 *
 * One Ctrl-C comes twice to a command that npm runs, from the terminal and from npm, so a second signal does not cut that
 * short: SIGQUIT does (Ctrl-\).
 *
 * @returns what ends that, for when it has been put in order or is on its way
 */
export function whenInterrupted(act: Act): () => void {
    if (acts.size === 0) {
        signals.forEach((signal) => process.on(signal, end));
    }
    acts.add(act);
    return () => {
        acts.delete(act);
        if (acts.size === 0 && !isEnding) {
            signals.forEach((signal) => process.off(signal, end));
        }
    };
}

function end(signal: NodeJS.Signals): void {
    if (isEnding) {
        return;
    }
    isEnding = true;
    const removals = [...acts]
        .reverse()
        .map((act) => act())
        .filter((done) => done instanceof Promise);
    if (removals.length > 0) {
        process.stderr.write(`\n${signal}: removing what was made for the look; Ctrl-\\ leaves it there\n`);
    }
    void Promise.allSettled(removals).then(() => process.exit(128 + constants.signals[signal]));
}
