import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { domainRecord } from "../examples";
import { defineRule } from "../framework/rule";
import { valueAt } from "../framework/values";
import { recordTargets, routingPolicyOf } from "../records";
import { resourceTypes } from "../resourceTypes";

interface TimeToLiveSettings {
    readonly maximumSeconds: number;
}

/** Advice: devices soon learn where to go. */
export const recordTimeToLive = defineRule<TimeToLiveSettings>({
    name: "record-time-to-live",
    title: "Time to live of a record",
    description: "A record that leads devices to a region is not kept longer than a failover may take.",
    rationale:
        "Resolvers hand out the old region for as long as the record lives, however fast Route 53 has found it unhealthy.",
    severity: "low",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-dns.html",
    remediation: {
        code: "ttl: 60",
        cli: 'aws route53 change-resource-record-sets, with "TTL": 60',
        console: "Route 53 > Hosted zones > the zone > the record > Edit > TTL",
    },
    settings: {
        maximumSeconds: {
            type: "integer",
            minimum: 1,
            description: "Longest time to live in seconds; Route 53 advises 60 with health checks.",
            default: 300,
        },
    },
    examples: {
        compliant: [domainRecord({ ttl: 60 })],
        violating: [domainRecord({ ttl: 86_400 })],
    },
    resource: {
        types: [resourceTypes.record],
        check: (record, { settings }) => {
            const isEndpoint = recordTargets(record).some(({ target }) => parseIotEndpoint(target) !== undefined);
            const isRouted = !["simple", undefined].includes(routingPolicyOf(record));
            const seconds = valueAt(record.properties, "ttl");
            return (isEndpoint || isRouted) && typeof seconds === "number" && seconds > settings.maximumSeconds
                ? [
                      {
                          path: "ttl",
                          got: `${seconds} seconds`,
                          expected: `at most ${settings.maximumSeconds} seconds`,
                          remedy: "shorten it; a failover takes effect only when resolvers ask again",
                      },
                  ]
                : [];
        },
    },
});
