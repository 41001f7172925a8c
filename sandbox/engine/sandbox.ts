import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { Failure, findPulumiCli, withCli, type PulumiCli } from "../cli";
import { Cloud } from "../cloud";
import { serveAws, type ServedAws } from "../http";
import { awsClientVariables, provideCredentials } from "./awsClients";
import { completion, completionInTerminal, startProcess, type Completed, type RunOptions } from "./childProcess";
import { prepareDirectory, sandboxDirectory, type SandboxDirectory } from "./directory";
import { readIfThere } from "./files";
import { furnishHostedZone } from "./hostedZone";
import { policyConfigurationFor } from "./policyConfiguration";
import { prepareProject, type Project } from "./project";
import {
    checkConfiguration,
    configurationsAgree,
    copyConfiguration,
    type ConfigurationCopy,
    type StackConfiguration,
} from "./stackConfiguration";

const repository = path.resolve(__dirname, "..", "..");

/** The stack that everything is about which names no other. */
export const defaultStack = "dev";

export interface SandboxOptions {
    /** Where everything of the sandbox lies; made when absent. */
    readonly directory: string;
    /** Configurations by stack, in place of the project's Pulumi.<stack>.yaml. @default none */
    readonly configurations?: Readonly<Record<string, StackConfiguration>>;
    /** @default the one that {@link findPulumiCli} finds or builds */
    readonly cli?: PulumiCli;
}

export interface PulumiOptions extends Omit<RunOptions, "environment"> {
    /** @default {@link defaultStack} */
    readonly stack?: string;
    /** The folder of the project. @default this repository */
    readonly project?: string;
    /** Added to the engine's environment; undefined takes a variable away. */
    readonly env?: NodeJS.ProcessEnv;
}

/** What {@link Sandbox.prepareStack} had to do. */
export interface Preparation {
    readonly createdStack: boolean;
    /** The hosted zone that the configuration names, and whether it had to be made. */
    readonly hostedZone?: { readonly name: string; readonly created: boolean };
}

/** Settings of the user's that would lead the engine out of the sandbox. */
const foreignVariable = /^(PULUMI|AWS)_/;

let foundCli: Promise<PulumiCli> | undefined;

/**
 * An AWS account on a laptop, and the real Pulumi engine to deploy into it.
 *
 * Everything lies in one directory: the account, the stacks' state, Pulumi's own settings. Nothing of the user's own
 * Pulumi or AWS settings is read or written.
 */
export class Sandbox {
    readonly directory: SandboxDirectory;
    private readonly configurations: Map<string, StackConfiguration>;
    private readonly cliOption: PulumiCli | undefined;
    private openCloud: Cloud | undefined;
    private served: Promise<ServedAws> | undefined;

    constructor(options: SandboxOptions) {
        this.directory = sandboxDirectory(options.directory);
        this.configurations = new Map(Object.entries(options.configurations ?? {}));
        this.cliOption = options.cli;
    }

    /** The Pulumi CLI that runs here. */
    cli(): Promise<PulumiCli> {
        if (this.cliOption !== undefined) {
            return Promise.resolve(this.cliOption);
        }
        foundCli ??= findPulumiCli();
        return foundCli;
    }

    /** The account that the engine deploys into. It is opened once and stays open until {@link close}. */
    cloud(): Cloud {
        prepareDirectory(this.directory);
        this.openCloud ??= new Cloud({ directory: this.directory.cloud });
        return this.openCloud;
    }

    /** The account by AWS's own protocols, as long as this process runs and until {@link close}. */
    private serve(): Promise<ServedAws> {
        this.served ??= serveAws(() => this.cloud(), { keepsRunning: false });
        return this.served;
    }

    close(): void {
        void this.served?.then((served) => served.close());
        this.served = undefined;
        this.openCloud?.close();
        this.openCloud = undefined;
    }

    /** Replaces a stack's configuration from the next run on. */
    configure(stack: string, configuration: StackConfiguration): void {
        this.configurations.set(stack, configuration);
    }

    /** The environment of the engine and all that it starts. */
    async environment(stack: string = defaultStack): Promise<NodeJS.ProcessEnv> {
        const own = Object.entries(process.env).filter(([name]) => !foreignVariable.test(name));
        const { url } = await this.serve();
        return withCli(await this.cli(), {
            ...Object.fromEntries(own),
            // Without `metadata=skip` the backend keeps a second file beside each checkpoint, and writes it in place: a kill
            // in that moment leaves it empty, and the checkpoint cannot be read any more ("failed to load checkpoint: EOF").
            PULUMI_BACKEND_URL: `${pathToFileURL(this.directory.state).href}?metadata=skip`,
            PULUMI_HOME: this.directory.pulumiHome,
            PULUMI_CONFIG_PASSPHRASE_FILE: this.directory.passphrase,
            PULUMI_STACK: stack,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            IOT_DOMAINS_SANDBOX_CLOUD: this.directory.cloud,
            ...awsClientVariables(this.directory.root, url),
        });
    }

    /** Runs the CLI in the sandbox's copy of the project and waits for its end, whatever its exit status is. */
    async pulumi(args: readonly string[], options: PulumiOptions = {}): Promise<Completed> {
        const child = await this.startPulumi(args, options);
        return options.output === "inherit" ? completionInTerminal(child) : completion(child);
    }

    /** Starts the CLI as {@link pulumi} does and leaves the process to the caller. */
    async startPulumi(args: readonly string[], options: PulumiOptions = {}): Promise<ChildProcess> {
        const { stack = defaultStack, project = repository, env = {}, input, output } = options;
        const { directory } = this.prepareProject(project);
        this.copyConfiguration(stack, project);
        const environment = { ...(await this.environment(stack)), ...env };
        const { executable } = await this.cli();
        return startProcess(executable, ["-C", directory, ...args], { environment, input, output });
    }

    /**
     * Makes what a stack needs before its first deployment: the stack itself, and the hosted zone of its configuration.
     *
     * @throws Failure where the project has configurations of other stacks alone, or where the sandbox cannot read all of it
     */
    async prepareStack(stack: string = defaultStack, project: string = repository): Promise<Preparation> {
        const file = path.join(project, `Pulumi.${stack}.yaml`);
        const copy = this.copyConfiguration(stack, project);
        const others = stacksOf(project);
        if (copy === undefined && others.length > 0) {
            throw new Failure(
                `${file}: expected the configuration of stack ${stack}, found none; there are ${others.join(", ")}`,
            );
        }
        // Before anything is found wrong: a stack has to be there for a secret to be set.
        const createdStack = await this.createStack(stack, project);
        if (copy === undefined) {
            return { createdStack };
        }
        checkConfiguration(file, stack, copy);
        const { config } = parse(copy.source) as { config?: Record<string, unknown> };
        const name = config?.["iot-domains:hostedZone"];
        if (typeof name !== "string") {
            return { createdStack };
        }
        const role = config?.["iot-domains:hostedZoneRole"];
        const created = await furnishHostedZone(this.cloud(), name, typeof role === "string" ? role : undefined);
        return { createdStack, hostedZone: { name, created } };
    }

    /** The arguments that have the program checked by this repository's policy pack, with the stack's own configuration of it. */
    policyArguments(stack: string = defaultStack): Promise<string[]> {
        const configuration = path.join(repository, `Pulumi.${stack}.policies.json`);
        return this.policyArgumentsWith(existsSync(configuration) ? configuration : undefined);
    }

    /** The arguments that have the program checked by this repository's policy pack, with a configuration of it. */
    async policyArgumentsWith(configuration: string | undefined): Promise<string[]> {
        const folder = path.join(this.directory.root, "policy-configurations");
        const file = policyConfigurationFor(configuration, await this.cloud().publicRoots(), folder);
        return [
            ["--policy-pack", path.join(repository, "policies")],
            file === undefined ? [] : ["--policy-pack-config", file],
        ].flat();
    }

    /** Deploys a stack with the policy pack, from nothing if need be. */
    async start(stack: string = defaultStack, options: Omit<PulumiOptions, "stack"> = {}): Promise<Completed> {
        await this.prepareStack(stack, options.project);
        return this.pulumi(["up", "--yes", ...(await this.policyArguments(stack))], { ...options, stack });
    }

    /**
     * Copies the stack's configuration anew and says whether the copy said the same before, apart from encryption: a
     * change that was made to the copy alone is lost with that.
     */
    keepsConfiguration(stack: string, project: string = repository): boolean {
        const copy = this.copyConfiguration(stack, project);
        return copy?.previous === undefined || configurationsAgree(copy.previous, copy.text);
    }

    private prepareProject(project: string): Project {
        prepareDirectory(this.directory);
        return prepareProject(project, this.directory.projects);
    }

    private copyConfiguration(stack: string, project: string): ConfigurationCopy | undefined {
        const { directory } = this.prepareProject(project);
        const name = `Pulumi.${stack}.yaml`;
        const given = this.configurations.get(stack) ?? readIfThere(path.join(project, name));
        if (given === undefined) {
            return undefined;
        }
        const copy = copyConfiguration(given, path.join(directory, name));
        const { config } = parse(copy.source) as { config?: Record<string, unknown> };
        provideCredentials(this.directory.root, config?.["aws:profile"]);
        return copy;
    }

    /** Makes the stack where there is none and says whether it had to. */
    async createStack(stack: string = defaultStack, project: string = repository): Promise<boolean> {
        const options = { stack, project };
        const listed = await this.pulumi(["stack", "ls", "--json"], options);
        const stacks = JSON.parse(succeeded(listed, "pulumi stack ls").stdout) as { name: string }[];
        if (stacks.some(({ name }) => name === stack)) {
            return false;
        }
        succeeded(await this.pulumi(["stack", "init", stack], options), "pulumi stack init");
        return true;
    }
}

/** The stacks that a project has a configuration of. */
export function stacksOf(project: string = repository): string[] {
    return readdirSync(project).flatMap((name) => /^Pulumi\.([\w-]+)\.yaml$/.exec(name)?.[1] ?? []);
}

/** @throws Failure with what a command said, where it did not succeed */
export function succeeded(completed: Completed, command: string): Completed {
    if (completed.exitCode !== 0) {
        throw new Failure(`${command} failed with exit status ${completed.exitCode}:\n${completed.stderr.trimEnd()}`);
    }
    return completed;
}
