import { eventRuleId, eventTargetId, policyArn, recordId, topicArn } from "./identifiers";
import { byName, named, type Locator } from "./locator";
import {
    findCaCertificates,
    findCertificates,
    findCidrCollections,
    findDeviceCertificates,
    findHealthChecks,
    findSecrets,
    findSubscriptions,
    findZones,
} from "./search";

export type { Inputs, Locator } from "./locator";

/** How to find what was created, by Pulumi's resource type; docs/recovery.md says the same for an AWS account. */
const locators: Readonly<Record<string, Locator>> = {
    "aws:acm/certificate:Certificate": { kind: "searched", find: findCertificates },
    "aws:acm/certificateValidation:CertificateValidation": nothing("it waits for a certificate and makes nothing"),
    "aws:acmpca/certificate:Certificate": nothing("a certificate that nobody uses does no harm and cannot be deleted"),
    "aws:acmpca/certificateAuthority:CertificateAuthority": unfindable("a certificate authority is known by its ARN"),
    "aws:acmpca/certificateAuthorityCertificate:CertificateAuthorityCertificate": named("", "certificateAuthorityArn"),
    "aws:cloudcontrol/resource:Resource": unfindable("each kind of resource has an identifier of another form"),
    "aws:cloudwatch/eventRule:EventRule": { kind: "named", id: eventRuleId },
    "aws:cloudwatch/eventTarget:EventTarget": { kind: "named", id: eventTargetId },
    "aws:cloudwatch/metricAlarm:MetricAlarm": byName,
    "aws:iam/policy:Policy": { kind: "named", id: policyArn },
    "aws:iam/role:Role": byName,
    "aws:iam/rolePolicy:RolePolicy": named(":", "role", "name"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": named("/", "role", "policyArn"),
    "aws:iot/authorizer:Authorizer": byName,
    "aws:iot/caCertificate:CaCertificate": { kind: "searched", find: findCaCertificates },
    "aws:iot/certificate:Certificate": { kind: "searched", find: findDeviceCertificates },
    "aws:iot/domainConfiguration:DomainConfiguration": byName,
    "aws:iot/policy:Policy": byName,
    "aws:iot/policyAttachment:PolicyAttachment": named("|", "policy", "target"),
    "aws:iot/provisioningTemplate:ProvisioningTemplate": byName,
    "aws:iot/roleAlias:RoleAlias": named("", "alias"),
    "aws:iot/thingGroup:ThingGroup": byName,
    "aws:iot/thingType:ThingType": byName,
    "aws:lambda/function:Function": byName,
    "aws:lambda/permission:Permission": named("", "statementId"),
    "aws:route53/cidrCollection:CidrCollection": { kind: "searched", find: findCidrCollections },
    "aws:route53/cidrLocation:CidrLocation": named(",", "cidrCollectionId", "name"),
    "aws:route53/healthCheck:HealthCheck": { kind: "searched", find: findHealthChecks },
    "aws:route53/record:Record": { kind: "named", id: recordId },
    "aws:route53/zone:Zone": { kind: "searched", find: findZones },
    "aws:secretsmanager/secret:Secret": { kind: "searched", find: findSecrets },
    "aws:secretsmanager/secretVersion:SecretVersion": nothing(
        "the next deployment writes a version that supersedes it",
    ),
    "aws:sns/topic:Topic": { kind: "named", id: topicArn },
    "aws:sns/topicPolicy:TopicPolicy": named("", "arn"),
    "aws:sns/topicSubscription:TopicSubscription": { kind: "searched", find: findSubscriptions },
    "pulumi-nodejs:dynamic:Resource": nothing(
        "OCSP stapling is a setting of its domain configuration, which the next deployment makes again",
    ),
};

/**
 * How to find what a resource of a type has made; a type that is not known is a person's to look for.
 *
 * @param isCustom whether a provider makes it; what else there is are components and the stack itself
 */
export function locatorOf(type: string, isCustom = true): Locator {
    if (!isCustom || type.startsWith("pulumi:")) {
        return nothing("it lies in the state alone");
    }
    if (type.startsWith("tls:")) {
        return nothing("keys and certificates of the tls provider lie in the state alone");
    }
    const locator = Object.hasOwn(locators, type) ? locators[type] : undefined;
    return locator ?? unfindable("recovery does not know this type");
}

function nothing(because: string): Locator {
    return { kind: "nothing", because };
}

function unfindable(because: string): Locator {
    return { kind: "unfindable", because };
}
