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

interface CidrChange {
    readonly Action: string;
    readonly LocationName: string;
    readonly CidrList: string[];
}

function locations(changes: CidrChange[]): Parameters[] {
    return changes
        .filter(({ Action }) => Action === "PUT")
        .map(({ LocationName, CidrList }) => ({ LocationName, CidrList }));
}

/** A document that the API takes as text and CloudFormation as an object. */
function parsed(document: unknown): unknown {
    return typeof document === "string" ? JSON.parse(document) : document;
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
    "route53:CreateCidrCollection": ({ Name }) => resource("AWS::Route53::CidrCollection", { Name }),
    // CloudFormation has locations as a part of their collection, which needs a name.
    "route53:ChangeCidrCollection": ({ Changes }) =>
        resource("AWS::Route53::CidrCollection", { Name: "any", Locations: locations(Changes as CidrChange[]) }),
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
    "sns:SetTopicAttributes": ({ TopicArn, AttributeName, AttributeValue }) =>
        AttributeName === "Policy"
            ? resource("AWS::SNS::TopicPolicy", { Topics: [TopicArn], PolicyDocument: parsed(AttributeValue) })
            : [],
    "events:PutRule": (input) => resource("AWS::Events::Rule", { ...input, EventPattern: parsed(input.EventPattern) }),
    // CloudFormation has targets as a part of their rule, so that they need something that triggers them.
    "events:PutTargets": ({ Targets }) => resource("AWS::Events::Rule", { ScheduleExpression: "rate(1 day)", Targets }),
    "iam:CreateRole": (input) =>
        resource("AWS::IAM::Role", {
            ...input,
            AssumeRolePolicyDocument: parsed(input.AssumeRolePolicyDocument),
        }),
    "iam:PutRolePolicy": (input) =>
        resource("AWS::IAM::RolePolicy", { ...input, PolicyDocument: parsed(input.PolicyDocument) }),
    "iam:CreatePolicy": ({ PolicyName, PolicyDocument, Path, Description }) =>
        resource("AWS::IAM::ManagedPolicy", {
            Path,
            Description,
            ManagedPolicyName: PolicyName,
            PolicyDocument: parsed(PolicyDocument),
        }),
    // CloudFormation takes source code where the API takes an archive, and the trail keeps neither code nor variables.
    "lambda:CreateFunction": ({ Tags, ...input }) =>
        resource("AWS::Lambda::Function", {
            ...without(input, "Publish", "Environment"),
            Code: { S3Bucket: "bucket", S3Key: "key" },
            Tags: Object.entries((Tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value })),
        }),
    "lambda:AddPermission": (input) =>
        resource("AWS::Lambda::Permission", without(input, "StatementId", "Qualifier", "RevisionId")),
    "secretsmanager:CreateSecret": (input) =>
        resource("AWS::SecretsManager::Secret", without(input, "ClientRequestToken", "SecretBinary")),
    "secretsmanager:PutResourcePolicy": (input) =>
        resource("AWS::SecretsManager::ResourcePolicy", { ...input, ResourcePolicy: parsed(input.ResourcePolicy) }),
};

/** A call that the cloud took, as CloudFormation resources; none where it has no counterpart here. */
export function toResources({ service, operation, parameters, outcome }: TrailEntry): TemplateResource[] {
    const convert = conversions[`${service}:${operation}`];
    return convert === undefined || outcome !== "ok" ? [] : convert(parameters);
}
