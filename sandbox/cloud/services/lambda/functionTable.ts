import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CreateFunctionRequest, FunctionConfiguration } from "../../models/lambda";
import { defineTable } from "../../tables";
import type { StoredCode } from "./deploymentPackages";
import { parseFunctionName } from "./names";
import type { Settings } from "./settings";

/** A function's code and configuration at one time: what a published version freezes. */
export interface StoredRevision {
    readonly code: StoredCode;
    readonly settings: Settings;
    readonly architectures: NonNullable<CreateFunctionRequest["Architectures"]>;
    /** The environment's variables in JSON, sealed by the vault: they often hold secrets. */
    readonly environment?: string;
    readonly modifiedAt: number;
    readonly revisionId: string;
}

/** A function as it is kept. */
export interface StoredFunction {
    readonly name: string;
    readonly arn: string;
    readonly latest: StoredRevision;
    /** Published versions, the oldest first. */
    readonly versions: ReadonlyArray<StoredRevision & { readonly number: number }>;
    /** Counts on when a version is deleted: numbers are never used again. */
    readonly latestVersion: number;
}

/** Functions by their names. */
export const functions = defineTable<StoredFunction>("lambda", "function");

/** The name of the version that can be changed. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html */
export const latestQualifier = "$LATEST";

function notFound(arn: string): Refusal {
    return new Refusal("ResourceNotFoundException", `Function not found: ${arn}`);
}

/** The function that a request names. @throws Refusal ResourceNotFoundException */
export function findFunction(
    context: OperationContext,
    functionName: string,
    requestedQualifier?: string,
): { found: StoredFunction; qualifier: string | undefined } {
    const { name, qualifier } = parseFunctionName(context, functionName, requestedQualifier);
    const found = context.table(functions).get(name);
    if (found === undefined) {
        throw notFound(context.arn("lambda", `function:${name}`));
    }
    const isVersion = found.versions.some(({ number }) => String(number) === qualifier);
    if (qualifier !== undefined && qualifier !== latestQualifier && !isVersion) {
        throw notFound(`${found.arn}:${qualifier}`);
    }
    return { found, qualifier };
}

/** Keeps a function, new or changed. */
export function putFunction(context: OperationContext, changed: StoredFunction): void {
    context.table(functions).put(changed.name, changed);
}

/** The variables of a revision's environment. */
export function environmentOf(context: OperationContext, { environment }: StoredRevision): Record<string, string> {
    return environment === undefined ? {} : JSON.parse(context.vault.open(environment).toString());
}

/** A function's configuration, of one version. @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function describeFunction(
    context: OperationContext,
    { name, arn, latest, versions }: StoredFunction,
    qualifier?: string,
): FunctionConfiguration {
    const revision = versions.find(({ number }) => String(number) === qualifier) ?? latest;
    const { settings, environment } = revision;
    const { Layers, VpcConfig, ...others } = settings;
    return {
        Description: "",
        Timeout: 3,
        MemorySize: 128,
        TracingConfig: { Mode: "PassThrough" },
        EphemeralStorage: { Size: 512 },
        LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
        ...others,
        FunctionName: name,
        FunctionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
        Version: revision === latest ? latestQualifier : qualifier,
        PackageType: "Zip",
        Architectures: revision.architectures,
        CodeSize: revision.code.size,
        CodeSha256: revision.code.sha256,
        // https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html (ISO 8601 with a numeric zone)
        LastModified: new Date(revision.modifiedAt).toISOString().replace("Z", "+0000"),
        RevisionId: revision.revisionId,
        SnapStart: { ApplyOn: settings.SnapStart?.ApplyOn ?? "None", OptimizationStatus: "Off" },
        State: "Active",
        LastUpdateStatus: "Successful",
        ...(environment !== undefined && { Environment: { Variables: environmentOf(context, revision) } }),
        ...(Layers !== undefined && { Layers: Layers.map((Arn) => ({ Arn })) }),
        ...(VpcConfig !== undefined && { VpcConfig: { SubnetIds: [], SecurityGroupIds: [], ...VpcConfig } }),
    };
}
