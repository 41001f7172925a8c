import * as acm from "@pulumi/aws/acm";
import * as iot from "@pulumi/aws/iot";
import type * as pulumi from "@pulumi/pulumi";
import type { DomainSettings } from "../config";
import { fingerprintOf } from "../rules/certificates/fingerprint";
import { customDomainServiceType } from "../rules/domainConfigurations";
import { watchExpiry } from "./certificateExpiry";
import type { ServerCertificates } from "./certificates/serverCertificates";
import { enabledAtFirst } from "./enabledAtFirst";
import { stapleOcspResponses } from "./ocspStapling";
import type { RegionalIot } from "./regionalIot";
import { serverCertificateStatus } from "./serverCertificateStatus";
import type { ValidationRecords } from "./validationRecords";

/** What serves a domain, the same in every region. */
export interface ServedDomain {
    readonly domain: DomainSettings;
    /** Unique in every region of the account. */
    readonly domainConfigurationName: string;
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
    readonly domainConfiguration: iot.DomainConfiguration;
    readonly outputs: {
        readonly domainConfigurationArn: pulumi.Output<string>;
        readonly domainConfigurationName: pulumi.Output<string>;
        readonly certificateArn: pulumi.Output<string>;
        /** What AWS IoT Core makes of the certificate: VALID or INVALID; absent where it could not be read. */
        readonly serverCertificateStatus: pulumi.Output<"VALID" | "INVALID" | undefined>;
        readonly serverCertificateStatusDetail: pulumi.Output<string | undefined>;
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
    serving: RegionalIot,
    args: ServedDomain,
    child: pulumi.CustomResourceOptions,
): DomainInRegion {
    const { domain, certificates, tags } = args;
    const { region, alertTopicArn } = serving;
    const certificate = usableCertificate(name, region, args, child);
    const { certificateArn } = certificate;
    const { server, validated } = certificates.in(region);

    const domainConfiguration = new iot.DomainConfiguration(
        name,
        {
            region,
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
            // A region that knows the name is sent devices, and so has to let them in: with an authorizer, a claim, a CA.
            dependsOn: [serving],
            // Two domain configurations of one region cannot hold the same domain name: the old one has to go first.
            deleteBeforeReplace: true,
            hooks: domain.status === "DISABLED" ? { beforeCreate: [enabledAtFirst()] } : undefined,
        },
    );
    const { serverCertificateConfig: settings } = domain;
    if (settings !== undefined) {
        const { domainConfigurationName } = args;
        stapleOcspResponses(name, { region, settings, domainConfigurationName, domainConfiguration }, child);
    }
    const watched = { region, daysBeforeExpiry: args.daysBeforeExpiry, topicArn: alertTopicArn, tags };
    const place = `${domain.domainName} in ${region}`;
    watchExpiry(
        name,
        { ...watched, certificateArn, renewal: certificates.renewal, subject: `server certificate of ${place}` },
        child,
    );
    if (validated !== undefined && validated !== server) {
        watchExpiry(
            `${name}-validation`,
            {
                ...watched,
                certificateArn: validated.arn,
                renewal: "acm",
                subject: `certificate that proves to AWS IoT Core who owns ${place}`,
            },
            child,
        );
    }
    const status = serverCertificateStatus({ region, domainName: domain.domainName, domainConfiguration }, child);
    // Read when the certificate is in use, since ACM then says another thing of its renewal: a later refresh finds no drift.
    const issued = () =>
        acm.Certificate.get(
            `${name}-issued`,
            certificateArn,
            { region },
            { ...child, dependsOn: [domainConfiguration] },
        );

    return {
        domainConfiguration,
        outputs: {
            domainConfigurationArn: domainConfiguration.arn,
            domainConfigurationName: domainConfiguration.name,
            certificateArn,
            serverCertificateStatus: status.serverCertificateStatus,
            serverCertificateStatusDetail: status.serverCertificateStatusDetail,
            certificateExpiry: certificate.expiry ?? issued().notAfter,
            certificateFingerprint: server.certificateBody.apply((pem) => pem && fingerprintOf(pem)),
            certificateChain: server.certificateChain,
            cnameTarget: serving.dataEndpoint,
            drained: serving.drained,
            alertTopicArn,
        },
    };
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
    { certificates, validationRecords }: ServedDomain,
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
