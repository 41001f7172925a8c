import path from "node:path";
import { buildDirectoryOf, commonBuildArguments, directiveIn, type GoTool } from "./goTool";

/** The Go module that pins the Pulumi CLI. */
const moduleDirectory = path.resolve(__dirname, "..", "pulumi");

/** The version of the CLI that the module pins; a build from modules has to be told its own version. */
export const pinnedVersion = directiveIn(moduleDirectory, /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m);

/** The oldest Go that builds the module. */
export const oldestGo = directiveIn(moduleDirectory, /^go (\S+)/m);

/** The Pulumi CLI with its language host for Node. */
export const pulumiCli: GoTool = {
    title: `the Pulumi CLI ${pinnedVersion}`,
    duration: "about three minutes",
    moduleDirectory,
    buildArguments: [
        ...commonBuildArguments,
        "-ldflags",
        `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinnedVersion}`,
    ],
    // Beside the executables that Go builds: the one that Pulumi ships as a script.
    scripts: [path.join(__dirname, "pulumi-analyzer-policy")],
    cacheFolder: "pulumi",
    alternative: "install Pulumi and have `pulumi` on PATH: https://www.pulumi.com/docs/install/",
};

/** Where a build of the Pulumi CLI lies. */
export function buildDirectory(environment: NodeJS.ProcessEnv): string {
    return buildDirectoryOf(pulumiCli, environment);
}
