import type { Rule } from "../framework/rule";
import { certificateChainOrder } from "./certificateChainOrder";
import { certificateChainSize } from "./certificateChainSize";
import { certificateCoversDomain } from "./certificateCoversDomain";
import { certificateExpiresSoon } from "./certificateExpiresSoon";
import { certificateExpiryAlarm } from "./certificateExpiryAlarm";
import { certificateExtendedKeyUsage } from "./certificateExtendedKeyUsage";
import { certificateFormat } from "./certificateFormat";
import { certificateKeyAlgorithm } from "./certificateKeyAlgorithm";
import { certificateLifetime } from "./certificateLifetime";
import { certificatePrivateKeyMatch } from "./certificatePrivateKeyMatch";
import { certificatePrivateKeyWriteOnly } from "./certificatePrivateKeyWriteOnly";
import { certificateRegion } from "./certificateRegion";
import { certificateSignatureHash } from "./certificateSignatureHash";
import { certificateValidationMethod } from "./certificateValidationMethod";
import { certificateValidity } from "./certificateValidity";
import { certificateWildcard } from "./certificateWildcard";
import { developmentCertificate } from "./developmentCertificate";
import { domainConfigurationName } from "./domainConfigurationName";
import { domainConfigurationServerCertificate } from "./domainConfigurationServerCertificate";
import { domainConfigurationServiceType } from "./domainConfigurationServiceType";
import { domainName } from "./domainName";
import { recordTargetsDataEndpoint } from "./recordTargetsDataEndpoint";
import { tlsPrivateKeyAlgorithm } from "./tlsPrivateKeyAlgorithm";
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
    certificateCoversDomain,
    certificateExtendedKeyUsage,
    certificateChainSize,
    certificateChainOrder,
    certificateSignatureHash,
    certificateFormat,
    certificateValidity,
    certificateExpiresSoon,
    certificateLifetime,
    certificatePrivateKeyMatch,
    certificatePrivateKeyWriteOnly,
    certificateValidationMethod,
    certificateWildcard,
    tlsPrivateKeyAlgorithm,
    developmentCertificate,
    certificateExpiryAlarm,
    recordTargetsDataEndpoint,
];
