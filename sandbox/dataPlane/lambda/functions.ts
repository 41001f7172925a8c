import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Cloud } from "../../cloud";
import type { OperationContext } from "../../cloud/context";
import { archiveOf } from "../../cloud/services/lambda/deploymentPackages";
import { environmentOf, findFunction } from "../../cloud/services/lambda/functionTable";
import { permissionsOf } from "../../cloud/services/lambda/permissionTable";
import { conditionsHold } from "../authorization/conditions";
import { endWithParent } from "../guardian";
import { UnpackedCode } from "./unpacked";

/** Why a function gave no answer, in Lambda's words. */
export class FunctionError extends Error {
    constructor(
        readonly errorType: string,
        message: string,
    ) {
        super(`${errorType}: ${message}`);
    }
}

/** On whose behalf AWS IoT Core calls a function. */
export interface Caller {
    /** ARN of the authorizer or provisioning template. */
    readonly sourceArn: string;
}

interface Loaded {
    readonly arn: string;
    readonly name: string;
    readonly version: string;
    readonly folder: string;
    readonly handler: string;
    readonly environment: Readonly<Record<string, string>>;
    /** Milliseconds. */
    readonly timeout: number;
    /** Megabytes. */
    readonly memory: number;
}

const runtime = path.join(__dirname, "runtime.cjs");

/** Lambda where AWS IoT Core calls it: one region's functions, each call in a process of its own. */
export class Functions {
    private readonly code = new UnpackedCode();
    private readonly running = new Set<ChildProcess>();

    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
    ) {}

    /**
     * Calls a function and waits for its answer.
     *
     * @throws FunctionError where there is none, it may not be called, it fails or takes too long
     */
    async invoke(functionArn: string, event: unknown, caller: Caller): Promise<unknown> {
        const loaded = await this.cloud.observe({ region: this.region }, (context) =>
            this.load(context, functionArn, caller),
        );
        return this.run(loaded, event);
    }

    close(): void {
        this.running.forEach((child) => child.kill("SIGKILL"));
        this.code.remove();
    }

    private load(context: OperationContext, functionArn: string, { sourceArn }: Caller): Loaded {
        const { found, qualifier } = find(context, functionArn);
        refuseStranger(context, permissionsOf(context, found, qualifier)?.statements ?? [], sourceArn, functionArn);
        const revision = found.versions.find(({ number }) => String(number) === qualifier) ?? found.latest;
        const { Runtime = "", Handler = "", Timeout = 3, MemorySize = 128 } = revision.settings;
        const archive = archiveOf(context, revision.code);
        if (!Runtime.startsWith("nodejs") || archive === undefined) {
            const fault = archive === undefined ? "without the code that was deployed" : `of the runtime ${Runtime}`;
            throw new FunctionError("Runtime.NotInSandbox", `${functionArn} is a function ${fault}`);
        }
        return {
            arn: functionArn,
            name: found.name,
            version: qualifier ?? "$LATEST",
            folder: this.code.folderOf(revision.code.sha256, archive),
            handler: Handler,
            environment: environmentOf(context, revision),
            timeout: Timeout * 1000,
            memory: MemorySize,
        };
    }

    private run({ folder, handler, timeout, ...loaded }: Loaded, event: unknown): Promise<unknown> {
        const child = fork(runtime, [], {
            cwd: folder,
            execArgv: [`--max-old-space-size=${loaded.memory}`],
            env: this.environmentFor(loaded, handler),
            stdio: ["ignore", "ignore", "ignore", "ipc"],
        });
        this.running.add(child);
        endWithParent(child);
        return new Promise((resolve, reject) => {
            const fail = (type: string, message: string) => reject(new FunctionError(type, message));
            const timer = setTimeout(() => {
                fail("Sandbox.Timedout", `Task timed out after ${timeout / 1000} seconds`);
                child.kill("SIGKILL");
            }, timeout);
            child.once("message", (outcome: { result?: unknown; errorType?: string; errorMessage?: string }) =>
                outcome.errorType === undefined
                    ? resolve(outcome.result)
                    : fail(outcome.errorType, outcome.errorMessage ?? ""),
            );
            child.once("error", ({ message }) => fail("Runtime.ExitError", message));
            child.once("exit", (code, signal) => {
                clearTimeout(timer);
                this.running.delete(child);
                fail("Runtime.ExitError", `Runtime exited with ${signal ?? `status ${code}`}`);
            });
            child.send({ folder, handler, event, context: contextOf(loaded) });
        });
    }

    /** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
    private environmentFor(
        { name, version, environment, memory }: Pick<Loaded, "name" | "version" | "environment" | "memory">,
        handler: string,
    ): NodeJS.ProcessEnv {
        return {
            PATH: process.env.PATH,
            ...environment,
            AWS_REGION: this.region,
            AWS_DEFAULT_REGION: this.region,
            AWS_LAMBDA_FUNCTION_NAME: name,
            AWS_LAMBDA_FUNCTION_VERSION: version,
            AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
            _HANDLER: handler,
            TZ: ":UTC",
        };
    }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ name, version, arn, memory }: Pick<Loaded, "name" | "version" | "arn" | "memory">): object {
    return {
        awsRequestId: randomUUID(),
        functionName: name,
        functionVersion: version,
        invokedFunctionArn: arn,
        memoryLimitInMB: String(memory),
        callbackWaitsForEmptyEventLoop: false,
    };
}

function find(context: OperationContext, functionArn: string): ReturnType<typeof findFunction> {
    try {
        return findFunction(context, functionArn);
    } catch (error) {
        throw new FunctionError((error as Error).name, (error as Error).message);
    }
}

/** A function has to say itself who may call it. @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html */
function refuseStranger(
    context: OperationContext,
    statements: readonly {
        readonly Principal: unknown;
        readonly Action: string;
        readonly Condition?: Parameters<typeof conditionsHold>[0];
    }[],
    sourceArn: string,
    functionArn: string,
): void {
    const facts = new Map([
        ["aws:sourcearn", sourceArn],
        ["aws:sourceaccount", context.account],
    ]);
    const isAllowed = statements.some(
        ({ Principal, Action, Condition }) =>
            ["lambda:InvokeFunction", "lambda:*"].includes(Action) &&
            (Principal === "*" || (Principal as { Service?: string }).Service === "iot.amazonaws.com") &&
            conditionsHold(Condition, facts) === true,
    );
    if (!isAllowed) {
        const message = `iot.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}`;
        throw new FunctionError("AccessDeniedException", `${message} for ${sourceArn}`);
    }
}
