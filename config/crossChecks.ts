import { parseArn } from "../rules/arns";
import { authenticationFindings } from "../rules/authentication";
import { connections } from "../rules/connections";
import { isWithinZone } from "../rules/domainNames";
import type { Finding } from "../rules/finding";
import { staplingFindings } from "../rules/ocspStapling";
import { partitionFindings, partitionOf, partitionReference } from "../rules/regions";
import { routingFindings } from "../rules/routing/findings";
import type { RoutedRegion } from "../rules/routing/settings";
import { securityPolicyFindings } from "../rules/securityPolicies";
import { certificateFindings } from "./certificateChecks";
import type { DomainSettings } from "./schema";

/** The sound parts of a configuration; what failed the schema is left out, so that the rest is checked all the same. */
export interface SoundParts {
    readonly isProduction: boolean;
    readonly hostedZone?: string;
    readonly hostedZoneRole?: string;
    /** The region of the provider, `aws:region`. */
    readonly providerRegion?: string;
    readonly regions: readonly RoutedRegion[];
    readonly domains: ReadonlyMap<string, DomainSettings>;
}

/** Everything that takes more than one value to judge. */
export function crossFindings(parts: SoundParts): Finding[] {
    const regions = parts.regions.map(({ name }) => name);
    return [
        ...partitionFindings(regions, "regions"),
        ...otherPartitionFindings(parts, regions),
        ...[...parts.domains].flatMap(([key, domain]) => [
            ...zoneFindings(`domains.${key}`, domain, parts.hostedZone),
            ...certificateFindings(domain.certificate, {
                path: `domains.${key}`,
                isProduction: parts.isProduction,
                domainName: domain.domainName,
                hostedZone: parts.hostedZone,
                regions,
            }),
            ...regions.flatMap((region) =>
                securityPolicyFindings(domain.securityPolicy, region, `domains.${key}.securityPolicy`),
            ),
            ...authenticationFindings(domain, connections, `domains.${key}`),
            ...staplingChecks(`domains.${key}`, domain, parts.regions),
            ...routingFindings({ ...domain, path: `domains.${key}.routing`, regions: parts.regions }),
        ]),
        ...duplicateFindings(parts.domains, "domainName", "each name can have one domain configuration in a region"),
        ...duplicateFindings(parts.domains, "domainConfigurationName", "names are unique in a region"),
    ];
}

function finding(path: string, got: string, expected: string, remedy: string, reference?: string): Finding {
    return { rule: "configuration", severity: "high", path, got, expected, remedy, reference };
}

/** What has to be in the partition of the regions: credentials are of one, and a role can be assumed within it only. */
function otherPartitionFindings(
    { hostedZoneRole, providerRegion }: SoundParts,
    [region]: readonly string[],
): Finding[] {
    if (region === undefined) {
        return [];
    }
    const expected = partitionOf(region);
    const rolePartition = parseArn(hostedZoneRole)?.partition ?? expected;
    return [
        ...(rolePartition === expected
            ? []
            : [
                  finding(
                      "hostedZoneRole",
                      `a role of the partition ${rolePartition}`,
                      `one of ${expected}, where ${region} is`,
                      "name a role of that partition, and a hosted zone there",
                      partitionReference,
                  ),
              ]),
        ...(providerRegion === undefined || partitionOf(providerRegion) === expected
            ? []
            : [
                  finding(
                      "aws:region",
                      `${providerRegion} of the partition ${partitionOf(providerRegion)}`,
                      `a region of ${expected}, where ${region} is`,
                      `set it: pulumi config set aws:region ${region}`,
                      partitionReference,
                  ),
              ]),
    ];
}

function zoneFindings(path: string, domain: DomainSettings, zone: string | undefined): Finding[] {
    if (zone === undefined) {
        return [];
    }
    if (domain.domainName === zone) {
        return [
            finding(
                `${path}.domainName`,
                `${zone}, the hosted zone's own name`,
                `a name below ${zone}`,
                `use a name such as iot.${zone}; DNS allows no CNAME at the top of a zone`,
                "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat",
            ),
        ];
    }
    return isWithinZone(domain.domainName, zone)
        ? []
        : [
              finding(
                  `${path}.domainName`,
                  domain.domainName,
                  `a name below ${zone}`,
                  "correct the name, or hostedZone; the stack writes its records there",
              ),
          ];
}

function staplingChecks(
    path: string,
    { serverCertificateConfig, certificate }: DomainSettings,
    regions: readonly RoutedRegion[],
): Finding[] {
    const stapled = { regions: regions.map(({ name }) => name), ownAuthority: certificate.source === "development" };
    return serverCertificateConfig === undefined
        ? []
        : staplingFindings(serverCertificateConfig, stapled, `${path}.serverCertificateConfig`);
}

function duplicateFindings(
    domains: ReadonlyMap<string, DomainSettings>,
    property: "domainName" | "domainConfigurationName",
    why: string,
): Finding[] {
    const seen = new Map<string, string>();
    return [...domains].flatMap(([key, domain]) => {
        const value = domain[property];
        if (value === undefined) {
            return [];
        }
        const first = seen.get(value);
        seen.set(value, first ?? key);
        return first === undefined
            ? []
            : [
                  finding(
                      `domains.${key}.${property}`,
                      `${value}, as in domains.${first}`,
                      "a value of its own",
                      `change one of them; ${why}`,
                  ),
              ];
    });
}
