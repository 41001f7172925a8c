import { canonicalName, isWithinZone, maximumCommonNameLength } from "../rules/domainNames";
import type { Finding } from "../rules/finding";
import { routingFindings } from "../rules/routing/findings";
import type { RoutedRegion } from "../rules/routing/settings";
import { securityPolicyFindings } from "../rules/securityPolicies";
import { defaultMaximumNames } from "../rules/serverCertificates";
import type { DomainSettings } from "./schema";

/** The sound parts of a configuration; what failed the schema is left out, so that the rest is checked all the same. */
export interface SoundParts {
    readonly hostedZone?: string;
    readonly regions: readonly RoutedRegion[];
    readonly domains: ReadonlyMap<string, DomainSettings>;
}

/** Everything that takes more than one value to judge. */
export function crossFindings(parts: SoundParts): Finding[] {
    return [
        ...[...parts.domains].flatMap(([key, domain]) => [
            ...zoneFindings(`domains.${key}`, domain, parts.hostedZone),
            ...certificateNameFindings(`domains.${key}`, domain, parts.hostedZone),
            ...parts.regions.flatMap(({ name }) =>
                securityPolicyFindings(domain.securityPolicy, name, `domains.${key}.securityPolicy`),
            ),
            ...routingFindings({ ...domain, path: `domains.${key}.routing`, regions: parts.regions }),
        ]),
        ...duplicateFindings(parts.domains, "domainName", "each name can have one domain configuration in a region"),
        ...duplicateFindings(parts.domains, "domainConfigurationName", "names are unique in a region"),
    ];
}

function finding(path: string, got: string, expected: string, remedy: string, reference?: string): Finding {
    return { rule: "configuration", severity: "high", path, got, expected, remedy, reference };
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

function certificateNameFindings(path: string, domain: DomainSettings, zone: string | undefined): Finding[] {
    const { certificate } = domain;
    const subjectAlternativeNames = "subjectAlternativeNames" in certificate ? certificate.subjectAlternativeNames : [];
    const namesPath = `${path}.certificate.subjectAlternativeNames`;
    const names = [domain.domainName, ...subjectAlternativeNames];
    const each = subjectAlternativeNames.flatMap((name, index) => {
        const at = `${namesPath}[${index}]`;
        if (canonicalName(name) !== name) {
            return [
                finding(
                    at,
                    JSON.stringify(name),
                    "a domain name in lower case, with at most one leading *.",
                    "correct it",
                ),
            ];
        }
        if (names.indexOf(name) < index + 1) {
            return [finding(at, `${name} for the second time`, "each name once", "remove it")];
        }
        return zone === undefined || isWithinZone(name.replace(/^\*\./, ""), zone)
            ? []
            : [
                  finding(
                      at,
                      name,
                      `a name below ${zone}`,
                      "remove it; the stack can prove to ACM only names of its hosted zone",
                  ),
              ];
    });
    const count =
        names.length > defaultMaximumNames
            ? [
                  finding(
                      namesPath,
                      `${names.length} names with the domain name`,
                      `at most ${defaultMaximumNames} names`,
                      "use a wildcard, or split the names over several domains",
                      "https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html",
                  ),
              ]
            : [];
    const length =
        domain.domainName.length > maximumCommonNameLength
            ? [
                  finding(
                      `${path}.domainName`,
                      `${domain.domainName.length} characters`,
                      `at most ${maximumCommonNameLength} characters for a certificate that ACM issues`,
                      "shorten it; it becomes the certificate's common name",
                      "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
                  ),
              ]
            : [];
    return [...each, ...count, ...length];
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
