import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../cli";
import { buildGoTool } from "../../cli/build";
import { findGoFault } from "../../cli/goToolchain";
import { buildDirectoryOf, commonBuildArguments, directiveIn, type GoTool } from "../../cli/goTool";
import type { Report } from "../../cli/makeDirectory";

const moduleDirectory = path.resolve(__dirname, "..", "..", "broker");

const version = directiveIn(moduleDirectory, /^\s*(?:require )?github\.com\/mochi-mqtt\/server\/v2 v(\S+)/m);

const brokerTool: GoTool = {
    title: `the MQTT broker mochi-mqtt ${version}`,
    duration: "about a minute",
    moduleDirectory,
    buildArguments: [...commonBuildArguments, "-ldflags", "-s -w"],
    scripts: [],
    cacheFolder: "broker",
    alternative:
        "set IOT_DOMAINS_CLI_DIRECTORY to a folder that another checkout or machine of this kind has built into",
};

/** Go names an executable after its package's folder: the broker's is the one that takes a file with its configuration. */
const executableName = "docker";

export interface BrokerExecutableOptions {
    /** Where PATH, the cache and IOT_DOMAINS_CLI_DIRECTORY are read from. @default process.env */
    readonly environment?: NodeJS.ProcessEnv;
    /** @default lines on standard error */
    readonly report?: Report;
}

/**
 * The broker's executable, built from Go modules where it has not been built on this machine yet.
 *
 * @throws Failure where it cannot be built: what was found, and what to do
 */
export async function findBrokerExecutable(options: BrokerExecutableOptions = {}): Promise<string> {
    const { environment = process.env, report = (line) => console.error(line) } = options;
    const directory = buildDirectoryOf(brokerTool, environment);
    const executable = path.join(directory, executableName);
    if (existsSync(executable)) {
        return executable;
    }
    const fault = await findGoFault(environment);
    if (fault !== undefined) {
        throw new Failure(`${brokerTool.title} has to be built from Go modules, and cannot be: ${fault.unusable}`);
    }
    await buildGoTool(brokerTool, directory, () => Promise.resolve(existsSync(executable)), environment, report);
    return executable;
}
