/**
 * The resource types that the rules read, by their tokens.
 *
 * Tokens and not classes, because loading the AWS package would cost every preview a tenth of a second for nothing else.
 */
export const resourceTypes = {
    acmCertificate: "aws:acm/certificate:Certificate",
    acmCertificateValidation: "aws:acm/certificateValidation:CertificateValidation",
    caCertificate: "aws:iot/caCertificate:CaCertificate",
    domainConfiguration: "aws:iot/domainConfiguration:DomainConfiguration",
    authorizer: "aws:iot/authorizer:Authorizer",
    iotPolicy: "aws:iot/policy:Policy",
    policyAttachment: "aws:iot/policyAttachment:PolicyAttachment",
    provisioningTemplate: "aws:iot/provisioningTemplate:ProvisioningTemplate",
    healthCheck: "aws:route53/healthCheck:HealthCheck",
    hostedZone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
    metricAlarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    topic: "aws:sns/topic:Topic",
    topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
    topicSubscription: "aws:sns/topicSubscription:TopicSubscription",
    lambdaFunction: "aws:lambda/function:Function",
    lambdaPermission: "aws:lambda/permission:Permission",
    iamPolicy: "aws:iam/policy:Policy",
    role: "aws:iam/role:Role",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    rolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    tlsPrivateKey: "tls:index/privateKey:PrivateKey",
    tlsSelfSignedCertificate: "tls:index/selfSignedCert:SelfSignedCert",
    tlsLocallySignedCertificate: "tls:index/locallySignedCert:LocallySignedCert",
} as const;

/** A token of {@link resourceTypes}. */
export type ResourceType = (typeof resourceTypes)[keyof typeof resourceTypes];
