import { randomUUID } from "node:crypto";
import { partitionOf } from "../../../../rules/regions";
import { flag, integer, set, tagMap, text, type Inputs } from "../../framework/properties";
import { defineResource } from "../resource";
import { changeTags } from "../tagging";
import { arnFault } from "../validation";

/** Checks in which Route 53 itself connects to something. */
const endpointTypes: readonly string[] = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];

/** Checks that look at other things' health. */
const derivedTypes: readonly string[] = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

const properties = {
    type: text({
        required: true,
        replaces: true,
        oneOf: [...endpointTypes, ...derivedTypes],
    }),
    childHealthThreshold: integer(),
    childHealthchecks: set(text()),
    cloudwatchAlarmName: text(),
    cloudwatchAlarmRegion: text(),
    disabled: flag({ default: false }),
    enableSni: flag({ computed: true }),
    failureThreshold: integer({ computed: true }),
    fqdn: text(),
    insufficientDataHealthStatus: text({ oneOf: ["Healthy", "Unhealthy", "LastKnownStatus"] }),
    invertHealthcheck: flag({ default: false }),
    ipAddress: text(),
    measureLatency: flag({ default: false, replaces: true }),
    port: integer(),
    referenceName: text({ replaces: true }),
    regions: set(text(), { computed: true }),
    requestInterval: integer({ replaces: true }),
    resourcePath: text(),
    routingControlArn: text({ replaces: true, refuse: arnFault }),
    searchString: text(),
    triggers: tagMap(),
    arn: text({ readOnly: true }),
};

type CheckInputs = Inputs<typeof properties>;

export const healthCheck = defineResource({
    title: "Route53 Health Check",
    scope: "global",
    tagging: { tagger: "healthCheck" },
    properties,
    async create(aws, inputs) {
        const { HealthCheck } = await aws.call("route53", "CreateHealthCheck", {
            CallerReference: `${inputs.referenceName ?? "pulumi"}-${randomUUID().slice(0, 20)}`,
            HealthCheckConfig: present({
                Type: inputs.type,
                RequestInterval: inputs.requestInterval,
                MeasureLatency: isEndpointCheck(inputs) ? inputs.measureLatency : undefined,
                RoutingControlArn: inputs.routingControlArn,
                ...changeable(inputs),
            }),
        });
        return { id: HealthCheck.Id };
    },
    async settle(aws, id, inputs) {
        await changeTags(aws, "healthCheck", id, {}, inputs.tagsAll);
    },
    async read(aws, HealthCheckId, state) {
        const found = await aws.find("route53", "GetHealthCheck", { HealthCheckId }, ["NoSuchHealthCheck"]);
        if (found === undefined) {
            return undefined;
        }
        const config = found.HealthCheck.HealthCheckConfig;
        return {
            type: config.Type,
            childHealthThreshold: config.HealthThreshold,
            childHealthchecks: config.ChildHealthChecks,
            cloudwatchAlarmName: config.AlarmIdentifier?.Name,
            cloudwatchAlarmRegion: config.AlarmIdentifier?.Region,
            disabled: config.Disabled ?? false,
            enableSni: config.EnableSNI ?? false,
            failureThreshold: config.FailureThreshold ?? 0,
            fqdn: config.FullyQualifiedDomainName,
            insufficientDataHealthStatus: config.InsufficientDataHealthStatus,
            invertHealthcheck: config.Inverted ?? false,
            ipAddress: config.IPAddress,
            measureLatency: config.MeasureLatency ?? false,
            port: config.Port,
            regions: config.Regions ?? [],
            requestInterval: config.RequestInterval,
            resourcePath: config.ResourcePath,
            routingControlArn: config.RoutingControlArn,
            searchString: config.SearchString,
            triggers: state.triggers,
            arn: `arn:${partitionOf(aws.region)}:route53:::healthcheck/${HealthCheckId}`,
        };
    },
    async update(aws, HealthCheckId, { inputs }) {
        await aws.call("route53", "UpdateHealthCheck", { HealthCheckId, ...present(changeable(inputs)) });
    },
    async delete(aws, HealthCheckId) {
        await aws.find("route53", "DeleteHealthCheck", { HealthCheckId }, ["NoSuchHealthCheck"]);
    },
});

function isEndpointCheck({ type }: CheckInputs): boolean {
    return endpointTypes.includes(type);
}

function changeable(inputs: CheckInputs) {
    const { cloudwatchAlarmName: Name, cloudwatchAlarmRegion: Region } = inputs;
    const endpoint = isEndpointCheck(inputs);
    return {
        AlarmIdentifier: Name === undefined && Region === undefined ? undefined : { Name, Region },
        ChildHealthChecks: inputs.childHealthchecks,
        Disabled: inputs.disabled,
        EnableSNI: inputs.enableSni ?? (endpoint && inputs.type.startsWith("HTTPS") ? true : undefined),
        FailureThreshold: inputs.failureThreshold ?? (endpoint ? 3 : undefined),
        FullyQualifiedDomainName: inputs.fqdn,
        HealthThreshold: inputs.childHealthThreshold,
        InsufficientDataHealthStatus: inputs.insufficientDataHealthStatus,
        Inverted: inputs.invertHealthcheck,
        IPAddress: inputs.ipAddress,
        Port: inputs.port,
        Regions: inputs.regions,
        ResourcePath: inputs.resourcePath,
        SearchString: inputs.searchString,
    };
}

function present(fields: object): object {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
