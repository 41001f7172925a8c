/** What credentials are used for, and the actions of IAM that this takes. */
export interface Permissions {
    /** In words that follow a bullet. */
    readonly purpose: string;
    readonly actions: readonly string[];
    /** Resources to which the actions can be narrowed, in words. */
    readonly resources: string;
}

/**
 * The least permissions of each thing that is done with credentials; what may not be asked is told as not seen.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiot.html
 */
export const permissions = {
    look: {
        purpose: "What AWS says of domains, certificates and health checks",
        actions: [
            "acm:DescribeCertificate",
            "acm:GetCertificate",
            "iot:DescribeDomainConfiguration",
            "route53:GetHealthCheck",
            "route53:GetHealthCheckStatus",
        ],
        resources: "the stack's own",
    },
    provisioning: {
        purpose: "What AWS says of provisioning",
        actions: ["iot:DescribeCACertificate", "iot:DescribeCertificate", "iot:DescribeProvisioningTemplate"],
        resources: "the stack's own",
    },
    signature: {
        purpose: "MQTT over WebSocket and HTTPS with a signature",
        actions: ["iot:Connect", "iot:Publish", "iot:Receive", "iot:Subscribe"],
        resources:
            "`client/iot-domains-verify-*`, and `topic/` and `topicfilter/` with `iot-domains/verify/*` behind them",
    },
    testDevice: {
        purpose: "`--test-device`: a device for the look",
        actions: [
            "iot:AttachPolicy",
            "iot:CreateKeysAndCertificate",
            "iot:CreatePolicy",
            "iot:DeleteCertificate",
            "iot:DeletePolicy",
            "iot:DetachPolicy",
            "iot:UpdateCertificate",
        ],
        resources: "`cert/*`, `policy/iot-domains-verify-*`",
    },
    standIns: {
        purpose: "`--test-device --provision`: stand-ins for claims and CAs whose keys are not at hand",
        actions: [
            "iam:PassRole",
            "iot:AttachPolicy",
            "iot:CreateKeysAndCertificate",
            "iot:DeleteCACertificate",
            "iot:DeleteCertificate",
            "iot:DescribeCACertificate",
            "iot:DescribeCertificate",
            "iot:DetachPolicy",
            "iot:ListAttachedPolicies",
            "iot:RegisterCACertificate",
            "iot:UpdateCACertificate",
            "iot:UpdateCertificate",
        ],
        resources: "`cert/*`, `cacert/*`, the claims' policy, the provisioning role",
    },
    cleanUp: {
        purpose: "`--cleanup`: removing what was provisioned",
        actions: [
            "iot:DeleteCertificate",
            "iot:DeleteThing",
            "iot:DescribeCertificate",
            "iot:DetachPolicy",
            "iot:DetachThingPrincipal",
            "iot:ListAttachedPolicies",
            "iot:ListPrincipalThings",
            "iot:UpdateCertificate",
        ],
        resources: "`cert/*`, the devices' things and policy",
    },
} as const satisfies Readonly<Record<string, Permissions>>;
