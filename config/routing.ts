import { z } from "zod";
import {
    defaultHealthCheckPort,
    failureThresholdLimits,
    insufficientDataHealthStatuses,
    requestIntervals,
} from "../rules/routing/healthChecks";
import { strictObject } from "./zodExtensions";

/**
 * Which region answers whom. What needs the regions or the domain to judge is in rules/routing/findings.ts.
 */

const regionName = z.string().describe("One of the regions that serve the domain.");

const timeToLive = z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe("How long resolvers may keep the answer, in seconds; a move to another region takes at least as long.");

const endpointCheck = {
    requestInterval: z
        .literal([...requestIntervals])
        .default(30)
        .describe("Seconds between two checks of one health checker; 10 costs more."),
    failureThreshold: z
        .int()
        .min(failureThresholdLimits.minimum)
        .max(failureThresholdLimits.maximum)
        .default(3)
        .describe("Checks in a row that must fail, or pass, for the state to change."),
};

const port = z.int().min(1).max(65_535);

const healthCheck = z
    .discriminatedUnion("type", [
        strictObject({
            type: z.literal("tcp").describe("A connection to the region's own data endpoint can be opened."),
            port: port.default(defaultHealthCheckPort).describe("A port that the devices use."),
            ...endpointCheck,
        }),
        strictObject({
            type: z.literal("https").describe("A page is answered with a status of 2xx or 3xx."),
            port: port.default(443).describe("TCP port."),
            resourcePath: z
                .string()
                .startsWith("/", "a path that begins with /")
                .max(255)
                .default("/")
                .describe("The page's path."),
            fullyQualifiedDomainNames: z
                .record(z.string(), z.hostname("a host name such as probe.example.com, without a scheme or a path"))
                .default({})
                .describe(
                    "By region: the host that is asked, such as a probe of your own. Default: the data endpoint.",
                ),
            ...endpointCheck,
        }),
        strictObject({
            type: z.literal("cloudwatch-alarm").describe("The metric of an alarm of yours is in order."),
            alarmNames: z
                .record(z.string(), z.string().min(1).max(255))
                .describe("By region: the alarm's name there, in the hosted zone's account."),
            insufficientDataHealthStatus: z
                .enum(insufficientDataHealthStatuses)
                .default("LastKnownStatus")
                .describe("What a region counts as while the metric has too little data."),
        }),
        strictObject({
            type: z.literal("none").describe("Every region counts as healthy, whatever happens to it."),
        }),
    ])
    .prefault({ type: "tcp" })
    .describe("How Route 53 finds out whether a region answers.");

const checked = { timeToLive, healthCheck };

const locations = <Value extends z.ZodType>(value: Value) =>
    z.record(z.string(), value).describe("Who is answered by a region, by region.");

const fallbacks = z
    .record(z.string(), z.array(regionName).min(1))
    .default({})
    .describe("By region, by location or default: the regions that stand in, in order; the first healthy one answers.");

const defaultRegion = regionName.describe("The region that answers everybody without a location.");

/** A domain's routing. */
export const routing = z
    .discriminatedUnion("policy", [
        strictObject({
            policy: z.literal("simple").describe("One answer for everybody: a stack of one region."),
            timeToLive,
        }),
        strictObject({
            policy: z.literal("weighted").describe("Answers in proportion to weights."),
            weights: z.record(z.string(), z.int().min(0).max(255)).describe("By region, from 0 to 255."),
            ...checked,
        }),
        strictObject({
            policy: z.literal("latency").describe("The region that answers fastest, as Route 53 has measured it."),
            ...checked,
        }),
        strictObject({
            policy: z.literal("failover").describe("The first healthy region of a list."),
            order: z.array(regionName).min(2).describe("The regions, the first choice first."),
            ...checked,
        }),
        strictObject({
            policy: z.literal("geolocation").describe("A region by the place that the question comes from."),
            default: defaultRegion,
            locations: locations(
                z
                    .array(z.string())
                    .min(1)
                    .describe("Continents such as EU, countries such as country:TR, states such as state:US-CA."),
            ),
            fallbacks,
            ...checked,
        }),
        strictObject({
            policy: z.literal("geoproximity").describe("The nearest region, by distance on the globe."),
            bias: z
                .record(z.string(), z.int().min(-99).max(99))
                .default({})
                .describe("By region: above 0 grows the area that the region answers, below 0 shrinks it."),
            ...checked,
        }),
        strictObject({
            policy: z.literal("ip-based").describe("A region by the network that the question comes from."),
            default: defaultRegion,
            locations: locations(
                z
                    .record(z.string(), z.array(z.string()).min(1))
                    .describe("By a name of your own for the location: CIDR blocks such as 192.0.2.0/24."),
            ),
            fallbacks,
            ...checked,
        }),
    ])
    .prefault({ policy: "simple" })
    .describe("Which region answers whom.");

/** A region's `drained`. */
export const drained = z
    .boolean()
    .default(false)
    .describe("Takes the region out of every answer, and leaves all else that it has in place.");
