/** How AWS's Go SDK calls each service in its errors, by the name that ARNs and IAM give it. */
export const serviceTitles = {
    acm: "ACM",
    "acm-pca": "ACM PCA",
    cloudcontrol: "CloudControl",
    cloudwatch: "CloudWatch",
    events: "EventBridge",
    iam: "IAM",
    iot: "IoT",
    lambda: "Lambda",
    route53: "Route 53",
    secretsmanager: "Secrets Manager",
    sns: "SNS",
    sts: "STS",
} as const;

export type ServiceName = keyof typeof serviceTitles;
