import type { CreateDomainConfigurationRequest, DescribeDomainConfigurationResponse } from "../../models/iot";
import { defineTable } from "../../tables";

type Described = DescribeDomainConfigurationResponse;

/** The server certificate that a domain configuration has taken from ACM. */
export interface TakenCertificate {
    /** PEM of the leaf. */
    readonly certificate: string;
    /** PEM of the CAs above it. */
    readonly chain: string;
    /** PKCS #8 in DER, encrypted. */
    readonly sealedKey: string;
    /** From when on it is served, in milliseconds since the epoch. */
    readonly servedFrom: number;
}

/** A domain configuration as it is kept. */
export interface StoredDomainConfiguration extends Pick<
    CreateDomainConfigurationRequest,
    | "authorizerConfig"
    | "serverCertificateConfig"
    | "clientCertificateConfig"
    | "authenticationType"
    | "applicationProtocol"
    | "validationCertificateArn"
> {
    readonly name: string;
    readonly arn: string;
    readonly domainName: string;
    readonly serverCertificateArns: readonly string[];
    readonly status: NonNullable<Described["domainConfigurationStatus"]>;
    readonly serviceType: NonNullable<Described["serviceType"]>;
    readonly domainType: NonNullable<Described["domainType"]>;
    readonly securityPolicy: string;
    readonly lastStatusChangeAt: number;
    /** The certificate that is served, and the one that is going to be, where they differ. */
    readonly taken: readonly TakenCertificate[];
}

/** Domain configurations by their names. */
export const domainConfigurations = defineTable<StoredDomainConfiguration>("iot", "domainConfiguration");
