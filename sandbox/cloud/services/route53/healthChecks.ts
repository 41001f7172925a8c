import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { isDeepStrictEqual } from "node:util";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { HealthCheck, HealthCheckConfig, OperationTypes } from "../../models/route53";
import { healthChecks } from "./healthCheckTable";
import { observationsOf } from "./healthReports";
import { page } from "./hostedZones";
import { tagSet } from "./tagSet";

/** The health check of that identifier. @throws Refusal NoSuchHealthCheck */
export function findHealthCheck(context: OperationContext, id: string): HealthCheck {
    const check = context.table(healthChecks).get(id);
    if (check === undefined) {
        throw new Refusal("NoSuchHealthCheck", `A health check with id ${id} does not exist.`);
    }
    return check;
}

type Type = HealthCheckConfig["Type"];

/** Types that look at an endpoint, and the port they look at where none is given. */
const endpointPorts: Partial<Record<Type, number>> = {
    HTTP: 80,
    HTTPS: 443,
    HTTP_STR_MATCH: 80,
    HTTPS_STR_MATCH: 443,
};

const endpointTypes: readonly Type[] = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];
const matchingTypes: readonly Type[] = ["HTTP_STR_MATCH", "HTTPS_STR_MATCH"];
const httpsTypes: readonly Type[] = ["HTTPS", "HTTPS_STR_MATCH"];

/** What a health check's configuration must and must not have. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const checks: ReadonlyArray<(config: HealthCheckConfig) => string | false | undefined> = [
    ({ Type, IPAddress, FullyQualifiedDomainName }) =>
        endpointTypes.includes(Type) &&
        IPAddress === undefined &&
        FullyQualifiedDomainName === undefined &&
        "Either IPAddress or FullyQualifiedDomainName must be specified",
    ({ IPAddress }) => IPAddress !== undefined && isIP(IPAddress) === 0 && `Invalid parameter: IPAddress ${IPAddress}`,
    ({ Type, Port }) => Type === "TCP" && Port === undefined && "Port must be specified for a TCP health check",
    ({ Type, ResourcePath }) =>
        Type === "TCP" && ResourcePath !== undefined && "ResourcePath cannot be specified for a TCP health check",
    ({ Type, SearchString = "" }) =>
        matchingTypes.includes(Type) !== (SearchString !== "") &&
        "SearchString must be specified for the types HTTP_STR_MATCH and HTTPS_STR_MATCH, and for no other",
    ({ RequestInterval }) =>
        RequestInterval !== undefined && ![10, 30].includes(RequestInterval) && "RequestInterval must be 10 or 30",
    ({ Type, EnableSNI }) =>
        EnableSNI === true && !httpsTypes.includes(Type) && "EnableSNI can be specified for HTTPS health checks only",
    ({ Type, ChildHealthChecks }) =>
        Type === "CALCULATED" && ChildHealthChecks === undefined && "ChildHealthChecks must be specified",
    ({ Type, ChildHealthChecks }) =>
        Type !== "CALCULATED" && ChildHealthChecks !== undefined && "ChildHealthChecks need the type CALCULATED",
    ({ Type, AlarmIdentifier }) =>
        (Type === "CLOUDWATCH_METRIC") !== (AlarmIdentifier !== undefined) &&
        "AlarmIdentifier must be specified for the type CLOUDWATCH_METRIC, and for no other",
    ({ Regions }) => Regions !== undefined && Regions.length < 3 && "At least three regions must be specified",
];

function refuseInvalid(context: OperationContext, config: HealthCheckConfig): void {
    const fault = checks.map((check) => check(config)).find((found) => typeof found === "string");
    if (fault !== undefined) {
        throw new Refusal("InvalidInput", String(fault));
    }
    const missing = config.ChildHealthChecks?.find((id) => context.table(healthChecks).get(id) === undefined);
    if (missing !== undefined) {
        throw new Refusal("InvalidInput", `The child health check ${missing} does not exist`);
    }
}

/** What AWS fills in where nothing is said. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
function withDefaults(config: HealthCheckConfig): HealthCheckConfig {
    const common = { Inverted: false, Disabled: false };
    if (!endpointTypes.includes(config.Type)) {
        return { ...common, ...config };
    }
    return {
        ...common,
        Port: endpointPorts[config.Type],
        RequestInterval: 30,
        FailureThreshold: 3,
        MeasureLatency: false,
        EnableSNI: httpsTypes.includes(config.Type),
        ...config,
    };
}

/** Health checks. */
export const healthCheckOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHealthCheck.html */
    CreateHealthCheck: ({ CallerReference, HealthCheckConfig }, context) => {
        refuseInvalid(context, HealthCheckConfig);
        const table = context.table(healthChecks);
        const config = withDefaults(HealthCheckConfig);
        const same = table.list().find((check) => check.CallerReference === CallerReference);
        if (same !== undefined && !isDeepStrictEqual(same.HealthCheckConfig, JSON.parse(JSON.stringify(config)))) {
            throw new Refusal(
                "HealthCheckAlreadyExists",
                `A health check with the caller reference ${CallerReference} and other settings exists already`,
            );
        }
        const check = same ?? {
            Id: randomUUID(),
            CallerReference,
            HealthCheckConfig: config,
            HealthCheckVersion: 1,
        };
        table.put(check.Id, check);
        return {
            HealthCheck: check,
            Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.Id}`,
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheck.html */
    GetHealthCheck: ({ HealthCheckId }, context) => ({ HealthCheck: findHealthCheck(context, HealthCheckId) }),

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html */
    GetHealthCheckStatus: ({ HealthCheckId }, context) => {
        const check = findHealthCheck(context, HealthCheckId);
        if (check.HealthCheckConfig.Type === "CALCULATED") {
            throw new Refusal(
                "InvalidInput",
                "GetHealthCheckStatus does not tell the status of a calculated health check",
            );
        }
        return { HealthCheckObservations: observationsOf(context, check) };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHealthChecks.html */
    ListHealthChecks: ({ Marker = "", MaxItems }, context) => {
        const all = context
            .table(healthChecks)
            .list()
            .filter((check) => check.Id >= Marker);
        const { shown, next, size } = page(all, MaxItems, 1000);
        return {
            HealthChecks: shown,
            Marker,
            IsTruncated: next !== undefined,
            NextMarker: next?.Id,
            MaxItems: size,
        };
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html */
    UpdateHealthCheck: ({ HealthCheckId, HealthCheckVersion, ResetElements = [], ...changes }, context) => {
        const check = findHealthCheck(context, HealthCheckId);
        if (HealthCheckVersion !== undefined && HealthCheckVersion !== check.HealthCheckVersion) {
            throw new Refusal(
                "HealthCheckVersionMismatch",
                `The current version of the health check is ${check.HealthCheckVersion}, not ${HealthCheckVersion}`,
            );
        }
        const kept = Object.entries(check.HealthCheckConfig).filter(
            ([name]) => !(ResetElements as string[]).includes(name),
        );
        const config = { ...Object.fromEntries(kept), ...changes } as HealthCheckConfig;
        refuseInvalid(context, config);
        const updated = { ...check, HealthCheckConfig: config, HealthCheckVersion: check.HealthCheckVersion + 1 };
        context.table(healthChecks).put(check.Id, updated);
        return { HealthCheck: updated };
    },

    /**
     * Succeeds though records still name the health check, as AWS documents.
     *
     * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHealthCheck.html
     */
    DeleteHealthCheck: ({ HealthCheckId }, context) => {
        const check = findHealthCheck(context, HealthCheckId);
        context.table(healthChecks).delete(check.Id);
        tagSet.clear(context, `healthcheck/${check.Id}`);
        return {};
    },
};
