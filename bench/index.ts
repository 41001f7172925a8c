import Table from "cli-table3";
import { Command } from "commander";
import { wholeNumbers } from "./arguments";
import { machine } from "./machine";
import { measurePreviews } from "./preview";
import type { Row } from "./statistics";

interface Options {
    readonly sizes: readonly number[];
    readonly rounds: number;
    readonly default: boolean;
    readonly json?: boolean;
}

const command = new Command("bench")
    .description(
        "Measures whole previews under the real engine, in one run and as ratios: this program without and with its policy pack, " +
            "the floor (plain JavaScript that registers as many bare resources) and Pulumi's default TypeScript set-up.",
    )
    .option("--sizes <list>", "resources in a preview, about", wholeNumbers, [3, 100, 1000])
    .option("--rounds <number>", "counted rounds after a warm-up", (text) => wholeNumbers(text)[0] ?? 3, 3)
    .option("--no-default", "leave out Pulumi's default set-up, which takes most of the time")
    .option("--json", "one JSON object on standard output, progress on standard error")
    .action(bench);

async function bench(options: Options): Promise<void> {
    const results = [];
    for (const size of options.sizes) {
        console.error(`\nAbout ${size} resources, ${options.rounds} rounds after a warm-up:`);
        const result = await measurePreviews({
            size,
            rounds: options.rounds,
            withDefault: options.default,
            progress: (text) => console.error(`  ${text}`),
        });
        results.push({ size, ...result });
        if (!options.json) {
            print(result.resources, result.rows);
        }
    }
    if (options.json) {
        console.log(JSON.stringify({ machine: machine(), results }, null, 2));
    }
}

function print(resources: number, rows: readonly Row[]): void {
    const floor = rows[0];
    const table = new Table({
        head: ["preview", "seconds", "× floor", "MB", "× floor"],
        style: { head: [], border: [] },
    });
    for (const { name, seconds, megabytes } of rows) {
        table.push([
            name,
            seconds.toFixed(2),
            (seconds / (floor?.seconds ?? seconds)).toFixed(2),
            megabytes.toFixed(0),
            (megabytes / (floor?.megabytes ?? megabytes)).toFixed(2),
        ]);
    }
    console.log(`\n${resources} resources; medians; ${machine()}`);
    console.log(table.toString());
}

void command.parseAsync();
