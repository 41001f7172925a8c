import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { HealthCheckSettings } from "../rules/routing/healthChecks";

/** A region to be checked. */
export interface CheckedRegion {
    readonly name: string;
    /** Host name of the region's `iot:Data-ATS` endpoint: never the domain name, which any healthy region answers. */
    readonly dataEndpoint: pulumi.Input<string>;
}

/** What {@link HealthChecks} needs to know. */
export interface HealthChecksArgs {
    readonly healthCheck: HealthCheckSettings;
    /** Drained ones as well, so that a region that comes back is known to be healthy from the first moment. */
    readonly regions: readonly CheckedRegion[];
    readonly tags: Readonly<Record<string, string>>;
}

type Arguments = Omit<route53.HealthCheckArgs, "tags">;

type ArgumentsByType = {
    readonly [Type in Exclude<HealthCheckSettings["type"], "none">]: (
        settings: Extract<HealthCheckSettings, { type: Type }>,
        region: CheckedRegion,
    ) => Arguments;
};

const argumentsByType: ArgumentsByType = {
    tcp: ({ port, requestInterval, failureThreshold }, region) => ({
        type: "TCP",
        fqdn: region.dataEndpoint,
        port,
        requestInterval,
        failureThreshold,
    }),
    https: ({ port, resourcePath, requestInterval, failureThreshold, fullyQualifiedDomainNames }, region) => ({
        type: "HTTPS",
        fqdn: fullyQualifiedDomainNames[region.name] ?? region.dataEndpoint,
        enableSni: true,
        port,
        resourcePath,
        requestInterval,
        failureThreshold,
    }),
    "cloudwatch-alarm": ({ alarmNames, insufficientDataHealthStatus }, region) => ({
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: alarmNames[region.name],
        cloudwatchAlarmRegion: region.name,
        insufficientDataHealthStatus,
    }),
};

/**
 * The health checks of a domain, one a region; none at all where the settings ask for none.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html
 */
export class HealthChecks extends pulumi.ComponentResource {
    /** Identifiers by region, for {@link DomainRecords}. */
    public readonly ids: Readonly<Record<string, pulumi.Output<string>>>;

    public constructor(name: string, args: HealthChecksArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:HealthChecks", name, {}, options);
        const { healthCheck, regions, tags } = args;

        this.ids = Object.fromEntries(
            healthCheck.type === "none"
                ? []
                : regions.map((region) => {
                      const argumentsOf = argumentsByType[healthCheck.type] as (
                          settings: HealthCheckSettings,
                          region: CheckedRegion,
                      ) => Arguments;
                      const check = new route53.HealthCheck(
                          `${name}-${region.name}`,
                          // Route 53's console lists health checks by their Name tag alone.
                          { ...argumentsOf(healthCheck, region), tags: { Name: `${name}-${region.name}`, ...tags } },
                          { parent: this },
                      );
                      return [region.name, check.id];
                  }),
        );
        this.registerOutputs();
    }
}
