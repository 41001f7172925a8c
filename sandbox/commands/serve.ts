import { createInterface } from "node:readline";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Failure, type Sandbox } from "..";
import { readDescription, serveDataPlane, type DataPlane } from "../dataPlane";
import { beginOutage, endOutage, endOutages } from "../dataPlane/outages";
import { writeWhole } from "../engine/files";
import { runCommand } from "./command";
import { publicRootsFile } from "./serve/commandsToTry";
import { explainDataPlane } from "./serve/explanation";
import { domainsIn } from "./serve/domains";
import { explainPort, refuseUnknownRegions } from "./serve/refusals";
import { withUserSandbox } from "./userSandbox";

interface Options {
    readonly stack?: string;
    readonly portBase: number;
    readonly json?: true;
    readonly stopRegion: readonly string[];
    readonly startRegion: readonly string[];
}

const collect = (region: string, others: readonly string[]): string[] => [...others, region];

const command = new Command("sandbox:serve")
    .description(
        "Puts the sandbox on the network of this machine: DNS, AWS's APIs, and each region's data endpoint with TLS, MQTT and " +
            "HTTPS, as deployed. Ctrl-C ends it.",
    )
    .option("-s, --stack <name>", "explain the domains of this stack alone (default: every domain of the account)")
    .option("--port-base <port>", "listen on this port and those that follow (default: ports that are free)", port, 0)
    .option("--stop-region <region>", "have a region fail, here or where the sandbox is served already", collect, [])
    .option("--start-region <region>", "bring back a region that was stopped", collect, [])
    .option("--json", "print where everything listens as JSON")
    .addHelpText("after", "\nWhile it runs, type: stop REGION, start REGION, status, quit")
    .action(async (options: Options) => {
        process.exitCode = await withUserSandbox((sandbox) => serve(sandbox, options));
    });

function port(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > 65_000) {
        throw new InvalidArgumentError("expected a port from 1 to 65000");
    }
    return value;
}

async function serve(sandbox: Sandbox, options: Options): Promise<number> {
    const { stopRegion, startRegion, portBase, json, stack } = options;
    const cloud = sandbox.cloud();
    const isServed = readDescription(sandbox.directory.root) !== undefined;
    if (!isServed) {
        await endOutages(cloud);
    }
    await refuseUnknownRegions(cloud, [...stopRegion, ...startRegion]);
    await Promise.all(stopRegion.map((region) => beginOutage(cloud, region)));
    await Promise.all(startRegion.map((region) => endOutage(cloud, region)));
    if (isServed && stopRegion.length + startRegion.length > 0) {
        return 0;
    }
    if (isServed) {
        throw new Failure(
            `${sandbox.directory.root}: expected nobody to serve this sandbox, got another process that does`,
        );
    }
    const report = (line: string) => console.error(line);
    const plane = await serveDataPlane(sandbox, { portBase, report }).catch((error: unknown) => {
        throw explainPort(error);
    });
    try {
        const folder = sandbox.directory.root;
        writeWhole(path.join(folder, publicRootsFile), (await cloud.publicRoots()).join("\n"));
        if (json === true) {
            console.log(JSON.stringify(plane.description, undefined, 4));
        } else {
            console.log(explainDataPlane(plane.description, await domainsIn(cloud, stack), folder));
        }
        await untilAskedToEnd(plane);
    } finally {
        await plane.close();
    }
    return 0;
}

/** Waits for Ctrl-C or `quit`, and does what is typed until then. */
function untilAskedToEnd(plane: DataPlane): Promise<void> {
    return new Promise((resolve) => {
        const lines = createInterface({ input: process.stdin });
        const end = () => {
            lines.close();
            resolve();
        };
        process.once("SIGINT", end).once("SIGTERM", end).once("SIGHUP", end);
        lines.on("line", (line) => {
            const [word = "", region = ""] = line.trim().split(/\s+/);
            void obey(plane, word, region, end).catch((error: Error) => console.error(error.message));
        });
    });
}

async function obey(plane: DataPlane, word: string, region: string, end: () => void): Promise<void> {
    const orders: Readonly<Record<string, () => Promise<void> | void>> = {
        stop: () => plane.stopRegion(region),
        start: () => plane.startRegion(region),
        status: () => console.log(JSON.stringify(plane.description, undefined, 4)),
        quit: end,
        "": () => {},
    };
    const order = Object.hasOwn(orders, word) ? orders[word] : undefined;
    if (order === undefined) {
        throw new Error(`${word}: expected stop REGION, start REGION, status or quit`);
    }
    await order();
}

void runCommand(command);
