import { lateCloud } from "../framework/lateCloud";
import type { ProviderDefinition } from "../framework/resources";
import { certificate as acmCertificate } from "./acm/certificate";
import { certificateValidation } from "./acm/certificateValidation";
import { certificate as privateCertificate } from "./acmpca/certificate";
import { certificateAuthority } from "./acmpca/certificateAuthority";
import { certificateAuthorityCertificate } from "./acmpca/certificateAuthorityCertificate";
import type { Aws } from "./client";
import { getResource } from "./cloudcontrol/getResource";
import { cloudControlResource } from "./cloudcontrol/resource";
import { metricAlarm } from "./cloudwatch/metricAlarm";
import { configuration } from "./configuration";
import { eventRule } from "./events/eventRule";
import { eventTarget } from "./events/eventTarget";
import { getCallerIdentity } from "./getCallerIdentity";
import { getPartition } from "./getPartition";
import { getRegion } from "./getRegion";
import { getPolicyDocument } from "./iam/getPolicyDocument";
import { policy as iamPolicy } from "./iam/policy";
import { role } from "./iam/role";
import { rolePolicy } from "./iam/rolePolicy";
import { rolePolicyAttachment } from "./iam/rolePolicyAttachment";
import { authorizer } from "./iot/authorizer";
import { caCertificate } from "./iot/caCertificate";
import { certificate as iotCertificate } from "./iot/certificate";
import { domainConfiguration } from "./iot/domainConfiguration";
import { getEndpoint } from "./iot/getEndpoint";
import { getRegistrationCode } from "./iot/getRegistrationCode";
import { policy as iotPolicy } from "./iot/policy";
import { policyAttachment } from "./iot/policyAttachment";
import { provisioningTemplate } from "./iot/provisioningTemplate";
import { roleAlias } from "./iot/roleAlias";
import { thingGroup } from "./iot/thingGroup";
import { thingType } from "./iot/thingType";
import { lambdaFunction } from "./lambda/function";
import { permission } from "./lambda/permission";
import { cidrCollection } from "./route53/cidrCollection";
import { cidrLocation } from "./route53/cidrLocation";
import { getZone } from "./route53/getZone";
import { healthCheck } from "./route53/healthCheck";
import { record } from "./route53/record";
import { zone } from "./route53/zone";
import { getSecretVersion } from "./secretsmanager/getSecretVersion";
import { secret } from "./secretsmanager/secret";
import { secretVersion } from "./secretsmanager/secretVersion";
import { openSession } from "./session";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topicPolicy";
import { topicSubscription } from "./sns/topicSubscription";

/** The version of Pulumi's provider for AWS that this one behaves like. */
const version = "7.48.0";

/**
 * AWS's resource types and functions that the sandbox knows.
 *
 * @param cloud where they are; what the environment names where it is left out
 */
export function awsProvider(cloud = lateCloud()): ProviderDefinition<Aws> {
    return {
        name: "aws",
        version,
        configuration,
        resources: {
            "aws:acm/certificate:Certificate": acmCertificate,
            "aws:acm/certificateValidation:CertificateValidation": certificateValidation,
            "aws:acmpca/certificate:Certificate": privateCertificate,
            "aws:acmpca/certificateAuthority:CertificateAuthority": certificateAuthority,
            "aws:acmpca/certificateAuthorityCertificate:CertificateAuthorityCertificate":
                certificateAuthorityCertificate,
            "aws:cloudcontrol/resource:Resource": cloudControlResource,
            "aws:cloudwatch/eventRule:EventRule": eventRule,
            "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
            "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
            "aws:iam/policy:Policy": iamPolicy,
            "aws:iam/role:Role": role,
            "aws:iam/rolePolicy:RolePolicy": rolePolicy,
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
            "aws:iot/authorizer:Authorizer": authorizer,
            "aws:iot/caCertificate:CaCertificate": caCertificate,
            "aws:iot/certificate:Certificate": iotCertificate,
            "aws:iot/domainConfiguration:DomainConfiguration": domainConfiguration,
            "aws:iot/policy:Policy": iotPolicy,
            "aws:iot/policyAttachment:PolicyAttachment": policyAttachment,
            "aws:iot/provisioningTemplate:ProvisioningTemplate": provisioningTemplate,
            "aws:iot/roleAlias:RoleAlias": roleAlias,
            "aws:iot/thingGroup:ThingGroup": thingGroup,
            "aws:iot/thingType:ThingType": thingType,
            "aws:lambda/function:Function": lambdaFunction,
            "aws:lambda/permission:Permission": permission,
            "aws:route53/cidrCollection:CidrCollection": cidrCollection,
            "aws:route53/cidrLocation:CidrLocation": cidrLocation,
            "aws:route53/healthCheck:HealthCheck": healthCheck,
            "aws:route53/record:Record": record,
            "aws:route53/zone:Zone": zone,
            "aws:secretsmanager/secret:Secret": secret,
            "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
            "aws:sns/topic:Topic": topic,
            "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
            "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
        },
        functions: {
            "aws:cloudcontrol/getResource:getResource": getResource,
            "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
            "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
            "aws:index/getPartition:getPartition": getPartition,
            "aws:index/getRegion:getRegion": getRegion,
            "aws:iot/getEndpoint:getEndpoint": getEndpoint,
            "aws:iot/getRegistrationCode:getRegistrationCode": getRegistrationCode,
            "aws:route53/getZone:getZone": getZone,
            "aws:secretsmanager/getSecretVersion:getSecretVersion": getSecretVersion,
        },
        configure: (values) => openSession(cloud, values),
    };
}
