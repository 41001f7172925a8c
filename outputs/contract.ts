import { z } from "zod";
import { applicationProtocols, authenticationTypes } from "../rules/domainConfigurations";
import { routingOutputSchema } from "./routing";

/** The contract of the output `domains`. What came after 1.0.0 is optional, so that an older stack can still be read. */

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
    serverCertificateStatus: z
        .enum(["VALID", "INVALID"])
        .optional()
        .describe(
            "What AWS IoT Core made of the certificate when the stack was last deployed; INVALID where it goes on serving " +
                "the last valid one. Absent where it could not be read. Since 1.2.0.",
        ),
    serverCertificateStatusDetail: z
        .string()
        .optional()
        .describe("Why the certificate is INVALID, in AWS's words. Since 1.2.0."),
    certificateExpiry: z.string().describe("When the server certificate ends, in ISO 8601."),
    certificateFingerprint: z
        .string()
        .optional()
        .describe(
            "SHA-256 of the server certificate, as AB:CD:...; absent where ACM issues it, since ACM renews such a " +
                "certificate under its ARN without a deployment: ask ACM for it. Since 1.2.0.",
        ),
    certificateChain: z
        .string()
        .optional()
        .describe("The CA certificates that were imported with the server certificate, in PEM. Since 1.2.0."),
    cnameTarget: z.string().describe("Host name of the region's iot:Data-ATS endpoint, which its records point to."),
    drained: z
        .boolean()
        .optional()
        .describe("Whether traffic goes elsewhere while everything stays in place. Since 1.1.0."),
    healthCheckId: z
        .string()
        .optional()
        .describe("Route 53 health check; absent where the routing asks for no health. Since 1.1.0."),
    alertTopicArn: z
        .string()
        .optional()
        .describe("The SNS topic that tells people of what is about to expire in the region. Since 1.2.0."),
});

const hostedZone = z
    .object({
        name: z.string().describe("Such as example.com."),
        zoneId: z.string(),
        nameServers: z.array(z.string()).describe("The hosts that answer for the zone."),
    })
    .describe("The Route 53 hosted zone that holds the domain's records. Since 1.2.0.");

const certificate = z
    .object({
        source: z.enum(["acm", "imported", "private", "awsPrivateCa", "development"]),
        renewal: z.enum(["acm", "person", "deployment"]).describe("Who gives the certificate a successor."),
    })
    .describe("Where the server certificates come from. Since 1.2.0.");

const authorizerConfig = z
    .object({
        defaultAuthorizerName: z.string(),
        allowAuthorizerOverride: z.boolean().describe("Whether devices may name another authorizer."),
    })
    .describe("Who judges the devices of custom authentication; absent where nobody does. Since 1.2.0.");

/** What a stack says of one domain. */
export const domainOutputSchema = z.object({
    version: z.string().describe("Version of this contract, as in semantic versioning."),
    domainName: z.string().describe("The name that devices connect to, and send as server name indication."),
    securityPolicy: z.string().describe("The TLS security policy in force."),
    authenticationType: z.enum(authenticationTypes).optional().describe("How devices prove who they are. Since 1.2.0."),
    applicationProtocol: z.enum(applicationProtocols).optional().describe("What devices speak. Since 1.2.0."),
    authorizerConfig: authorizerConfig.optional(),
    status: z.enum(["ENABLED", "DISABLED"]).optional().describe("DISABLED turns all devices away. Since 1.2.0."),
    certificate: certificate.optional(),
    regions: z.record(z.string(), regional).describe("What serves the domain, by AWS region."),
    hostedZone: hostedZone.optional(),
    routing: routingOutputSchema.optional(),
    cidrCollectionId: z
        .string()
        .optional()
        .describe("The CIDR collection that the records of IP-based routing refer to. Since 1.2.0."),
    connections: z.array(connection).describe("Ports, protocols and ALPN names."),
});

/** The output `domains`: what a stack says of all its domains, by their keys in the configuration. */
export const domainsOutputSchema = z.record(z.string(), domainOutputSchema);

/** What a stack says of one domain. */
export type DomainOutput = z.infer<typeof domainOutputSchema>;

/** What a stack says of one domain in one region. */
export type RegionalDomainOutput = DomainOutput["regions"][string];
