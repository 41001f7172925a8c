import { withTemporaries } from "../../../commands/verify/temporaries";
import type { Surroundings } from "../../../commands/verify/surroundings";

/** A look, run as a process of its own, that does not end by itself: it tells what it makes and removes. */
void withTemporaries(
    {
        regions: ["us-east-1", "eu-central-1"],
        option: "--test-device",
        actions: [],
        make: (_, region) =>
            Promise.resolve({
                remove: () => {
                    process.stdout.write(`removed in ${region}\n`);
                    return Promise.resolve();
                },
            }),
    },
    { aws: {} } as Surroundings,
    () => {
        process.stdout.write("looking\n");
        return new Promise((resolve) => setTimeout(resolve, 60_000));
    },
);
