import type { Rule } from "../framework/rule";
import { alarmSubscription } from "./alarmSubscription";
import { authorizerSigning } from "./authorizerSigning";
import { caCertificateMode } from "./caCertificateMode";
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
import { claimPolicy } from "./claimPolicy";
import { developmentCertificate } from "./developmentCertificate";
import { devicePolicy } from "./devicePolicy";
import { domainConfigurationAuthentication } from "./domainConfigurationAuthentication";
import { domainConfigurationAuthorizer } from "./domainConfigurationAuthorizer";
import { domainConfigurationEnabled } from "./domainConfigurationEnabled";
import { domainConfigurationName } from "./domainConfigurationName";
import { domainConfigurationProtected } from "./domainConfigurationProtected";
import { domainConfigurationRecord } from "./domainConfigurationRecord";
import { domainConfigurationServerCertificate } from "./domainConfigurationServerCertificate";
import { domainConfigurationServiceType } from "./domainConfigurationServiceType";
import { domainConfigurationUnique } from "./domainConfigurationUnique";
import { domainConfigurationValidationCertificate } from "./domainConfigurationValidationCertificate";
import { domainName } from "./domainName";
import { healthCheckTarget } from "./healthCheckTarget";
import { iotPolicyDocument } from "./iotPolicyDocument";
import { lambdaPermissionSource } from "./lambdaPermissionSource";
import { provisioningRolePermissions } from "./provisioningRolePermissions";
import { provisioningRoleTrust } from "./provisioningRoleTrust";
import { provisioningTemplateBody } from "./provisioningTemplateBody";
import { provisioningTemplateEnabled } from "./provisioningTemplateEnabled";
import { provisioningTemplateHook } from "./provisioningTemplateHook";
import { recordAlias } from "./recordAlias";
import { recordDomainConfiguration } from "./recordDomainConfiguration";
import { recordFailoverSides } from "./recordFailoverSides";
import { recordGeolocationDefault } from "./recordGeolocationDefault";
import { recordHealthCheck } from "./recordHealthCheck";
import { recordRoutingPolicy } from "./recordRoutingPolicy";
import { recordSetIdentifier } from "./recordSetIdentifier";
import { recordTargetsDataEndpoint } from "./recordTargetsDataEndpoint";
import { recordTimeToLive } from "./recordTimeToLive";
import { recordZoneApex } from "./recordZoneApex";
import { requiredTags } from "./requiredTags";
import { tlsPrivateKeyAlgorithm } from "./tlsPrivateKeyAlgorithm";
import { tlsSecurityPolicy } from "./tlsSecurityPolicy";
import { topicPolicy } from "./topicPolicy";

/** The rules of the pack, in the order of the documentation. */
export const rules: readonly Rule[] = [
    tlsSecurityPolicy,
    domainConfigurationServerCertificate,
    domainConfigurationValidationCertificate,
    domainConfigurationName,
    domainName,
    domainConfigurationServiceType,
    domainConfigurationUnique,
    domainConfigurationAuthorizer,
    domainConfigurationAuthentication,
    domainConfigurationEnabled,
    domainConfigurationProtected,
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
    recordTargetsDataEndpoint,
    domainConfigurationRecord,
    recordDomainConfiguration,
    recordZoneApex,
    recordAlias,
    recordTimeToLive,
    recordRoutingPolicy,
    recordSetIdentifier,
    recordGeolocationDefault,
    recordFailoverSides,
    recordHealthCheck,
    healthCheckTarget,
    certificateExpiryAlarm,
    alarmSubscription,
    topicPolicy,
    iotPolicyDocument,
    claimPolicy,
    devicePolicy,
    provisioningTemplateBody,
    provisioningTemplateHook,
    provisioningTemplateEnabled,
    provisioningRoleTrust,
    provisioningRolePermissions,
    lambdaPermissionSource,
    caCertificateMode,
    authorizerSigning,
    requiredTags,
];
