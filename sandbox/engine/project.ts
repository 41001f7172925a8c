import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { Failure, sdkDirectory } from "../cli";
import { writeWhole } from "./files";

const providersDirectory = path.resolve(__dirname, "..", "providers");

/** What stands in for AWS, under the names of the plugins that the program asks for. */
export const standInPlugins = ["aws", "tls"].map((name) => ({ name, path: path.join(providersDirectory, name) }));

/** What the engine is told of plugins: the stand-ins, and the one that runs dynamic resources, as the SDK ships it. */
const plugins = [...standInPlugins, { name: "pulumi-nodejs", path: sdkDirectory }];

interface ProjectFile {
    readonly name: string;
    readonly main?: string;
    readonly plugins?: { readonly providers?: readonly { readonly name: string }[] };
}

/** A project as the CLI is given it. */
export interface Project {
    readonly name: string;
    /** Where the project itself lies. */
    readonly source: string;
    /** Holds the copy of its Pulumi.yaml, and the copies of its stacks' configurations. */
    readonly directory: string;
}

/**
 * Copies a project file into the sandbox, with one thing added: the plugins that stand in for AWS.
 *
 * So a project needs to know nothing of the sandbox, and what the CLI writes beside a project file is not written
 * beside the real one.
 *
 * @throws Failure where the folder has no project file
 */
export function prepareProject(source: string, projects: string): Project {
    const file = path.join(source, "Pulumi.yaml");
    if (!existsSync(file)) {
        throw new Failure(`${file}: expected a Pulumi project, found none`);
    }
    const settings = parse(readFileSync(file, "utf8")) as ProjectFile;
    const providers = settings.plugins?.providers ?? [];
    const others = providers.filter(({ name }) => !plugins.some((plugin) => plugin.name === name));
    const directory = path.join(projects, settings.name);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeWhole(
        path.join(directory, "Pulumi.yaml"),
        stringify({
            ...settings,
            main: withSeparator(path.resolve(source, settings.main ?? ".")),
            plugins: { ...settings.plugins, providers: [...others, ...plugins] },
        }),
    );
    return { name: settings.name, source, directory };
}

/** Pulumi takes a `main` that ends in a separator for a folder that the program runs in. */
function withSeparator(main: string): string {
    return path.extname(main) === "" ? `${main}${path.sep}` : main;
}
