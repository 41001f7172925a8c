import { spawn, type ChildProcess } from "node:child_process";

/** Waits until nobody can write to its standard input any more, which is when its parent has ended, and ends a process then. */
const script = 'cat > /dev/null; kill -9 "$1" 2> /dev/null';

/**
 * Has a child process end with this one, however this one ends: also when it is killed and can do nothing itself.
 *
 * The guard goes when the child does.
 */
export function endWithParent(child: ChildProcess): void {
    if (child.pid === undefined) {
        return;
    }
    const guard = spawn("sh", ["-c", script, "sh", String(child.pid)], {
        stdio: ["pipe", "ignore", "ignore"],
        // A Ctrl-C of the terminal must not end the guard before the parent.
        detached: true,
    });
    guard.on("error", () => {});
    guard.unref();
    child.once("exit", () => guard.kill("SIGKILL"));
}
