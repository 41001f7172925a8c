import { Listr, ListrEventType, ListrLogger, ProcessOutput, Spinner } from "listr2";
import type { Progress } from "../../verify/look";
import { whenInterrupted } from "./interruption";

/** Something that takes a while, and tells what it is at. */
export interface Work<Result> {
    readonly title: string;
    readonly run: (progress: Progress) => Promise<Result>;
}

/**
 * Does several things at once and shows on standard error what each is at: a list that moves at a terminal, else a line when
 * something begins or ends.
 */
export async function withProgress<Result>(works: readonly Work<Result>[]): Promise<Result[]> {
    const results: Result[] = [];
    const output = new ProcessOutput(process.stderr, process.stderr);
    const logger = new ListrLogger({ processOutput: output });
    const spinner = new Spinner();
    const moves = process.stderr.isTTY;
    const list = new Listr(
        works.map(({ title, run }, index) => ({
            title,
            task: async (_: unknown, task: { output: string }) => {
                results[index] = await run((step) => (task.output = step));
            },
        })),
        {
            concurrent: true,
            // listr2 would end the command at once, whatever has to be put in order.
            registerSignalListeners: false,
            renderer: "default",
            rendererOptions: { logger, spinner },
            // A list that moves is for eyes; a log gets a line for each step.
            fallbackRenderer: "simple",
            fallbackRendererCondition: () => !moves,
            fallbackRendererOptions: { logger },
        },
    );
    const isOver = whenInterrupted(() => {
        if (moves) {
            // Gives the terminal back: its cursor, and what was written since.
            spinner.stop();
            list.events.off(ListrEventType.SHOULD_REFRESH_RENDER);
            output.release();
        }
    });
    try {
        await list.run();
    } finally {
        isOver();
    }
    return results;
}
