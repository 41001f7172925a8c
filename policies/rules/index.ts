import type { Rule } from "../framework/rule";
import { certificateExpiryAlarm } from "./certificateExpiryAlarm";
import { certificateKeyAlgorithm } from "./certificateKeyAlgorithm";
import { certificateRegion } from "./certificateRegion";
import { domainConfigurationName } from "./domainConfigurationName";
import { domainConfigurationServerCertificate } from "./domainConfigurationServerCertificate";
import { domainConfigurationServiceType } from "./domainConfigurationServiceType";
import { domainName } from "./domainName";
import { recordTargetsDataEndpoint } from "./recordTargetsDataEndpoint";
import { tlsSecurityPolicy } from "./tlsSecurityPolicy";

/** The rules of the pack, in the order of the documentation. */
export const rules: readonly Rule[] = [
    tlsSecurityPolicy,
    domainConfigurationServerCertificate,
    domainConfigurationName,
    domainName,
    domainConfigurationServiceType,
    certificateKeyAlgorithm,
    certificateRegion,
    certificateExpiryAlarm,
    recordTargetsDataEndpoint,
];
