import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { Progress } from "../../verify/look";

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
    const rendererOptions = { logger: new ListrLogger({ processOutput: output }) };
    const list = new Listr(
        works.map(({ title, run }, index) => ({
            title,
            task: async (_: unknown, task: { output: string }) => {
                results[index] = await run((step) => (task.output = step));
            },
        })),
        {
            concurrent: true,
            // What was made for the look is removed first when the command is interrupted; listr2 would end it at once.
            registerSignalListeners: false,
            renderer: "default",
            rendererOptions,
            // A list that moves is for eyes; a log gets a line for each step.
            fallbackRenderer: "simple",
            fallbackRendererCondition: () => !process.stderr.isTTY,
            fallbackRendererOptions: rendererOptions,
        },
    );
    await list.run();
    return results;
}
