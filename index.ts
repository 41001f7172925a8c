import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import {
    CustomDomain,
    hostedZoneProvider,
    Provisioning,
    RegionalIot,
    ServerCertificates,
    ValidationRecords,
} from "./components";
import { loadConfiguration, loadProvisioning, type DomainSettings } from "./config";
import { domainOutput, provisioningOutput } from "./outputs";

const configuration = loadConfiguration();
const { alerts } = configuration;

const protects = ({ allowReplacement }: DomainSettings) =>
    configuration.environment === "production" && allowReplacement !== true;
const tags = { "iot-domains:stack": pulumi.getStack(), ...configuration.tags };
const tagsOf = (domain: string) => ({ ...tags, "iot-domains:domain": domain });

const inZone = { provider: hostedZoneProvider(configuration) };
const { zoneId, nameServers } = route53.getZoneOutput({ name: configuration.hostedZone, privateZone: false }, inZone);
const hostedZone = { name: configuration.hostedZone, zoneId, nameServers };

const provisioningSettings = loadProvisioning(configuration);
const provisioned =
    provisioningSettings &&
    new Provisioning("provisioning", {
        ...provisioningSettings,
        stack: pulumi.getStack(),
        domainNames: Object.values(configuration.domains).map(({ domainName }) => domainName),
        tags,
    });

const regions = Object.entries(configuration.regions).map(
    ([region, { drained }]) =>
        new RegionalIot(region, { region, drained, emails: alerts.emails, provisioning: provisioned, tags }),
);

const nameOf = (key: string, { domainConfigurationName }: DomainSettings) =>
    domainConfigurationName ?? `${pulumi.getStack()}-${key}`;

const requested = Object.entries(configuration.domains).map(([key, domain]) => ({
    key,
    domain,
    certificates: new ServerCertificates(`${key}-certificate`, {
        path: `domains.${key}.certificate`,
        domain,
        domainConfigurationName: nameOf(key, domain),
        regions: Object.keys(configuration.regions),
        protect: protects(domain),
        tags: tagsOf(key),
    }),
}));

const validationRecords = new ValidationRecords(
    "validation",
    { zoneId, certificates: requested.map(({ certificates }) => certificates) },
    inZone,
);

/** What other programs read; see outputs/ for the contract and its reader. */
export const domains = Object.fromEntries(
    requested.map(({ key, domain, certificates }) => {
        const { byRegion, cidrCollectionId } = new CustomDomain(key, {
            domain,
            domainConfigurationName: nameOf(key, domain),
            zoneId,
            zoneProvider: inZone.provider,
            regions,
            certificates,
            validationRecords,
            daysBeforeExpiry: alerts.daysBeforeExpiry,
            protect: protects(domain),
            tags: tagsOf(key),
        });
        const { renewal } = certificates;
        return [key, domainOutput({ settings: domain, renewal, hostedZone, cidrCollectionId, byRegion })];
    }),
);

/** What device makers and other programs need of provisioning; absent where the stack has none. */
export const provisioning =
    provisioned &&
    provisioningOutput({
        claimBundles: provisioned.claimBundles,
        byRegion: new Map(regions.map((regional) => [regional.region, regional.provisioning])),
    });
