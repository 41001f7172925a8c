import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SchemaValidator, TemplateFile } from "@aws/cloudformation-validate";
import type { TrailEntry } from "../../../sandbox/cloud";

/** A resource of a CloudFormation template. */
export interface TemplateResource {
    readonly Type: string;
    readonly Properties: Record<string, unknown>;
}

type Parameters = Record<string, unknown>;
type Conversion = (parameters: Parameters) => TemplateResource[];

function capitalized(value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return value;
    }
    const entries = Object.entries(value).map(([name, item]) => [name[0]?.toUpperCase() + name.slice(1), item]);
    return Object.fromEntries(entries.map(([name, item]) => [name, name === "Tags" ? item : capitalized(item)]));
}

function without(parameters: Parameters, ...names: string[]): Parameters {
    return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}

const resource = (Type: string, Properties: unknown): TemplateResource[] => [
    { Type, Properties: Properties as Record<string, unknown> },
];

interface RecordChange {
    readonly Action: string;
    readonly ResourceRecordSet: Parameters & { readonly ResourceRecords?: Array<{ Value: string }>; TTL?: number };
}

function recordSets({ HostedZoneId, ChangeBatch }: Parameters): TemplateResource[] {
    const { Changes } = ChangeBatch as { Changes: RecordChange[] };
    return Changes.filter(({ Action }) => Action !== "DELETE").flatMap(({ ResourceRecordSet: record }) =>
        resource("AWS::Route53::RecordSet", {
            ...record,
            HostedZoneId: String(HostedZoneId).replace("/hostedzone/", ""),
            TTL: record.TTL === undefined ? undefined : String(record.TTL),
            ResourceRecords: record.ResourceRecords?.map(({ Value }) => Value),
        }),
    );
}

/** Attributes of a topic or a subscription, which CloudFormation takes as JSON values where they are such. */
function attributes(given: unknown, textual: readonly string[]): Parameters {
    return Object.fromEntries(
        Object.entries((given ?? {}) as Record<string, string>).map(([name, value]) => [
            name,
            textual.includes(name) ? value : (JSON.parse(value) as unknown),
        ]),
    );
}

/** The CloudFormation resources that say the same as a call, by the call's name. */
const conversions: Readonly<Record<string, Conversion>> = {
    "iot:CreateDomainConfiguration": (input) => resource("AWS::IoT::DomainConfiguration", capitalized(input)),
    "acm:RequestCertificate": ({ Options, ...request }) => {
        const input = without(request, "IdempotencyToken");
        const { CertificateTransparencyLoggingPreference, Export: CertificateExport } = (Options ?? {}) as Parameters;
        const options = { CertificateTransparencyLoggingPreference, CertificateExport };
        return resource("AWS::CertificateManager::Certificate", { ...input, ...options });
    },
    "route53:ChangeResourceRecordSets": recordSets,
    "route53:CreateHealthCheck": ({ HealthCheckConfig }) =>
        resource("AWS::Route53::HealthCheck", { HealthCheckConfig }),
    "cloudwatch:PutMetricAlarm": (input) => resource("AWS::CloudWatch::Alarm", input),
    "sns:CreateTopic": ({ Name, Attributes, Tags }) => {
        const own = without((Attributes ?? {}) as Parameters, "Policy", "DeliveryPolicy");
        const textual = ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig", "FifoThroughputScope"];
        return resource("AWS::SNS::Topic", { TopicName: Name, Tags, ...attributes(own, textual) });
    },
    "sns:Subscribe": ({ TopicArn, Protocol, Endpoint, Attributes }) =>
        resource("AWS::SNS::Subscription", {
            TopicArn,
            Protocol,
            Endpoint,
            ...attributes(Attributes, ["SubscriptionRoleArn", "FilterPolicyScope"]),
        }),
};

/** A call that the cloud took, as CloudFormation resources; none where it has no counterpart here. */
export function toResources({ service, operation, parameters, outcome }: TrailEntry): TemplateResource[] {
    const convert = conversions[`${service}:${operation}`];
    return convert === undefined || outcome !== "ok" ? [] : convert(parameters);
}

/** Takes more than a second to make, so that one serves all tests. */
let validator: SchemaValidator | undefined;

/**
 * What AWS's own resource schemas refuse.
 *
 * They come from AWS and know nothing of this model, so they tell where it accepts what AWS would not.
 */
export function judge(region: string, resources: readonly TemplateResource[]): string[] {
    const directory = mkdtempSync(path.join(os.tmpdir(), "iot-domains-judge-"));
    const file = path.join(directory, "template.json");
    const named = resources.map((resource, index) => [`Resource${index}`, resource] as const);
    const template = { AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(named) };
    writeFileSync(file, JSON.stringify(template));
    validator ??= new SchemaValidator();
    try {
        return validator
            .validate(new TemplateFile(file), region)
            .filter(({ severity }) => severity === "FATAL" || severity === "ERROR")
            .map(({ ruleId, message, entity }) => {
                const judged = named.find(([name]) => name === entity?.logicalId)?.[1];
                return `${ruleId} ${message} in ${JSON.stringify(judged)}`;
            });
    } finally {
        rmSync(directory, { recursive: true });
    }
}
