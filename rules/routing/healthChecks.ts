import { connections } from "../connections";
import type { Finding } from "../finding";
import { findSecurityPolicy } from "../securityPolicies";
import { fault, regionMapFindings } from "./faults";
import { references } from "./references";

/** How Route 53 finds out whether a region answers. */
export type HealthCheckSettings = TcpHealthCheck | HttpsHealthCheck | CloudWatchAlarmHealthCheck | NoHealthCheck;

interface EndpointHealthCheck {
    /** TCP port. */
    readonly port: number;
    /** Seconds between two checks of one health checker. */
    readonly requestInterval: number;
    /** Checks in a row that must fail, or pass, for the state to change. */
    readonly failureThreshold: number;
}

/** Opens a connection to the region's data endpoint. */
export interface TcpHealthCheck extends EndpointHealthCheck {
    readonly type: "tcp";
}

/** Asks for a page, which must be answered with a status of 2xx or 3xx. */
export interface HttpsHealthCheck extends EndpointHealthCheck {
    readonly type: "https";
    readonly resourcePath: string;
    /** By region: the host that is asked; the region's data endpoint where none is given. */
    readonly fullyQualifiedDomainNames: Readonly<Record<string, string>>;
}

/** Follows the metric of an alarm in each region. */
export interface CloudWatchAlarmHealthCheck {
    readonly type: "cloudwatch-alarm";
    /** By region: the alarm's name in Amazon CloudWatch of that region. */
    readonly alarmNames: Readonly<Record<string, string>>;
    /** What a region counts as while the metric has too little data. */
    readonly insufficientDataHealthStatus: InsufficientDataHealthStatus;
}

/** Every region counts as healthy, whatever happens to it. */
export interface NoHealthCheck {
    readonly type: "none";
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
export const insufficientDataHealthStatuses = ["Healthy", "Unhealthy", "LastKnownStatus"] as const;

/** What a health check counts as while its alarm's metric has too little data. */
export type InsufficientDataHealthStatus = (typeof insufficientDataHealthStatuses)[number];

/**
 * Seconds between two checks that Route 53 offers; 10 costs more.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export const requestIntervals = [10, 30] as const;

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
export const failureThresholdLimits = { minimum: 1, maximum: 10 } as const;

/** The port of MQTT with X.509, which every region's data endpoint listens on. */
export const defaultHealthCheckPort = 8883;

/** What else a health check is judged by. */
export interface CheckedDomain {
    readonly domainName: string;
    /** The name of the domain's TLS security policy. */
    readonly securityPolicy: string;
    /** Every region that serves the domain. */
    readonly regions: readonly string[];
}

/** Faults of a domain's health check, whatever its routing policy. */
export function healthCheckFindings(check: HealthCheckSettings, domain: CheckedDomain, path: string): Finding[] {
    switch (check.type) {
        case "tcp":
            return portFindings(check.port, `${path}.port`);
        case "https":
            return [
                ...regionMapFindings(
                    check.fullyQualifiedDomainNames,
                    domain.regions,
                    `${path}.fullyQualifiedDomainNames`,
                ),
                ...sharedNameFindings(check, domain, path),
                ...tlsVersionFindings(check, domain, path),
            ];
        case "cloudwatch-alarm":
            return [
                ...regionMapFindings(check.alarmNames, domain.regions, `${path}.alarmNames`),
                ...domain.regions
                    .filter((region) => check.alarmNames[region] === undefined)
                    .map((region) =>
                        fault(
                            "routing-health-check-alarm",
                            `${path}.alarmNames.${region}`,
                            "nothing",
                            `the name of an alarm in ${region}`,
                            "name an alarm of each region; a region that nothing watches always counts as healthy",
                            references.alarmHealthCheck,
                        ),
                    ),
            ];
        case "none":
            return [];
    }
}

const dataEndpointPorts = [...new Set(connections.map(({ port }) => port))].sort((one, other) => one - other);

function portFindings(port: number, path: string): Finding[] {
    return dataEndpointPorts.includes(port)
        ? []
        : [
              fault(
                  "routing-health-check-port",
                  path,
                  String(port),
                  `a port that the data endpoint listens on: ${dataEndpointPorts.join(", ")}`,
                  "check the port that the devices use; on any other one the region never gets healthy",
                  "https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html",
              ),
          ];
}

function sharedNameFindings(check: HttpsHealthCheck, domain: CheckedDomain, path: string): Finding[] {
    const hosts = Object.entries(check.fullyQualifiedDomainNames).map(([region, given]) => ({
        region,
        given,
        host: given.toLowerCase().replace(/\.$/, ""),
    }));
    return hosts.flatMap(({ region, given, host }) => {
        const first = hosts.find((each) => each.host === host)?.region;
        if (host !== domain.domainName && first === region) {
            return [];
        }
        return [
            fault(
                "routing-health-check-shared-name",
                `${path}.fullyQualifiedDomainNames.${region}`,
                host === domain.domainName ? given : `${given}, as for ${first}`,
                `a host of ${region} alone`,
                "name a host that only this region answers; a shared name is answered by whichever region is healthy",
                references.healthCheckedRecords,
            ),
        ];
    });
}

function tlsVersionFindings(check: HttpsHealthCheck, domain: CheckedDomain, path: string): Finding[] {
    const versions = findSecurityPolicy(domain.securityPolicy)?.tlsVersions ?? [];
    const unreachable = domain.regions.filter((region) => check.fullyQualifiedDomainNames[region] === undefined);
    return versions.includes("1.2") || versions.length === 0 || unreachable.length === 0
        ? []
        : [
              fault(
                  "routing-health-check-tls-version",
                  `${path}.type`,
                  `https with ${domain.securityPolicy}, for ${unreachable.join(", ")}`,
                  "a health check that a TLS 1.3 endpoint can pass: Route 53's health checkers speak TLS 1.0 to 1.2",
                  "use type tcp, or name in fullyQualifiedDomainNames a host of each region that also speaks TLS 1.2",
                  references.healthCheckConfig,
              ),
          ];
}
