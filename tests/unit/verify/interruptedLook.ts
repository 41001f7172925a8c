import { once } from "node:events";
import { withProgress } from "../../../commands/verify/progress";
import { withTemporaries } from "../../../commands/verify/temporaries";
import type { Surroundings } from "../../../commands/verify/surroundings";

/** A step that takes until something comes on standard input: making or removing. */
const slowStep = process.argv[2];
const word = once(process.stdin, "data");

async function take(step: string): Promise<void> {
    process.stdout.write(`${step}\n`);
    await (step === slowStep ? word : undefined);
}

/** A look, run as a process of its own, that does not end by itself: it tells what it makes and removes. */
void withTemporaries(
    {
        regions: ["us-east-1", "eu-central-1"],
        option: "--test-device",
        actions: [],
        make: async (_, region) => {
            await take("making");
            return {
                remove: async () => {
                    await take("removing");
                    process.stdout.write(`removed in ${region}\n`);
                },
            };
        },
    },
    { aws: {} } as Surroundings,
    () =>
        withProgress([
            {
                title: "telemetry",
                run: async () => {
                    process.stdout.write("looking\n");
                    await new Promise((resolve) => setTimeout(resolve, 60_000));
                },
            },
        ]),
);
