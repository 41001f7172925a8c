import type { OperationContext } from "../../context";
import type { HealthCheck, HealthCheckObservation } from "../../models/route53";
import { defineTable } from "../../tables";
import { isMetricInOrder } from "./alarmHealth";

/** Whether an endpoint took connections when the sandbox's health checkers last looked, by its host and port. */
const healthReports = defineTable<boolean>("route53", "healthReport", false);

/** Where Route 53 checks from unless a health check says otherwise. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const allRegions: NonNullable<HealthCheck["HealthCheckConfig"]["Regions"]> = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
];

/** Keeps what the health checkers saw of an endpoint. */
export function reportHealth(context: OperationContext, host: string, port: number, takesConnections: boolean): void {
    context.table(healthReports).put([plain(host), String(port)], takesConnections);
}

/**
 * What the checkers say of a health check: all of them the same, since they are all on one machine. Nothing where none of
 * them has looked: while the sandbox is not served, and of hosts outside it.
 */
export function observationsOf(context: OperationContext, check: HealthCheck): HealthCheckObservation[] {
    const { Type, FullyQualifiedDomainName = "", Port = 0, Regions = allRegions } = check.HealthCheckConfig;
    const isHealthy =
        Type === "CLOUDWATCH_METRIC"
            ? isMetricInOrder(context, check)
            : context.table(healthReports).get(plain(FullyQualifiedDomainName), String(Port));
    if (isHealthy === undefined) {
        return [];
    }
    return Regions.map((Region, index) => ({
        Region,
        // Of the addresses that documentation may use.
        IPAddress: `192.0.2.${index + 1}`,
        StatusReport: {
            Status: isHealthy ? "Success: the endpoint is in order" : "Failure: the endpoint is not in order",
            CheckedTime: new Date(context.now),
        },
    }));
}

function plain(host: string): string {
    return host.toLowerCase().replace(/\.$/, "");
}
