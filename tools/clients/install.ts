import { Command } from "commander";
import { Failure } from "../../sandbox/cli";
import { pathFolders } from "../../sandbox/cli/executables";
import { runCommand } from "../../sandbox/commands/command";
import { clients } from "./clients";
import type { FoundClient } from "./find";
import { provideClient, type MissingClient } from "./provide";

const command = new Command("clients:install")
    .description(
        "Finds the programs that are tested against the sandbox (dig, openssl, mosquitto_pub and mosquitto_sub, curl, the AWS " +
            "CLI) on PATH, and installs those that are missing into your cache: from Debian's packages by apt-get, and from " +
            "PyPI by python3. The system stays as it is, and nobody has to be root. Ends with status 2 where one is missing " +
            "still.",
    )
    .action(async () => {
        const provided: (FoundClient | MissingClient)[] = [];
        for (const client of clients) {
            const each = await provideClient(client, process.env, (line) => console.error(line));
            provided.push(each);
            console.log(describe(each));
        }
        const folders = new Set(provided.flatMap((each) => ("folder" in each ? [each.folder] : [])));
        const added = [...folders].filter((folder) => !pathFolders(process.env).includes(folder));
        if (added.length > 0) {
            console.log(`\nTo use them in a shell:\n  export PATH="${added.join(":")}:$PATH"`);
        }
        if (provided.some((each) => "reason" in each)) {
            throw new Failure("\nNot every client is there: see above what to install by hand.", 2);
        }
    });

function describe(provided: FoundClient | MissingClient): string {
    const { name } = provided.client;
    return "reason" in provided
        ? `${name}: missing\n  ${provided.reason}`
        : `${name} ${provided.version}: ${provided.folder}`;
}

void runCommand(command);
