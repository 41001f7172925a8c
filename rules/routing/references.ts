const developerGuide = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";

/** AWS's pages on what the routing rules hold. */
export const references = {
    routingPolicies: `${developerGuide}/routing-policy.html`,
    simple: `${developerGuide}/routing-policy-simple.html`,
    weighted: `${developerGuide}/routing-policy-weighted.html`,
    failover: `${developerGuide}/routing-policy-failover.html`,
    geolocation: `${developerGuide}/routing-policy-geo.html`,
    geolocationLocations: `${developerGuide}/resource-record-sets-values-geo.html#rrsets-values-geo-location`,
    geoproximity: `${developerGuide}/routing-policy-geoproximity.html`,
    ipBased: `${developerGuide}/routing-policy-ipbased.html`,
    healthCheckedRecords: `${developerGuide}/health-checks-how-route-53-chooses-records.html`,
    alarmHealthCheck: `${developerGuide}/health-checks-creating-values.html#health-checks-creating-values-cloudwatch`,
    healthCheckConfig: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    quotas: `${developerGuide}/DNSLimitations.html#limits-api-entities-records`,
    domainNames: `${developerGuide}/DomainNameFormat.html`,
} as const;
