import { asset, block, flag, integer, list, set, tagMap, text, type Inputs } from "../../framework/properties";
import type { ApiError, Aws } from "../client";
import { defineResource } from "../resource";
import type { Tags } from "../tagging";
import { arnFault } from "../validation";
import { zipOf, type Asset } from "./archive";

/** Minutes that a new role may take until Lambda can assume it. */
const propagationMinutes = 0.5;

/** Minutes that a function may take to become active. */
const activationMinutes = 10;

const missingFunction = ["ResourceNotFoundException"];

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 64 } }),
    role: text({ required: true, refuse: arnFault }),
    architectures: list(text({ oneOf: ["x86_64", "arm64"] }), { computed: true }),
    code: asset(),
    s3Bucket: text(),
    s3Key: text(),
    s3ObjectVersion: text(),
    sourceCodeHash: text({ computed: true }),
    description: text(),
    environment: block({ variables: tagMap() }),
    ephemeralStorage: block({ size: integer({ computed: true }) }, { computed: true }),
    handler: text(),
    kmsKeyArn: text({ refuse: arnFault }),
    layers: list(text({ refuse: arnFault })),
    loggingConfig: block(
        {
            applicationLogLevel: text(),
            logFormat: text({ required: true }),
            logGroup: text({ computed: true }),
            systemLogLevel: text(),
        },
        { computed: true },
    ),
    memorySize: integer({ default: 128 }),
    packageType: text({ default: "Zip", replaces: true, oneOf: ["Zip", "Image"] }),
    publish: flag({ default: false }),
    reservedConcurrentExecutions: integer({ default: -1 }),
    runtime: text(),
    skipDestroy: flag({ default: false }),
    timeout: integer({ default: 3 }),
    tracingConfig: block({ mode: text({ required: true, oneOf: ["Active", "PassThrough"] }) }, { computed: true }),
    vpcConfig: block({ securityGroupIds: set(text(), { required: true }), subnetIds: set(text(), { required: true }) }),
    arn: text({ readOnly: true }),
    codeSha256: text({ readOnly: true }),
    invokeArn: text({ readOnly: true }),
    lastModified: text({ readOnly: true }),
    qualifiedArn: text({ readOnly: true }),
    qualifiedInvokeArn: text({ readOnly: true }),
    sourceCodeSize: integer({ readOnly: true }),
    version: text({ readOnly: true }),
};

type FunctionInputs = Inputs<typeof properties>;

const codeProperties = ["code", "s3Bucket", "s3Key", "s3ObjectVersion", "sourceCodeHash", "architectures"] as const;
const settings = [
    ...(["role", "description", "environment", "ephemeralStorage", "handler", "kmsKeyArn", "layers"] as const),
    ...(["loggingConfig", "memorySize", "runtime", "timeout", "tracingConfig", "vpcConfig"] as const),
];

export const lambdaFunction = defineResource({
    title: "Lambda Function",
    tagging: { tagger: "lambda", property: "arn" },
    properties,
    relations: {
        conflicts: { code: ["s3Bucket", "s3Key"] },
        needs: { s3Bucket: ["s3Key"] },
    },
    async create(aws, inputs) {
        const Tags: Tags | undefined = inputs.tagsAll;
        const request = {
            ...configuration(inputs),
            FunctionName: inputs.name,
            Architectures: inputs.architectures,
            Code: codeOf(inputs),
            PackageType: inputs.packageType,
            Publish: inputs.publish,
            Tags,
        };
        await aws.persist(propagationMinutes, isPropagating, () => aws.call("lambda", "CreateFunction", request));
        return { id: inputs.name };
    },
    async settle(aws, FunctionName, { reservedConcurrentExecutions }) {
        await waitUntilReady(aws, FunctionName);
        if (reservedConcurrentExecutions >= 0) {
            const request = { FunctionName, ReservedConcurrentExecutions: reservedConcurrentExecutions };
            await aws.call("lambda", "PutFunctionConcurrency", request);
        }
    },
    async read(aws, FunctionName, state) {
        const found = await aws.find("lambda", "GetFunction", { FunctionName }, missingFunction);
        if (found === undefined) {
            return undefined;
        }
        const { Configuration: described, Concurrency } = found;
        const arn: string = described.FunctionArn.replace(/:\$LATEST$/, "");
        const qualified = described.Version === "$LATEST" ? `${arn}:$LATEST` : `${arn}:${described.Version}`;
        return {
            name: described.FunctionName,
            role: described.Role,
            architectures: described.Architectures ?? ["x86_64"],
            sourceCodeHash: described.CodeSha256,
            description: described.Description ?? "",
            environment: described.Environment && { variables: described.Environment.Variables ?? {} },
            ephemeralStorage: { size: described.EphemeralStorage?.Size ?? 512 },
            handler: described.Handler,
            kmsKeyArn: described.KMSKeyArn,
            layers: described.Layers?.map(({ Arn }: { Arn: string }) => Arn),
            loggingConfig: {
                logFormat: described.LoggingConfig?.LogFormat ?? "Text",
                logGroup: described.LoggingConfig?.LogGroup ?? `/aws/lambda/${described.FunctionName}`,
                applicationLogLevel: described.LoggingConfig?.ApplicationLogLevel,
                systemLogLevel: described.LoggingConfig?.SystemLogLevel,
            },
            memorySize: described.MemorySize,
            packageType: described.PackageType ?? "Zip",
            publish: state.publish ?? false,
            reservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions ?? -1,
            runtime: described.Runtime,
            skipDestroy: state.skipDestroy ?? false,
            timeout: described.Timeout,
            tracingConfig: { mode: described.TracingConfig?.Mode ?? "PassThrough" },
            vpcConfig: described.VpcConfig?.SubnetIds?.length
                ? { subnetIds: described.VpcConfig.SubnetIds, securityGroupIds: described.VpcConfig.SecurityGroupIds }
                : undefined,
            arn,
            codeSha256: described.CodeSha256,
            invokeArn: invokeArnOf(aws.region, arn),
            lastModified: described.LastModified,
            qualifiedArn: qualified,
            qualifiedInvokeArn: invokeArnOf(aws.region, qualified),
            sourceCodeSize: described.CodeSize,
            version: described.Version,
        };
    },
    async update(aws, FunctionName, { inputs, changed }) {
        if (changed(...settings)) {
            const request = { FunctionName, ...configuration(inputs) };
            await aws.persist(propagationMinutes, isPropagating, () =>
                aws.call("lambda", "UpdateFunctionConfiguration", request),
            );
            await waitUntilReady(aws, FunctionName);
        }
        if (changed(...codeProperties)) {
            const request = { FunctionName, ...codeOf(inputs), Architectures: inputs.architectures };
            await aws.call("lambda", "UpdateFunctionCode", request);
            await waitUntilReady(aws, FunctionName);
        }
        if (changed("reservedConcurrentExecutions")) {
            const { reservedConcurrentExecutions: ReservedConcurrentExecutions } = inputs;
            await (ReservedConcurrentExecutions < 0
                ? aws.call("lambda", "DeleteFunctionConcurrency", { FunctionName })
                : aws.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions }));
        }
    },
    async delete(aws, FunctionName, state) {
        if (state.skipDestroy !== true) {
            await aws.find("lambda", "DeleteFunction", { FunctionName }, missingFunction);
        }
    },
});

/** A role takes a while until Lambda may assume it. */
function isPropagating({ code, message }: ApiError): boolean {
    return code === "InvalidParameterValueException" && /cannot be assumed by Lambda/.test(message);
}

async function waitUntilReady(aws: Aws, FunctionName: string): Promise<void> {
    await aws.wait(activationMinutes, async () => {
        const { Configuration } = await aws.call("lambda", "GetFunction", { FunctionName });
        const { State = "Active", LastUpdateStatus = "Successful" } = Configuration;
        return State !== "Pending" && LastUpdateStatus !== "InProgress"
            ? { done: undefined }
            : { pending: `timeout while waiting for state to become 'Active' (last state: '${State}')` };
    });
}

function configuration(inputs: FunctionInputs) {
    const { vpcConfig, loggingConfig } = inputs;
    return {
        Role: inputs.role,
        Description: inputs.description,
        Environment: inputs.environment && { Variables: inputs.environment.variables ?? {} },
        EphemeralStorage: inputs.ephemeralStorage && { Size: inputs.ephemeralStorage.size },
        Handler: inputs.handler,
        KMSKeyArn: inputs.kmsKeyArn,
        Layers: inputs.layers,
        LoggingConfig: loggingConfig && {
            LogFormat: loggingConfig.logFormat,
            LogGroup: loggingConfig.logGroup,
            ApplicationLogLevel: loggingConfig.applicationLogLevel,
            SystemLogLevel: loggingConfig.systemLogLevel,
        },
        MemorySize: inputs.memorySize,
        Runtime: inputs.runtime,
        Timeout: inputs.timeout,
        TracingConfig: inputs.tracingConfig && { Mode: inputs.tracingConfig.mode },
        VpcConfig: vpcConfig && { SecurityGroupIds: vpcConfig.securityGroupIds, SubnetIds: vpcConfig.subnetIds },
    };
}

function codeOf(inputs: FunctionInputs) {
    return inputs.code === undefined
        ? { S3Bucket: inputs.s3Bucket, S3Key: inputs.s3Key, S3ObjectVersion: inputs.s3ObjectVersion }
        : { ZipFile: zipOf(inputs.code as Asset) };
}

/** How API Gateway addresses a function. */
function invokeArnOf(region: string, arn: string): string {
    const partition = arn.split(":")[1];
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}
