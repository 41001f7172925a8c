import type { AnsweringZone } from "../../cloud";
import type { HealthCheck } from "../../cloud/models/route53";

/** Tells whether the endpoint that a health check looks at is in order now. */
export type ProbeResult = (healthCheck: HealthCheck) => boolean;

/**
 * Whether a health check counts as healthy.
 *
 * A disabled one does not look and counts as passing; an inverted one counts as the opposite, disabled or not; a calculated
 * one counts its children, and one of an alarm goes by the alarm's metric. A health check that is gone leaves records that name it healthy.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export function healthOf(
    { healthChecks, alarmed }: Pick<AnsweringZone, "healthChecks" | "alarmed">,
    probe: ProbeResult,
): (healthCheckId: string | undefined) => boolean {
    const isHealthy = (id: string | undefined): boolean => {
        const check = id === undefined ? undefined : healthChecks.get(id);
        if (check === undefined) {
            return true;
        }
        const { Disabled = false, Inverted = false } = check.HealthCheckConfig;
        return (Disabled || passes(check)) !== Inverted;
    };
    const passes = (check: HealthCheck): boolean => {
        const { Type, ChildHealthChecks = [], HealthThreshold } = check.HealthCheckConfig;
        return Type === "CALCULATED"
            ? ChildHealthChecks.filter(isHealthy).length >= (HealthThreshold ?? ChildHealthChecks.length)
            : !alarmed.has(check.Id) && probe(check);
    };
    return isHealthy;
}
