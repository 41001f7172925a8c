import type { OperationContext } from "../../context";
import type { HealthCheck } from "../../models/route53";
import { alarms, type StoredAlarm } from "../cloudwatch/alarmTable";

/** What a metric without enough data counts as, by the health check's InsufficientDataHealthStatus. */
const withoutData: Readonly<Record<string, (alarm: StoredAlarm | undefined) => boolean>> = {
    Healthy: () => true,
    Unhealthy: () => false,
    // A health check that has never known any better is healthy.
    LastKnownStatus: (alarm) => alarm?.state.lastKnown !== "ALARM",
};

/**
 * Whether a health check that follows an alarm finds its metric in order; a health check that follows none does.
 *
 * Route 53 follows the alarm's metric and not its state. The sandbox has no metrics, so the alarm's state stands for what the
 * metric would say, and SetAlarmState for the metric's change. An alarm that is gone has no data.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export function isMetricInOrder(owner: OperationContext, { HealthCheckConfig }: HealthCheck): boolean {
    const { AlarmIdentifier: watched, InsufficientDataHealthStatus = "LastKnownStatus" } = HealthCheckConfig;
    if (watched === undefined) {
        return true;
    }
    const alarm = owner.within({ region: watched.Region }).table(alarms).get(watched.Name);
    const { value = "INSUFFICIENT_DATA" } = alarm?.state ?? {};
    return value === "INSUFFICIENT_DATA" ? withoutData[InsufficientDataHealthStatus]?.(alarm) === true : value === "OK";
}
