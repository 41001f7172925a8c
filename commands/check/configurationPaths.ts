import type { ConfigurationPath, StackFile } from "./stackFile";

/** A resource and the components that it is made by, from the innermost on. */
export interface ResourceOrigin {
    readonly type: string;
    readonly name: string;
    readonly ancestors: readonly { readonly type: string; readonly name: string }[];
}

/** What a component is made from: its part of the configuration, from its own name. */
type ComponentPath = (name: string, origin: ResourceOrigin, file: StackFile) => ConfigurationPath | undefined;

/** The name of a component without what the program adds to the name of what it is made from. */
function without(affix: RegExp, ...prefix: readonly string[]): ComponentPath {
    return (name) => [...prefix, name.replace(affix, "")];
}

const componentPaths: Readonly<Record<string, ComponentPath>> = {
    DomainRecords: (name) => ["domains", name.replace(/-records$/, ""), "routing"],
    HealthChecks: (name) => ["domains", name.replace(/-health$/, ""), "routing", "healthCheck"],
    ServerCertificates: (name) => ["domains", name.replace(/-certificate$/, ""), "certificate"],
    CustomDomain: without(/^$/, "domains"),
    ValidationRecords: (name, origin, file) => domainOfName(origin.name.slice(name.length + 1), file),
    ExpiryAlerts: (_, { type }) => (type.endsWith(":TopicSubscription") ? ["alerts", "emails"] : ["alerts"]),
    ClaimCertificates: () => ["provisioning", "claim", "certificates"],
    ClaimProvisioning: () => ["provisioning", "claim"],
    JustInTimeProvisioning: () => ["provisioning", "justInTime"],
    ProvisioningRole: () => ["provisioning", "role"],
    FleetRegistry: () => ["provisioning", "devicePolicy"],
    AuthorizerFunction: () => ["provisioning", "authorizer", "function"],
    Authorizer: () => ["provisioning", "authorizer"],
    Provisioning: () => ["provisioning"],
    RegionalIot: (name) => ["regions", name],
};

/** The domain that a validation record is for. */
function domainOfName(domainName: string, file: StackFile): ConfigurationPath | undefined {
    const key = file.keysAt(["domains"]).find((each) => file.textAt(["domains", each, "domainName"]) === domainName);
    return key === undefined ? undefined : ["domains", key, "certificate", "subjectAlternativeNames"];
}

/** What a property of a resource is made from, below its component's part, or from the configuration's root with a slash. */
const propertyPaths: Readonly<Record<string, readonly (readonly [property: RegExp, path: string])[]>> = {
    "aws:iot/domainConfiguration:DomainConfiguration": [
        [/^tlsConfig/, "securityPolicy"],
        [/^domainName/, "domainName"],
        [/^name$/, "domainConfigurationName"],
        [/^(serverCertificateArns|validationCertificateArn)/, "certificate"],
    ],
    "aws:acm/certificate:Certificate": [
        [/^keyAlgorithm/, "keyAlgorithm"],
        [/^subjectAlternativeNames/, "subjectAlternativeNames"],
        [/^domainName/, "../domainName"],
        [/^privateKey/, "privateKey"],
        [/^certificateChain/, "chain"],
        [/^certificateBody/, "certificate"],
    ],
    "aws:route53/record:Record": [
        [/^name$/, "../domainName"],
        [/^ttl/, "timeToLive"],
        [/^healthCheckId/, "healthCheck"],
        [/^geolocationRoutingPolic/, "locations"],
        [/^weightedRoutingPolic/, "weights"],
        [/^failoverRoutingPolic/, "order"],
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": [[/./, "/alerts/daysBeforeExpiry"]],
};

/** Properties that every resource takes from the same place. */
const commonPaths: readonly (readonly [property: RegExp, path: string])[] = [[/^tags/, "/tags"]];

/**
 * Where in the configuration a resource comes from, the most exact place first.
 *
 * @param property The resource's property that is spoken of, such as `tlsConfig.securityPolicy`.
 */
export function configurationPathsOf(origin: ResourceOrigin, property: string, file: StackFile): ConfigurationPath[] {
    const own = ownPath(origin, file);
    const refined = [...commonPaths, ...(propertyPaths[origin.type] ?? [])].find(([pattern]) => pattern.test(property));
    const region = regionOf(origin.name, file);
    return [
        ...(refined === undefined ? [] : [resolve(own ?? [], refined[1])]),
        ...(own === undefined ? [] : prefixesOf(own)),
        ...(region === undefined ? [] : [["regions", region]]),
    ];
}

function ownPath(origin: ResourceOrigin, file: StackFile): ConfigurationPath | undefined {
    for (const { type, name } of [origin, ...origin.ancestors]) {
        const [, component] = /^iot-domains:index:(\w+)$/.exec(type) ?? [];
        const found = componentPaths[component ?? ""]?.(name, origin, file);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** A path and those that lead to it, the longest first: defaults stand in no file, but what they belong to does. */
function prefixesOf(configurationPath: ConfigurationPath): ConfigurationPath[] {
    return configurationPath.map((_, index) => configurationPath.slice(0, configurationPath.length - index));
}

function resolve(from: ConfigurationPath, relative: string): ConfigurationPath {
    return relative.split("/").reduce<ConfigurationPath>((reached, part) => {
        if (part === "") {
            return [];
        }
        return part === ".." ? reached.slice(0, -1) : [...reached, part];
    }, from);
}

/** The region that a resource's name holds, where the configuration has that region. */
function regionOf(name: string, file: StackFile): string | undefined {
    return file.keysAt(["regions"]).find((region) => name.split(region).length > 1);
}
