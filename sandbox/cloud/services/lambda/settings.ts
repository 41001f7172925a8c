import { parseArn } from "../../../../rules/arns";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CreateFunctionRequest } from "../../models/lambda";
import { canBeAssumedBy } from "../iam/trustPolicies";

/** What can be configured of a function, but for its environment. */
export type Settings = Pick<
    CreateFunctionRequest,
    | "Runtime"
    | "Role"
    | "Handler"
    | "Description"
    | "Timeout"
    | "MemorySize"
    | "VpcConfig"
    | "DeadLetterConfig"
    | "KMSKeyArn"
    | "TracingConfig"
    | "Layers"
    | "FileSystemConfigs"
    | "EphemeralStorage"
    | "SnapStart"
    | "LoggingConfig"
>;

export const settingNames: ReadonlyArray<keyof Settings> = [
    "Runtime",
    "Role",
    "Handler",
    "Description",
    "Timeout",
    "MemorySize",
    "VpcConfig",
    "DeadLetterConfig",
    "KMSKeyArn",
    "TracingConfig",
    "Layers",
    "FileSystemConfigs",
    "EphemeralStorage",
    "SnapStart",
    "LoggingConfig",
];

type Environment = Readonly<Record<string, string>>;
type SettingsCheck = (settings: Settings, environment: Environment, context: OperationContext) => string | false;

/** Runtimes of which no function can be made any more. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated */
const retiredRuntimes = new Set(
    (
        "dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1 go1.x java8 nodejs nodejs4.3 nodejs4.3-edge nodejs6.10 " +
        "nodejs8.10 nodejs10.x nodejs12.x nodejs14.x provided python2.7 python3.6 python3.7 ruby2.5 ruby2.7"
    ).split(" "),
);

/** Variables that Lambda sets itself. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reservedVariables = new Set(
    (
        "_HANDLER _X_AMZN_TRACE_ID AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_EXECUTION_ENV " +
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION " +
        "AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API " +
        "AWS_REGION AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT"
    ).split(" "),
);

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const limits = { Timeout: 900, MemorySize: 10_240, Layers: 5, environmentBytes: 4096 };

const checks: readonly SettingsCheck[] = [
    ({ Runtime, Handler }) =>
        (Runtime === undefined || Handler === undefined) &&
        "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    ({ Runtime = "" }) =>
        retiredRuntimes.has(Runtime) &&
        `The runtime parameter of ${Runtime} is no longer supported for creating or updating AWS Lambda functions.`,
    ({ Timeout = 0 }) =>
        Timeout > limits.Timeout &&
        `Value '${Timeout}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to ${limits.Timeout}`,
    ({ MemorySize = 0 }) =>
        MemorySize > limits.MemorySize &&
        `Value '${MemorySize}' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to ${limits.MemorySize}`,
    ({ Layers = [] }) => Layers.length > limits.Layers && `Cannot reference more than ${limits.Layers} layers.`,
    (_settings, environment) => {
        const used = Object.keys(environment).filter((name) => reservedVariables.has(name));
        return (
            used.length > 0 &&
            "Lambda was unable to configure your environment variables because the environment variables you have provided " +
                `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${used.join(", ")}`
        );
    },
    (_settings, environment) =>
        Buffer.byteLength(Object.entries(environment).flat().join("")) > limits.environmentBytes &&
        "Lambda was unable to configure your environment variables because the environment variables you have provided " +
            "exceeded the 4KB limit.",
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
    ({ Role }, _environment, context) =>
        !canBeAssumedBy(context, Role, "lambda.amazonaws.com") &&
        "The role defined for the function cannot be assumed by Lambda.",
];

/**
 * Refuses what Lambda does not take as a function's configuration.
 *
 * @throws Refusal InvalidParameterValueException, and AccessDeniedException for another account's role
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export function refuseInvalidSettings(context: OperationContext, settings: Settings, environment: Environment): void {
    if (parseArn(settings.Role)?.account !== context.account) {
        throw new Refusal("AccessDeniedException", "Cross-account pass role is not allowed.", 403);
    }
    const fault = checks.map((check) => check(settings, environment, context)).find((found) => found !== false);
    if (fault !== undefined) {
        throw new Refusal("InvalidParameterValueException", fault);
    }
}
