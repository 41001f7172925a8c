import * as examples from "../../policies/examples";
import { resourceTypes } from "../../policies/resourceTypes";
import { unknownObject, unknownText, type TestResource } from "./packProcess";
import { domainConfiguration, expiryAlarm, variant } from "./resources";
import { describeRules } from "./ruleTable";

type Properties = TestResource["properties"];

const claim = variant(examples.iotPolicy);
const device = variant(examples.devicePolicyExample);
const template = variant(examples.provisioningTemplate);
const role = variant(examples.provisioningRole);
const authorizer = variant(examples.authorizer);

const prefix = "arn:aws:iot:eu-central-1:123456789012";
const document = (...Statement: readonly unknown[]) => ({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown, others: Properties = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    ...others,
});
const claimTopic = `${prefix}:topic/$aws/certificates/create/*`;

const resource =
    (type: string) =>
    (properties: Properties, options: Omit<TestResource, "type" | "properties"> = {}): TestResource => ({
        type,
        properties,
        ...options,
    });
const permission = resource(resourceTypes.lambdaPermission);
const authority = resource(resourceTypes.caCertificate);
const topic = resource(resourceTypes.topic);
const subscription = resource(resourceTypes.topicSubscription);
const topicPolicy = resource(resourceTypes.topicPolicy);
const attachment = resource(resourceTypes.rolePolicyAttachment);
const inline = resource(resourceTypes.rolePolicy);
const iamPolicy = resource(resourceTypes.iamPolicy);

const trust = (statement: Properties) => ({
    assumeRolePolicy: JSON.stringify(document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
});
const publish = (statement: Properties) =>
    topicPolicy({ policy: JSON.stringify(document(allow("sns:Publish", "*", statement))) });
const ownPolicy = (properties: Properties, options: { readonly name: string }) =>
    iamPolicy({ policy: JSON.stringify(document(allow("dynamodb:*", "*"))), ...properties }, options);
const topicArn = "arn:aws:sns:eu-central-1:123456789012:alerts";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describeRules("policies on provisioning, access and alerts", {
    "iot-policy-document": {
        "accepts JSON text and objects": {
            resources: [claim(), claim({ policy: JSON.stringify(claim().properties["policy"]) })],
        },
        "refuses text that is no JSON": { resources: [claim({ policy: "allow all" })], violations: [/no JSON object/] },
        "refuses an older language": {
            resources: [claim({ policy: { ...document(allow("iot:Connect", "*")), Version: "2008-10-17" } })],
            violations: [/2012-10-17/],
        },
        "refuses more than 2048 characters": {
            resources: [device({ policy: document(allow("iot:Publish", `${prefix}:topic/${"a".repeat(2048)}`)) })],
            violations: [/2048/],
        },
        "waits for a policy of which something is not known yet": {
            resources: [claim({ policy: unknownText }), claim({ policy: document(allow("iot:Connect", unknownText)) })],
        },
        "judges what is known of a policy beside what is not": {
            resources: [
                claim({ policy: { ...document(allow("iot:Connect", unknownText)), Version: "2008-10-17" } }),
                claim({ policy: document(allow("iot:Connect", unknownText), { Effect: "Permit" }) }),
            ],
            violations: [/2012-10-17/, /a Statement\[1\] that is none/],
        },
    },
    "claim-policy": {
        "accepts provisioning and nothing else": { resources: [claim()] },
        "refuses another action": {
            resources: [claim({ policy: document(allow(["iot:Publish", "iot:UpdateThingShadow"], claimTopic)) })],
            violations: [/got "iot:UpdateThingShadow"/],
        },
        "refuses another topic": {
            resources: [claim({ policy: document(allow("iot:Publish", [claimTopic, `${prefix}:topic/telemetry`])) })],
            violations: [/Resource\[1\].*got "arn:aws:iot:eu-central-1:123456789012:topic\/telemetry"/],
        },
        "refuses every template": {
            resources: [
                claim({
                    policy: document(allow("iot:Publish", `${prefix}:topic/$aws/provisioning-templates/*/provision/*`)),
                }),
            ],
            violations: [/without wildcards/],
        },
        "refuses a policy for another region": {
            resources: [claim({ region: "us-east-1", policy: document(allow("iot:Publish", claimTopic)) })],
            violations: [/eu-central-1/],
        },
        "waits for a policy of which something is not known yet": {
            resources: [
                claim({ policy: unknownText }),
                claim({ policy: document(allow("iot:*", [claimTopic, unknownText])) }),
                claim({ policy: document(unknownObject) }),
                claim({ policy: unknownObject }),
            ],
        },
        "judges the statements that are known, at their places": {
            resources: [
                claim({
                    policy: document(
                        allow("iot:Publish", unknownText),
                        allow("iot:UpdateThingShadow", claimTopic),
                        allow("iot:Connect", "*"),
                    ),
                }),
            ],
            violations: [/Statement\[1\]\.Action: .*got "iot:UpdateThingShadow"/],
        },
        "leaves policies of devices to another rule": { resources: [device({ policy: document(allow("*", "*")) })] },
    },
    "device-policy": {
        "judges of a policy that may be one for claims what holds for both": {
            resources: [
                device({
                    policy: document(
                        allow("iot:Publish", unknownText),
                        allow("iot:Connect", `${prefix}:client/*`),
                        allow("iot:*", `${prefix}:topic/*`),
                        { Effect: "Allow", NotAction: "iot:Publish", Resource: "*" },
                    ),
                }),
            ],
            violations: [/Statement\[2\]\.Action: .*got "iot:\*"/, /Statement\[3\]\.NotAction/],
        },
        "accepts a device's own client and topics": { resources: [device()] },
        "refuses a wildcard for actions, clients and topics": {
            resources: [device({ policy: document(allow("iot:*", "*")) })],
            violations: [/got "iot:\*"/, /Resource/],
        },
        "refuses any client ID": {
            resources: [device({ policy: document(allow("iot:Connect", `${prefix}:client/*`)) })],
            violations: [/client\/\*/],
        },
        "refuses everything but something": {
            resources: [
                device({
                    policy: document({ Effect: "Allow", NotAction: "iot:Publish", Resource: `${prefix}:topic/a` }),
                }),
            ],
            violations: [/got NotAction in a statement that allows/],
        },
        "accepts what is denied": {
            resources: [device({ policy: document({ Effect: "Deny", Action: "iot:*", Resource: "*" }) })],
        },
        "leaves policies of claims to another rule": { resources: [claim()] },
        "waits for a policy that is not known yet": { resources: [device({ policy: unknownText })] },
    },
    "provisioning-template-body": {
        "accepts a template that provisions": { resources: [template()] },
        "refuses a name of 37 characters": {
            resources: [template({ name: "t".repeat(37) })],
            violations: [/name: .*36/],
        },
        "refuses a body of more than 10240 characters": {
            resources: [
                template({ templateBody: `${String(template().properties["templateBody"])}${" ".repeat(10_240)}` }),
            ],
            violations: [/at most 10240 characters/],
        },
        "refuses a body that is no JSON": {
            resources: [template({ templateBody: "{" })],
            violations: [/no JSON object/],
        },
        "judges the name while the body is not known yet": {
            resources: [template({ name: "a name", templateBody: unknownText })],
            violations: [/name: .*got "a name"/],
        },
        "waits for the type": { resources: [template({ type: unknownText, templateBody: "{}" })] },
    },
    "provisioning-template-hook": {
        "accepts a hook, known or not": { resources: [template(), template({ preProvisioningHook: unknownObject })] },
        "advises on a template without one": {
            resources: [template({ preProvisioningHook: undefined })],
            violations: [/preProvisioningHook: .*got nothing/],
        },
        "takes a template without a type for one by claim": {
            resources: [template({ preProvisioningHook: undefined, type: undefined })],
            violations: [/got nothing/],
        },
        "leaves just-in-time provisioning alone": {
            resources: [template({ preProvisioningHook: undefined, type: "JITP" })],
        },
    },
    "provisioning-template-enabled": {
        "accepts a template that is enabled": { resources: [template({ enabled: true })] },
        "advises on the default, which is not": {
            resources: [template({ enabled: undefined }), template({ enabled: false })],
            violations: [/got nothing/, /got false/],
        },
        "waits for what is not known yet": { resources: [template({ enabled: unknownText })] },
    },
    "provisioning-role-trust": {
        "accepts a condition on the account": { resources: [role()] },
        "accepts a condition in other letters": {
            resources: [
                role(
                    trust({
                        Principal: { Service: ["iot.amazonaws.com", "lambda.amazonaws.com"] },
                        Condition: { ArnLike: { "AWS:sourceArn": `${prefix}:*` } },
                    }),
                ),
            ],
        },
        "refuses AWS IoT Core without a condition": {
            resources: [role(trust({ Principal: { Service: ["lambda.amazonaws.com", "iot.amazonaws.com"] } }))],
            violations: [/assumeRolePolicy\.Statement\[0\]\.Condition: .*got iot\.amazonaws\.com without a condition/],
        },
        "refuses a condition that leaves nobody out": {
            resources: [
                { StringLike: { "aws:SourceAccount": "*" } },
                { StringNotEquals: { "aws:SourceAccount": "123456789012" } },
                { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } },
                { ArnLike: { "aws:SourceArn": ["arn:aws:iot:*:123456789012:*", "arn:aws:iot:*:*:*"] } },
                { StringLike: { "aws:SourceArn": "arn:aws:iot:*" } },
                { StringEquals: { "aws:SourceAccount": [] } },
                { Bool: { "aws:SecureTransport": "true" } },
            ].map((Condition) => role(trust({ Principal: { Service: "iot.amazonaws.com" }, Condition }))),
            violations: Array.from(
                { length: 7 },
                () => /iot\.amazonaws\.com without a condition that leaves anybody out/,
            ),
        },
        "refuses everybody, however it is written": {
            resources: [
                role(trust({ Principal: "*" })),
                role(trust({ Principal: { AWS: ["*"] } })),
                role(trust({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })),
            ],
            violations: [/got everybody/, /got everybody/, /got everybody/],
        },
        "leaves roles of other services alone": {
            resources: [role(trust({ Principal: { Service: "ec2.amazonaws.com" } }))],
        },
        "waits for a trust that is not known yet": { resources: [role({ assumeRolePolicy: unknownText })] },
    },
    "provisioning-role-permissions": {
        "refuses an administrator, told by the role's name": {
            resources: [template(), role(), attachment({ role: "provisioning", policyArn: administrator })],
            violations: [/got AdministratorAccess/],
        },
        "refuses an administrator, told by where the ARN comes from": {
            resources: [
                role({ arn: unknownText, name: unknownText }, { name: "role" }),
                template({ provisioningRoleArn: unknownText }, { sources: { provisioningRoleArn: ["role"] } }),
                attachment(
                    { role: unknownText, policyArn: administrator },
                    { name: "attachment", sources: { role: ["role"] } },
                ),
            ],
            violations: [/got AdministratorAccess/],
        },
        "refuses all actions in a policy of the role's own": {
            resources: [
                template(),
                role(),
                inline({
                    role: "provisioning",
                    policy: JSON.stringify(document(allow(["iot:*", "iot:RegisterThing"], "*"))),
                }),
            ],
            violations: [/policy\.Statement\[0\]\.Action: .*got "iot:\*"/],
        },
        "refuses actions of other services, wildcards, and all but some, and accepts looking": {
            resources: [
                template(),
                role(),
                inline({
                    role: "provisioning",
                    policy: JSON.stringify(
                        document(
                            allow(["iot:RegisterThing", "iot:Describe*", "logs:PutLogEvents"], "*"),
                            allow(["s3:GetObject", "iot:Create*", "iot:?egisterThing", "*:*"], "*"),
                            { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
                        ),
                    ),
                }),
            ],
            violations: [
                /Statement\[1\]\.Action: .*got "s3:GetObject"/,
                /got "iot:Create\*"/,
                /got "iot:\?egisterThing"/,
                /got "\*:\*"/,
                /Statement\[2\]\.NotAction: .*got everything but/,
            ],
        },
        "refuses what stands in the role itself": {
            resources: [
                template(),
                role({
                    managedPolicyArns: [administrator, "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration"],
                    inlinePolicies: [unknownObject, { name: "all", policy: JSON.stringify(document(allow("*", "*"))) }],
                }),
            ],
            violations: [/managedPolicyArns\[0\]: /, /inlinePolicies\[1\]\.policy\.Statement\[0\]\.Action/],
        },
        "refuses a policy of the stack's own that is attached, told by its ARN and by where that comes from": {
            resources: [
                template(),
                role(),
                ownPolicy({ arn: "arn:aws:iam::123456789012:policy/wide" }, { name: "by ARN" }),
                attachment({ role: "provisioning", policyArn: "arn:aws:iam::123456789012:policy/wide" }),
                ownPolicy({ arn: unknownText }, { name: "by source" }),
                attachment(
                    { role: "provisioning", policyArn: unknownText },
                    { name: "other", sources: { policyArn: ["by source"] } },
                ),
                ownPolicy({ arn: "arn:aws:iam::123456789012:policy/elsewhere" }, { name: "not attached" }),
            ],
            violations: [/got "dynamodb:\*"/, /got "dynamodb:\*"/],
        },
        "leaves other roles alone": {
            resources: [template(), role(), attachment({ role: "operations", policyArn: administrator })],
        },
    },
    "lambda-permission-source": {
        "accepts the ARN of a template, known or not": {
            resources: [
                permission({ principal: "iot.amazonaws.com", sourceArn: `${prefix}:provisioningtemplate/telemetry` }),
                permission({ principal: "iot.amazonaws.com", sourceArn: unknownText }),
            ],
        },
        "refuses none": { resources: [permission({ principal: "iot.amazonaws.com" })], violations: [/got nothing/] },
        "refuses the account alone": {
            resources: [permission({ principal: "iot.amazonaws.com", sourceAccount: "123456789012" })],
            violations: [/got an account alone/],
        },
        "refuses an ARN of every account": {
            resources: [permission({ principal: "iot.amazonaws.com", sourceArn: "arn:aws:iot:*:*:*" })],
            violations: [/got "arn:aws:iot:\*:\*:\*"/],
        },
        "refuses everybody, unless something leaves others out": {
            resources: [
                permission({ principal: "*" }),
                permission({ principal: "*", principalOrgId: "o-a1b2c3d4e5" }),
                permission({ principal: "*", functionUrlAuthType: "AWS_IAM" }),
            ],
            violations: [/principal: .*got everybody/],
        },
        "leaves other callers alone": { resources: [permission({ principal: "events.amazonaws.com" })] },
        "waits for a caller that is not known yet": { resources: [permission({ principal: unknownText })] },
    },
    "ca-certificate-mode": {
        "accepts each mode with what it asks for": {
            resources: [
                authority({ certificateMode: "SNI_ONLY" }),
                authority({ certificateMode: "DEFAULT", verificationCertificatePem: unknownText }),
            ],
        },
        "refuses DEFAULT without a verification certificate": {
            resources: [authority({})],
            violations: [/in the mode DEFAULT, got nothing/],
        },
        "refuses SNI_ONLY with one": {
            resources: [authority({ certificateMode: "SNI_ONLY", verificationCertificatePem: "pem" })],
            violations: [/expected none in the mode SNI_ONLY, got a certificate/],
        },
        "refuses another mode": { resources: [authority({ certificateMode: "SNI" })], violations: [/got "SNI"/] },
        "refuses to register devices without a template": {
            resources: [authority({ certificateMode: "SNI_ONLY", allowAutoRegistration: true })],
            violations: [/registrationConfig: .*got nothing/],
        },
        "waits for the mode and judges the registration": {
            resources: [authority({ certificateMode: unknownText, allowAutoRegistration: true })],
            violations: [/registrationConfig/],
        },
    },
    "authorizer-signing": {
        "accepts signed tokens": { resources: [authorizer()] },
        "advises against unsigned ones": {
            resources: [authorizer({ signingDisabled: true })],
            violations: [/got true/],
        },
        "names what signing needs": {
            resources: [
                authorizer({ tokenKeyName: undefined, tokenSigningPublicKeys: undefined, signingDisabled: undefined }),
            ],
            violations: [/tokenKeyName/, /tokenSigningPublicKeys/],
        },
        "waits for what is not known yet": {
            resources: [authorizer({ signingDisabled: unknownText, tokenKeyName: undefined })],
        },
    },
    "alarm-subscription": {
        "advises on a topic that nobody hears": {
            resources: [topic({ arn: topicArn }), expiryAlarm({ alarmActions: [topicArn] })],
            violations: [/got a topic without a subscription/],
        },
        "tells topics by where their ARN comes from": {
            resources: [
                topic({ arn: unknownText }, { name: "heard" }),
                topic({ arn: unknownText }, { name: "unheard" }),
                subscription({ topic: unknownText }, { name: "ops", sources: { topic: ["heard"] } }),
                expiryAlarm(
                    { alarmActions: [unknownText, unknownText] },
                    { sources: { alarmActions: ["heard", "unheard"] } },
                ),
            ],
            violations: [/without a subscription/],
        },
        "leaves other topics alone": { resources: [topic({ arn: topicArn }), expiryAlarm()] },
    },
    "topic-policy": {
        "accepts a principal of the account": {
            resources: [publish({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })],
        },
        "refuses everybody, however it is written": {
            resources: [
                publish({ Principal: "*" }),
                publish({ Principal: { AWS: ["*"] } }),
                publish({ NotPrincipal: { AWS: "arn:aws:iam::999999999999:root" } }),
                publish({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } }),
            ],
            violations: [/got everybody/, /got everybody/, /got everybody/, /got everybody/],
        },
        "refuses a service for any account": {
            resources: [publish({ Principal: { Service: "cloudwatch.amazonaws.com" } })],
            violations: [/got cloudwatch\.amazonaws\.com for any account/],
        },
        "accepts everybody of one account": {
            resources: [
                publish({ Principal: "*", Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } } }),
            ],
        },
        "waits for a policy that is not known yet": { resources: [topicPolicy({ policy: unknownText })] },
        "waits for a statement that is not known yet, and judges the others": {
            resources: [
                topicPolicy({
                    policy: document(
                        allow("sns:Publish", "*", {
                            Principal: "*",
                            Condition: { StringEquals: { "aws:SourceAccount": unknownText } },
                        }),
                        allow("sns:Publish", "*", { Principal: "*" }),
                    ),
                }),
            ],
            violations: [/policy\.Statement\[1\]\.Principal/],
        },
    },
    "required-tags": {
        "asks for none by default": { resources: [domainConfiguration({ tags: undefined })] },
        "names each tag that is missing": {
            resources: [domainConfiguration({ tags: { owner: "fleet" } })],
            settings: { keys: ["owner", "costCenter", "constructor"] },
            violations: [/tags\.costCenter/, /tags\.constructor/],
        },
        "counts default tags": {
            resources: [domainConfiguration({ tags: undefined, tagsAll: { owner: "fleet" } })],
            settings: { keys: ["owner"] },
        },
        "waits for tags that are not known yet": {
            resources: [domainConfiguration({ tags: unknownObject })],
            settings: { keys: ["owner"] },
        },
    },
});
