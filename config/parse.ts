import { formatFinding, isFault, type Finding } from "../rules/finding";
import { regionFindings } from "../rules/regions";
import { crossFindings, type SoundParts } from "./crossChecks";
import { importedCertificateFindings, isImported } from "./importedCertificates";
import type { MaterialSource } from "./material";
import { provisioningSchema } from "./provisioning";
import { readProvisioning } from "./provisioningChecks";
import { plainKeyFindings } from "./secrets";
import { issuesToFindings } from "./faults";
import { configurationSchema, type Configuration } from "./schema";

/** A configuration that cannot be deployed, with every fault that it has. */
export class ConfigurationError extends Error {
    public constructor(public readonly findings: readonly Finding[]) {
        super(messageOf(findings));
        this.name = "ConfigurationError";
    }
}

/** What parsing needs to know beside the values. */
export interface Surroundings {
    /** Tells of a top-level key whether its value is a secret, which no error may quote. */
    readonly isSecret: (key: string) => boolean;
    readonly material: MaterialSource;
    /** The stack's name; names of resources follow from it. */
    readonly stack: string;
    /** The region of the provider, `aws:region`; some of what is called is in no region of the stack's own. */
    readonly providerRegion?: string;
    /** The moment at which certificates have to be valid. */
    readonly at: Date;
}

function messageOf(findings: readonly Finding[]): string {
    const count = findings.length === 1 ? "1 fault" : `${findings.length} faults`;
    return [`The stack's configuration has ${count}:`, ...findings.map((each) => `  - ${formatFinding(each)}`)].join(
        "\n",
    );
}

/**
 * Reads a stack's configuration: a plain object in, one with every default out.
 *
 * @param raw The values under `iot-domains:`.
 * @throws {ConfigurationError} with all faults at once, before anything is registered.
 */
export function parseConfiguration(raw: unknown, surroundings: Surroundings): Configuration {
    const result = configurationSchema.safeParse(raw);
    const parts = soundPartsOf(raw);
    const findings = [
        ...(result.success ? [] : issuesToFindings(result.error.issues, raw, surroundings.isSecret)),
        ...crossFindings({ ...parts, providerRegion: surroundings.providerRegion }),
        ...[...parts.domains].flatMap(([key, domain]) =>
            isImported(domain.certificate)
                ? importedCertificateFindings(
                      `domains.${key}.certificate`,
                      domain,
                      domain.certificate,
                      surroundings.material,
                      surroundings.at,
                  )
                : [],
        ),
        ...provisioningFindings(raw, parts, surroundings),
        ...plainKeyFindings(entriesOf(raw).get("secrets"), surroundings.isSecret("secrets")),
        ...emptyFindings(raw),
    ];
    if (!result.success || findings.length > 0) {
        throw new ConfigurationError(distinct(findings));
    }
    return result.data;
}

/** Faults between the values of provisioning; one that is not sound by itself is reported by the schema. */
function provisioningFindings(raw: unknown, parts: SoundParts, surroundings: Surroundings): Finding[] {
    const parsed = provisioningSchema.safeParse(entriesOf(raw).get("provisioning"));
    if (!parsed.success) {
        return [];
    }
    const regions = parts.regions.map(({ name }) => name);
    return readProvisioning(parsed.data, { ...surroundings, regions }).findings.filter(isFault);
}

/** What concerns all domains alike is found once with each of them, and said once. */
function distinct(findings: readonly Finding[]): Finding[] {
    return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}

/** The parts that are sound by themselves, so that one misspelt key does not hide the faults of the rest. */
function soundPartsOf(raw: unknown): SoundParts {
    const { hostedZone, hostedZoneRole, regions, domains } = configurationSchema.shape;
    const given = entriesOf(raw);
    const zone = hostedZone.safeParse(given.get("hostedZone"));
    const role = hostedZoneRole.safeParse(given.get("hostedZoneRole"));
    return {
        isProduction: given.get("environment") === "production",
        hostedZone: zone.success ? zone.data : undefined,
        hostedZoneRole: role.success ? role.data : undefined,
        regions: [...entriesOf(given.get("regions"))].flatMap(([name, value]) => {
            const settings = regions.valueType.safeParse(value);
            return isSound(name) && settings.success ? [{ name, ...settings.data }] : [];
        }),
        domains: new Map(
            [...entriesOf(given.get("domains"))].flatMap(([key, value]) => {
                const domain = domains.valueType.safeParse(value);
                return domain.success ? [[key, domain.data] as const] : [];
            }),
        ),
    };
}

function isSound(region: string): boolean {
    return regionFindings(region, "").every(({ severity }) => severity === "low");
}

function entriesOf(value: unknown): Map<string, unknown> {
    return new Map(typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}

const needed = [
    { key: "regions", expected: "at least one region", remedy: "name a region, such as us-east-1: {}" },
    {
        key: "domains",
        expected: "at least one domain",
        remedy: "name a domain, such as telemetry: {domainName: iot.example.com}",
    },
] as const;

function emptyFindings(raw: unknown): Finding[] {
    const given = entriesOf(raw);
    return needed
        .filter(({ key }) => given.has(key) && JSON.stringify(given.get(key)) === "{}")
        .map(({ key, expected, remedy }) => ({
            rule: "configuration",
            severity: "high",
            path: key,
            got: "none",
            expected,
            remedy,
        }));
}
