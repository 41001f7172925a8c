import { z } from "zod";
import { insufficientDataHealthStatuses } from "../rules/routing/healthChecks";
import type { RoutingSettings } from "../rules/routing/settings";

/**
 * A domain's routing as its outputs tell it: what the configuration says, with every default in place.
 *
 * It is written out here and not taken from config/, since the configuration may change from one day to the next, and
 * this may not.
 */

const endpointCheck = {
    port: z.int().describe("TCP port."),
    requestInterval: z.int().describe("Seconds between two checks of one health checker."),
    failureThreshold: z.int().describe("Checks in a row that must fail, or pass, for the state to change."),
};

const healthCheck = z
    .discriminatedUnion("type", [
        z.object({
            type: z.literal("tcp").describe("A connection to the region's own data endpoint can be opened."),
            ...endpointCheck,
        }),
        z.object({
            type: z.literal("https").describe("A page is answered with a status of 2xx or 3xx."),
            resourcePath: z.string(),
            fullyQualifiedDomainNames: z
                .record(z.string(), z.string())
                .describe("By region: the host that is asked; the data endpoint where there is none."),
            ...endpointCheck,
        }),
        z.object({
            type: z.literal("cloudwatch-alarm").describe("The metric of an alarm is in order."),
            alarmNames: z.record(z.string(), z.string()).describe("By region: the alarm's name there."),
            insufficientDataHealthStatus: z.enum(insufficientDataHealthStatuses),
        }),
        z.object({ type: z.literal("none").describe("Every region counts as healthy.") }),
    ])
    .describe("How Route 53 finds out whether a region answers.");

const timeToLive = z.int().describe("How long resolvers may keep an answer, in seconds.");

const checked = { timeToLive, healthCheck };

const byPlace = <Value extends z.ZodType>(location: Value) => ({
    default: z.string().describe("The region that answers everybody without a location."),
    locations: z.record(z.string(), location).describe("Who is answered by a region, by region."),
    fallbacks: z
        .record(z.string(), z.array(z.string()))
        .describe("By region, by location or default: the regions that stand in, in order."),
    ...checked,
});

/** Which region answers whom. */
export const routingOutputSchema = z
    .discriminatedUnion("policy", [
        z.object({ policy: z.literal("simple"), timeToLive }),
        z.object({
            policy: z.literal("weighted"),
            weights: z.record(z.string(), z.int()).describe("By region, from 0 to 255."),
            ...checked,
        }),
        z.object({ policy: z.literal("latency"), ...checked }),
        z.object({
            policy: z.literal("failover"),
            order: z.array(z.string()).describe("The regions, the first choice first."),
            ...checked,
        }),
        z.object({
            policy: z.literal("geolocation"),
            ...byPlace(z.array(z.string()).describe("Such as EU, country:TR and state:US-CA.")),
        }),
        z.object({
            policy: z.literal("geoproximity"),
            bias: z.record(z.string(), z.int()).describe("By region, from -99 to 99."),
            ...checked,
        }),
        z.object({
            policy: z.literal("ip-based"),
            ...byPlace(z.record(z.string(), z.array(z.string())).describe("CIDR blocks, by the location's name.")),
        }),
    ])
    .describe("Which region answers whom, as the configuration says it with every default in place. Since 1.1.0.");

routingOutputSchema satisfies z.ZodType<RoutingSettings>;
