import path from "node:path";
import { Command } from "commander";
import { bundlePack } from "../policies/bundle";

/** Not where the repository's own runs look: they always take the pack's source. */
const defaultFolder = path.join(__dirname, "..", "dist", "policies");

const command = new Command("policies:bundle")
    .description(
        "Writes the policy pack as a folder of its own: one index.js with the pack's manifest, to publish with " +
            "`pulumi policy publish` or to copy beside other programs.",
    )
    .argument("[folder]", "made anew; an earlier bundle in it is replaced", defaultFolder)
    .action(async (folder: string) => {
        const absolute = path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
        await bundlePack(absolute);
        console.log(
            `${absolute}\n\nUse it:      npm install --prefix ${absolute}, then pulumi preview --policy-pack ${absolute}\n` +
                `Publish it:  pulumi policy publish (in that folder)`,
        );
    });

command.parseAsync().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
