import type { Finding } from "./finding";
import { partitionOf, type Partition } from "./regions";

/** Versions of TLS that AWS IoT Core speaks. */
export type TlsVersion = "1.2" | "1.3";

/** One of AWS IoT Core's predefined TLS security policies; own ones cannot be made. */
export interface SecurityPolicy {
    readonly name: string;
    readonly tlsVersions: readonly TlsVersion[];
    /** The only regions that have the policy; absent where every region of the partitions below has it. */
    readonly regions?: readonly string[];
    /** Whether AWS GovCloud (US) has it. */
    readonly govCloud: boolean;
}

const reference = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-endpoints-tls-config.html";

/**
 * AWS's table of security policies, without the regions in China, where nobody can choose one.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-endpoints-tls-config.html
 * @see https://docs.amazonaws.cn/en_us/iot/latest/developerguide/transport-security.html
 */
export const securityPolicies: readonly SecurityPolicy[] = [
    { name: "IoTSecurityPolicy_TLS13_1_3_2022_10", tlsVersions: ["1.3"], govCloud: false },
    { name: "IoTSecurityPolicy_TLS13_1_2_2022_10", tlsVersions: ["1.2", "1.3"], govCloud: false },
    { name: "IoTSecurityPolicy_TLS12_1_2_2022_10", tlsVersions: ["1.2"], govCloud: true },
    {
        name: "IoTSecurityPolicy_TLS12_1_0_2016_01",
        tlsVersions: ["1.2"],
        govCloud: false,
        regions: [
            "ap-east-1",
            "ap-northeast-2",
            "ap-south-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-north-1",
            "eu-west-2",
            "eu-west-3",
            "me-south-1",
            "sa-east-1",
            "us-east-2",
            "us-west-1",
        ],
    },
    {
        name: "IoTSecurityPolicy_TLS12_1_0_2015_01",
        tlsVersions: ["1.2"],
        govCloud: false,
        regions: ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"],
    },
];

/** What this project gives a domain whose configuration names no policy: TLS 1.3 and nothing older. */
export const defaultSecurityPolicy = "IoTSecurityPolicy_TLS13_1_3_2022_10";

/** What AWS gives a domain configuration that names no policy. */
export const awsDefaultSecurityPolicy = "IoTSecurityPolicy_TLS13_1_2_2022_10";

/** The policy of that exact name; AWS's names are case-sensitive. */
export function findSecurityPolicy(name: string): SecurityPolicy | undefined {
    return securityPolicies.find((policy) => policy.name === name);
}

type Offer = (policy: SecurityPolicy, region: string) => boolean;

const offerByPartition: Readonly<Record<Partition, Offer>> = {
    aws: ({ regions }, region) => regions === undefined || regions.includes(region),
    "aws-cn": () => false,
    "aws-us-gov": ({ govCloud }) => govCloud,
};

/** Whether AWS offers the policy in that region. */
export function isOfferedIn(policy: SecurityPolicy, region: string): boolean {
    return offerByPartition[partitionOf(region)](policy, region);
}

/** The names of all policies that AWS offers in that region, the newest first. */
export function securityPolicyNames(region?: string): string[] {
    return securityPolicies
        .filter((policy) => region === undefined || isOfferedIn(policy, region))
        .map((policy) => policy.name);
}

/**
 * Faults of a policy's name in one region.
 *
 * The name must be exact: AWS answers a wrong one at the end of a deployment, and several guides spell it with a small t.
 */
export function securityPolicyFindings(name: string, region: string, path: string): Finding[] {
    const policy = findSecurityPolicy(name);
    if (securityPolicyNames(region).length === 0) {
        return [
            {
                rule: "security-policy-region",
                severity: "high",
                path,
                got: `${name}, while in ${region} nobody can choose a security policy: AWS offers none in China`,
                expected: "regions where AWS IoT Core has security policies",
                remedy: `leave ${region} out; its domain configurations take no tlsConfig`,
                reference: "https://docs.amazonaws.cn/en_us/iot/latest/developerguide/transport-security.html",
            },
        ];
    }
    if (policy === undefined) {
        const close = securityPolicies.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
        return [
            {
                rule: "security-policy-name",
                severity: "high",
                path,
                got: JSON.stringify(name),
                expected: `one of ${securityPolicyNames(region).join(", ")}`,
                remedy: nameRemedy(close, region),
                reference,
            },
        ];
    }
    if (isOfferedIn(policy, region)) {
        return [];
    }
    return [
        {
            rule: "security-policy-region",
            severity: "high",
            path,
            got: `${name}, which AWS does not offer in ${region}`,
            expected: `one of ${securityPolicyNames(region).join(", ")}`,
            remedy: `choose a policy that ${region} has`,
            reference,
        },
    ];
}

function nameRemedy(close: SecurityPolicy | undefined, region: string): string {
    if (close === undefined) {
        return "use one of AWS's predefined policies; own ones cannot be made";
    }
    return isOfferedIn(close, region)
        ? `write it as ${close.name}; the name is case-sensitive`
        : `choose a policy that ${region} has; ${close.name} is spelt so, and not offered there`;
}
