import type { ProviderDefinition } from "../framework/resources";
import { certificate } from "./acm/certificate";
import { certificateValidation } from "./acm/certificateValidation";
import type { Aws } from "./client";
import { metricAlarm } from "./cloudwatch/metricAlarm";
import { configuration } from "./configuration";
import { getCallerIdentity } from "./getCallerIdentity";
import { getPartition } from "./getPartition";
import { getRegion } from "./getRegion";
import { getPolicyDocument } from "./iam/getPolicyDocument";
import { domainConfiguration } from "./iot/domainConfiguration";
import { getEndpoint } from "./iot/getEndpoint";
import { getZone } from "./route53/getZone";
import { record } from "./route53/record";
import { zone } from "./route53/zone";
import { openSession } from "./session";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topicPolicy";
import { topicSubscription } from "./sns/topicSubscription";

/** The version of Pulumi's provider for AWS that this one behaves like. */
const version = "7.48.0";

/** AWS's resource types and functions that the sandbox knows. */
export const aws: ProviderDefinition<Aws> = {
    name: "aws",
    version,
    configuration,
    resources: {
        "aws:acm/certificate:Certificate": certificate,
        "aws:acm/certificateValidation:CertificateValidation": certificateValidation,
        "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
        "aws:iot/domainConfiguration:DomainConfiguration": domainConfiguration,
        "aws:route53/record:Record": record,
        "aws:route53/zone:Zone": zone,
        "aws:sns/topic:Topic": topic,
        "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
        "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
    },
    functions: {
        "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
        "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
        "aws:index/getPartition:getPartition": getPartition,
        "aws:index/getRegion:getRegion": getRegion,
        "aws:iot/getEndpoint:getEndpoint": getEndpoint,
        "aws:route53/getZone:getZone": getZone,
    },
    configure: openSession,
};
