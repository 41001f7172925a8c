import * as acm from "@pulumi/aws/acm";
import * as iot from "@pulumi/aws/iot";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { DomainSettings } from "../config";
import { customDomainServiceType } from "../rules/domainConfigurations";
import { alarmBeforeExpiry } from "./expiryAlarm";
import type { ServerCertificates } from "./certificates/serverCertificates";
import type { ValidationRecords } from "./validationRecords";

/** What a region gives to every domain that it serves. */
export interface ServingRegion {
    readonly name: string;
    /** Host name of the region's `iot:Data-ATS` endpoint. */
    readonly dataEndpoint: pulumi.Output<string>;
    /** Where alarms go. */
    readonly alertTopicArn: pulumi.Output<string>;
}

/** What {@link CustomDomain} needs to know. */
export interface CustomDomainArgs {
    readonly domain: DomainSettings;
    /** Unique in every region of the account. */
    readonly domainConfigurationName: string;
    readonly zoneId: pulumi.Input<string>;
    readonly regions: readonly ServingRegion[];
    readonly certificates: ServerCertificates;
    readonly validationRecords: ValidationRecords;
    /** Days before a certificate's expiry at which its alarm goes off. */
    readonly daysBeforeExpiry: number;
    /** Refuses to replace or delete a domain configuration: AWS takes up to an hour to serve its successor. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/** What one region made of the domain. */
export interface DomainInRegion {
    readonly domainConfigurationArn: pulumi.Output<string>;
    readonly domainConfigurationName: pulumi.Output<string>;
    readonly certificateArn: pulumi.Output<string>;
    /** When the certificate ends, in ISO 8601. */
    readonly certificateExpiry: pulumi.Output<string>;
    /** Where the domain's record points to. */
    readonly cnameTarget: pulumi.Output<string>;
}

interface UsableCertificate {
    readonly certificateArn: pulumi.Output<string>;
    /** Absent where the certificate was only requested when its resource was made: it has no dates yet. */
    readonly expiry?: pulumi.Output<string>;
    readonly validationCertificateArn?: pulumi.Input<string>;
}

/** One name that devices connect to: in each region a validated certificate and a domain configuration, and the record. */
export class CustomDomain extends pulumi.ComponentResource {
    public readonly byRegion: ReadonlyMap<string, DomainInRegion>;

    public constructor(name: string, args: CustomDomainArgs, options?: pulumi.ComponentResourceOptions) {
        super("iot-domains:index:CustomDomain", name, {}, options);

        this.byRegion = new Map(args.regions.map((region) => [region.name, this.serveIn(region, name, args)]));
        this.registerOutputs();
    }

    private serveIn(region: ServingRegion, name: string, args: CustomDomainArgs): DomainInRegion {
        const { domain, tags } = args;
        const regional = `${name}-${region.name}`;
        const child = { parent: this };
        const inRegion = { region: region.name };

        const certificate = this.usableCertificate(region.name, regional, args);
        const { certificateArn } = certificate;
        const domainConfiguration = new iot.DomainConfiguration(
            regional,
            {
                ...inRegion,
                name: args.domainConfigurationName,
                domainName: domain.domainName,
                serviceType: customDomainServiceType,
                serverCertificateArns: [certificateArn],
                validationCertificateArn: certificate.validationCertificateArn,
                tlsConfig: { securityPolicy: domain.securityPolicy },
                tags,
            },
            // Two domain configurations of one region cannot hold the same domain name: the old one has to go first.
            { ...child, protect: args.protect, deleteBeforeReplace: true },
        );
        alarmBeforeExpiry(
            `${regional}-expiry-alarm`,
            {
                ...inRegion,
                certificateArn,
                daysBeforeExpiry: args.daysBeforeExpiry,
                topicArn: region.alertTopicArn,
                serves: `${domain.domainName} in ${region.name}`,
                tags,
            },
            child,
        );
        new route53.Record(
            `${name}-record`,
            {
                zoneId: args.zoneId,
                name: domain.domainName,
                type: "CNAME",
                ttl: domain.routing.timeToLive,
                records: [region.dataEndpoint],
            },
            // Devices are sent there only once the region knows the name.
            { ...child, dependsOn: [domainConfiguration] },
        );
        // Read when the certificate is in use, since ACM then says another thing of its renewal: no drift right after a deployment.
        const issued = () =>
            acm.Certificate.get(`${regional}-issued`, certificateArn, inRegion, {
                ...child,
                dependsOn: [domainConfiguration],
            });

        return {
            domainConfigurationArn: domainConfiguration.arn,
            domainConfigurationName: domainConfiguration.name,
            certificateArn,
            certificateExpiry: certificate.expiry ?? issued().notAfter,
            cnameTarget: region.dataEndpoint,
        };
    }

    /** Waits until ACM has issued what it issues, and says what the domain configuration is to be given. */
    private usableCertificate(region: string, name: string, args: CustomDomainArgs): UsableCertificate {
        const { server, validated, validationCertificateArn } = args.certificates.in(region);
        if (validated === undefined) {
            return { certificateArn: server.arn, expiry: server.notAfter, validationCertificateArn };
        }
        const validation = new acm.CertificateValidation(
            `${name}-validation`,
            {
                region,
                certificateArn: validated.arn,
                validationRecordFqdns: args.validationRecords.fqdnsOf(args.certificates.validatedNames),
            },
            { parent: this },
        );
        if (validated !== server) {
            const { certificateArn } = validation;
            return { certificateArn: server.arn, expiry: server.notAfter, validationCertificateArn: certificateArn };
        }
        return { certificateArn: validation.certificateArn };
    }
}
