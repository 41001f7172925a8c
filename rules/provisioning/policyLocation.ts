import type { Finding } from "../finding";
import { parseResource } from "./iotActions";
import { asList, type PolicyStatement } from "./policyDocument";

/**
 * Faults of the regions that a statement's resources name.
 *
 * AWS IoT policies belong to a region, and a resource of another region never matches there: the policy looks right and
 * allows nothing.
 *
 * @param region The region in which the policy is; without it there is nothing to compare.
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-action-resources.html
 */
export function locationFindings(statement: PolicyStatement, path: string, region: string | undefined): Finding[] {
    return asList(statement.Resource).flatMap((resource, index) => {
        const { region: named } = parseResource(resource);
        if (region === undefined || named === undefined || named === region) {
            return [];
        }
        return [
            {
                rule: "iot-policy-region",
                severity: "high" as const,
                path: Array.isArray(statement.Resource) ? `${path}.Resource[${index}]` : `${path}.Resource`,
                got: `a resource in ${named === "" ? "no region" : named}`,
                expected: `a resource in ${region}, where the policy is`,
                remedy: `write ${region} into the ARN; each region needs a policy of its own`,
                reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-action-resources.html",
            },
        ];
    });
}
