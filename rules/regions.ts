import type { Finding } from "./finding";

/** A partition of AWS: regions of one know nothing of those of another. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

const regionsReference = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html";

/**
 * The regions where AWS IoT Core has a control and a data plane.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html
 */
export const iotRegions = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "me-south-1",
    "me-central-1",
    "il-central-1",
    "ap-east-1",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-5",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-west-1",
    "us-gov-east-1",
] as const;

const prefixes: ReadonlyArray<readonly [string, Partition]> = [
    ["cn-", "aws-cn"],
    ["us-gov-", "aws-us-gov"],
];

/** The partition of a region, by the region's name alone, so that a region newer than this table has one too. */
export function partitionOf(region: string): Partition {
    return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/**
 * A region through which Amazon Route 53 of a partition can be spoken to: one service for all of the partition's regions.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/r53.html
 */
export const route53Regions: Readonly<Record<Partition, string>> = {
    aws: "us-east-1",
    "aws-cn": "cn-northwest-1",
    "aws-us-gov": "us-gov-west-1",
};

/** The suffix of the host names of a region's endpoints. */
export function dnsSuffixOf(region: string): string {
    return partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/**
 * Whether a text has the form of a region's name.
 *
 * A form and not the list above, because AWS opens regions faster than anybody updates a list.
 */
export function isRegionName(text: string): boolean {
    return /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);
}

/** Faults of a region's name; a region that is well formed but not in the list above gets advice only. */
export function regionFindings(region: string, path: string): Finding[] {
    if (!isRegionName(region)) {
        return [
            {
                rule: "region-name",
                severity: "high",
                path,
                got: JSON.stringify(region),
                expected: "the name of an AWS region such as eu-central-1",
                remedy: "correct the region's name",
                reference: regionsReference,
            },
        ];
    }
    if ((iotRegions as readonly string[]).includes(region)) {
        return [];
    }
    return [
        {
            rule: "region-known",
            severity: "low",
            path,
            got: region,
            expected: "a region that AWS lists for AWS IoT Core",
            remedy: "make sure that AWS IoT Core is offered there",
            reference: regionsReference,
        },
    ];
}

/** AWS's page on partitions. */
export const partitionReference = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html";

/** Faults of regions that no one account has, and so no one stack can serve. */
export function partitionFindings(regions: readonly string[], path: string): Finding[] {
    const partitions = [...new Set(regions.map(partitionOf))];
    return partitions.length <= 1
        ? []
        : [
              {
                  rule: "region-partition",
                  severity: "high",
                  path,
                  got: `regions of the partitions ${partitions.join(" and ")} (${regions.join(", ")})`,
                  expected: "regions of one partition",
                  remedy: "use a stack for each partition: accounts, credentials and roles belong to one",
                  reference: partitionReference,
              },
          ];
}
