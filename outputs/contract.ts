import { z } from "zod";

/**
 * The contract with programs that read this one's outputs.
 *
 * A new field is a new minor version and breaks nobody; a field that goes or changes its meaning is a new major version,
 * which an older reader refuses by name instead of misreading it.
 */
export const contractVersion = "1.1.0";

const connection = z.object({
    protocol: z.enum(["mqtt", "mqtt-websocket", "https"]),
    authentication: z.enum(["x509", "custom-authorizer", "sigv4"]).describe("How the device proves who it is."),
    port: z.int().describe("TCP port."),
    alpn: z.string().optional().describe("The ALPN name that the device must offer; absent where it needs none."),
});

const regional = z.object({
    domainConfigurationArn: z.string(),
    domainConfigurationName: z.string(),
    certificateArn: z.string().describe("The server certificate in ACM."),
    certificateExpiry: z.string().describe("When the server certificate ends, in ISO 8601."),
    cnameTarget: z.string().describe("Host name of the region's iot:Data-ATS endpoint, which its records point to."),
    drained: z
        .boolean()
        .optional()
        .describe("Whether traffic goes elsewhere while everything stays in place. Since 1.1.0."),
    healthCheckId: z
        .string()
        .optional()
        .describe("Route 53 health check; absent where the routing asks for no health. Since 1.1.0."),
});

/** What a stack says of one domain. */
export const domainOutputSchema = z.object({
    version: z.string().describe("Version of this contract, as in semantic versioning."),
    domainName: z.string().describe("The name that devices connect to, and send as server name indication."),
    securityPolicy: z.string().describe("The TLS security policy in force."),
    regions: z.record(z.string(), regional).describe("What serves the domain, by AWS region."),
    routing: z
        .looseObject({ policy: z.string() })
        .optional()
        .describe("Which region answers whom, as the configuration says it with every default in place. Since 1.1.0."),
    connections: z.array(connection).describe("Ports, protocols and ALPN names."),
});

/** The output `domains`: what a stack says of all its domains, by their keys in the configuration. */
export const domainsOutputSchema = z.record(z.string(), domainOutputSchema);

/** What a stack says of one domain. */
export type DomainOutput = z.infer<typeof domainOutputSchema>;
