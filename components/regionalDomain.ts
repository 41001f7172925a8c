import * as acm from "@pulumi/aws/acm";
import * as iot from "@pulumi/aws/iot";
import type * as pulumi from "@pulumi/pulumi";
import { fingerprintOf } from "../rules/certificates/fingerprint";
import { daysBeforeAlarm, renewalAdvice } from "../rules/certificateRenewal";
import { customDomainServiceType } from "../rules/domainConfigurations";
import type { CustomDomainArgs } from "./customDomain";
import { enabledAtFirst } from "./enabledAtFirst";
import { alarmBeforeExpiry } from "./expiryAlarm";
import { forwardExpiryEvents } from "./expiryEvents";

/** What a region gives to every domain that it serves. */
export interface ServingRegion {
    readonly name: string;
    /** Whether traffic is to go elsewhere while everything stays in place. */
    readonly drained: boolean;
    /** Host name of the region's `iot:Data-ATS` endpoint. */
    readonly dataEndpoint: pulumi.Output<string>;
    /** Where alarms go. */
    readonly alertTopicArn: pulumi.Output<string>;
}

/** What one region made of the domain. */
export interface DomainInRegion {
    readonly domainConfiguration: iot.DomainConfiguration;
    readonly outputs: {
        readonly domainConfigurationArn: pulumi.Output<string>;
        readonly domainConfigurationName: pulumi.Output<string>;
        readonly certificateArn: pulumi.Output<string>;
        /** When the certificate ends, in ISO 8601. */
        readonly certificateExpiry: pulumi.Output<string>;
        /** Absent where ACM issues the certificate: its next renewal changes it without a deployment. */
        readonly certificateFingerprint: pulumi.Output<string | undefined>;
        /** What was imported with the certificate, in PEM. */
        readonly certificateChain: pulumi.Output<string | undefined>;
        /** Where the records of this region point to. */
        readonly cnameTarget: pulumi.Output<string>;
        readonly drained: boolean;
        readonly alertTopicArn: pulumi.Output<string>;
        /** Absent where the routing asks for no health. */
        readonly healthCheckId?: pulumi.Input<string>;
    };
}

/** Serves a domain in one region: a usable certificate, the domain configuration, and an alarm before the certificate ends. */
export function serveInRegion(
    name: string,
    region: ServingRegion,
    args: CustomDomainArgs,
    child: pulumi.CustomResourceOptions,
): DomainInRegion {
    const { domain, tags } = args;
    const inRegion = { region: region.name };
    const certificate = usableCertificate(name, region.name, args, child);
    const { certificateArn } = certificate;
    const { server } = args.certificates.in(region.name);

    const domainConfiguration = new iot.DomainConfiguration(
        name,
        {
            ...inRegion,
            name: args.domainConfigurationName,
            domainName: domain.domainName,
            serviceType: customDomainServiceType,
            serverCertificateArns: [certificateArn],
            validationCertificateArn: certificate.validationCertificateArn,
            tlsConfig: { securityPolicy: domain.securityPolicy },
            authenticationType: domain.authenticationType,
            applicationProtocol: domain.applicationProtocol,
            authorizerConfig: domain.authorizerConfig,
            status: domain.status,
            tags,
        },
        {
            ...child,
            protect: args.protect,
            // Two domain configurations of one region cannot hold the same domain name: the old one has to go first.
            deleteBeforeReplace: true,
            hooks: domain.status === "DISABLED" ? { beforeCreate: [enabledAtFirst()] } : undefined,
        },
    );
    watchExpiry(name, region, certificateArn, args, child);
    // Read when the certificate is in use, since ACM then says another thing of its renewal: a later refresh finds no drift.
    const issued = () =>
        acm.Certificate.get(`${name}-issued`, certificateArn, inRegion, { ...child, dependsOn: [domainConfiguration] });

    return {
        domainConfiguration,
        outputs: {
            domainConfigurationArn: domainConfiguration.arn,
            domainConfigurationName: domainConfiguration.name,
            certificateArn,
            certificateExpiry: certificate.expiry ?? issued().notAfter,
            certificateFingerprint: server.certificateBody.apply((pem) => pem && fingerprintOf(pem)),
            certificateChain: server.certificateChain,
            cnameTarget: region.dataEndpoint,
            drained: region.drained,
            alertTopicArn: region.alertTopicArn,
        },
    };
}

/** Has somebody told before the certificate ends, by an alarm on the days left and by ACM's own events. */
function watchExpiry(
    name: string,
    region: ServingRegion,
    certificateArn: pulumi.Output<string>,
    { domain, certificates, daysBeforeExpiry, tags }: CustomDomainArgs,
    child: pulumi.CustomResourceOptions,
): void {
    const { renewal } = certificates;
    const serves = `${domain.domainName} in ${region.name}`;
    const watched = {
        region: region.name,
        certificateArn,
        daysBeforeExpiry: daysBeforeAlarm(renewal, daysBeforeExpiry),
        topicArn: region.alertTopicArn,
        serves,
        advice: renewalAdvice(renewal),
        tags,
    };
    alarmBeforeExpiry(`${name}-expiry-alarm`, watched, child);
    forwardExpiryEvents(`${name}-expiry-events`, watched, child);
}

interface UsableCertificate {
    readonly certificateArn: pulumi.Output<string>;
    /** Absent where the certificate was only requested when its resource was made: it has no dates yet. */
    readonly expiry?: pulumi.Output<string>;
    readonly validationCertificateArn?: pulumi.Input<string>;
}

/** Waits until ACM has issued what it issues, and says what the domain configuration is to be given. */
function usableCertificate(
    name: string,
    region: string,
    { certificates, validationRecords }: CustomDomainArgs,
    child: pulumi.CustomResourceOptions,
): UsableCertificate {
    const { server, validated, validationCertificateArn } = certificates.in(region);
    if (validated === undefined) {
        return { certificateArn: server.arn, expiry: server.notAfter, validationCertificateArn };
    }
    const { certificateArn } = new acm.CertificateValidation(
        `${name}-validation`,
        {
            region,
            certificateArn: validated.arn,
            validationRecordFqdns: validationRecords.fqdnsOf(certificates.validatedNames),
        },
        child,
    );
    return validated === server
        ? { certificateArn }
        : { certificateArn: server.arn, expiry: server.notAfter, validationCertificateArn: certificateArn };
}
