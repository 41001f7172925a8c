import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type {
    CreateFunctionRequest,
    FunctionConfiguration,
    GetFunctionCodeSigningConfigResponse,
    OperationTypes,
} from "../../models/lambda";
import { paginate } from "../../pagination";
import { acceptCode } from "./deploymentPackages";
import {
    describeFunction,
    environmentOf,
    findFunction,
    functions,
    putFunction,
    type StoredFunction,
} from "./functionTable";
import { parseFunctionName } from "./names";
import { clearPermissions } from "./permissionTable";
import { publish, refuseStale, revise, sealEnvironment, withoutVersion } from "./revisions";
import { refuseInvalidSettings, settingNames, type Settings } from "./settings";
import { asTags, tagSet } from "./tagSet";

/** How Lambda answers right after a change; when asked later, the change is done. @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
const inCreation: FunctionConfiguration = {
    State: "Pending",
    StateReason: "The function is being created.",
    StateReasonCode: "Creating",
    LastUpdateStatus: undefined,
};
const inUpdate: FunctionConfiguration = { LastUpdateStatus: "InProgress" };

/** @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html */
const defaultArchitectures: NonNullable<CreateFunctionRequest["Architectures"]> = ["x86_64"];

function settingsIn(input: Partial<Settings>): Partial<Settings> {
    const given = settingNames.filter((name) => input[name] !== undefined);
    return Object.fromEntries(given.map((name) => [name, input[name]]));
}

function createFunction(context: OperationContext, input: CreateFunctionRequest): StoredFunction {
    const { name } = parseFunctionName(context, input.FunctionName);
    const settings = settingsIn(input) as Settings;
    refuseInvalidSettings(context, settings, input.Environment?.Variables ?? {});
    if (input.CodeSigningConfigArn !== undefined) {
        throw new Refusal(
            "CodeSigningConfigNotFoundException",
            `The code signing configuration cannot be found: ${input.CodeSigningConfigArn}`,
        );
    }
    const latest = {
        code: acceptCode(context, input.Code),
        settings,
        architectures: input.Architectures ?? defaultArchitectures,
        environment: sealEnvironment(context, input.Environment?.Variables),
        modifiedAt: context.now,
        revisionId: randomUUID(),
    };
    return { name, arn: context.arn("lambda", `function:${name}`), latest, versions: [], latestVersion: 0 };
}

/** Keeps a changed function, and publishes it if that was asked for too. */
function keep(
    context: OperationContext,
    changed: StoredFunction,
    publishes: boolean | undefined,
): FunctionConfiguration {
    const { published, qualifier } = publishes === true ? publish(changed) : { published: changed };
    putFunction(context, published);
    return describeFunction(context, published, qualifier);
}

/** Functions. What runs them is not the control plane: see sandbox/dataPlane/lambda. */
export const functionOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
    CreateFunction: (input, context) => {
        const created = createFunction(context, input);
        if (context.table(functions).get(created.name) !== undefined) {
            throw new Refusal("ResourceConflictException", `Function already exist: ${created.name}`);
        }
        const configuration = keep(context, created, input.Publish);
        tagSet.add(context, created.arn, asTags(input.Tags));
        return { ...configuration, ...inCreation };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
    GetFunction: ({ FunctionName, Qualifier }, context) => {
        const { found, qualifier } = findFunction(context, FunctionName, Qualifier);
        const bucket = `awslambda-${context.region}-tasks.s3.${context.region}.amazonaws.com`;
        const tags = tagSet.get(context, found.arn);
        return {
            Configuration: describeFunction(context, found, qualifier),
            Code: {
                RepositoryType: "S3",
                Location: `https://${bucket}/snapshots/${context.account}/${found.name}-${found.latest.revisionId}`,
            },
            Tags: Object.keys(tags).length === 0 ? undefined : tags,
        };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
    GetFunctionConfiguration: ({ FunctionName, Qualifier }, context) => {
        const { found, qualifier } = findFunction(context, FunctionName, Qualifier);
        return describeFunction(context, found, qualifier);
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
    UpdateFunctionCode: (input, context) => {
        const { found } = findFunction(context, input.FunctionName);
        refuseStale(input.RevisionId, found.latest.revisionId);
        const code = acceptCode(context, input);
        const changed = revise(context, found, {
            code,
            architectures: input.Architectures ?? found.latest.architectures,
        });
        return input.DryRun === true
            ? describeFunction(context, changed)
            : { ...keep(context, changed, input.Publish), ...inUpdate };
    },

    /** What is left out stays as it is. @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
    UpdateFunctionConfiguration: (input, context) => {
        const { found } = findFunction(context, input.FunctionName);
        refuseStale(input.RevisionId, found.latest.revisionId);
        const settings = { ...found.latest.settings, ...settingsIn(input) };
        const variables = input.Environment?.Variables ?? environmentOf(context, found.latest);
        refuseInvalidSettings(context, settings, variables);
        const changed = revise(context, found, { settings, environment: sealEnvironment(context, variables) });
        return { ...keep(context, changed, false), ...inUpdate };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
    DeleteFunction: ({ FunctionName, Qualifier }, context) => {
        const { found, qualifier } = findFunction(context, FunctionName, Qualifier);
        if (qualifier !== undefined) {
            putFunction(context, withoutVersion(found, qualifier));
            return { StatusCode: 204 };
        }
        context.table(functions).delete(found.name);
        clearPermissions(context, found);
        tagSet.clear(context, found.arn);
        return { StatusCode: 204 };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
    ListVersionsByFunction: ({ FunctionName, Marker, MaxItems = 50 }, context) => {
        const { found } = findFunction(context, FunctionName);
        const qualifiers = ["$LATEST", ...found.versions.map(({ number }) => String(number))];
        const { shown, token } = paginate(qualifiers, Math.min(MaxItems, 50), Marker);
        return {
            Versions: shown.map((qualifier) => describeFunction(context, found, qualifier)),
            NextMarker: token,
        };
    },

    /** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html */
    GetFunctionCodeSigningConfig: ({ FunctionName }, context) => {
        const { found } = findFunction(context, FunctionName);
        // Code signing is not modelled; without it Lambda leaves out the ARN, though its model requires one.
        return { FunctionName: found.name } as GetFunctionCodeSigningConfigResponse;
    },
};
