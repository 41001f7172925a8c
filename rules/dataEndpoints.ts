import type { Finding } from "./finding";
import { dnsSuffixOf } from "./regions";

/** The endpoint type that a custom domain's record must point to. */
export const dataEndpointType = "iot:Data-ATS";

const reference = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";

/** What can be told from the host name of an AWS IoT endpoint. */
export interface IotEndpoint {
    readonly region: string;
    /** True for `iot:Data-ATS`, false for the older endpoints that no custom domain may point to. */
    readonly isDataEndpoint: boolean;
}

/** Reads an AWS IoT endpoint's host name; `undefined` where it is none. */
export function parseIotEndpoint(host: string): IotEndpoint | undefined {
    const match = /^([a-z0-9]+)(-ats)?\.iot\.([a-z0-9-]+)\.(amazonaws\.com(?:\.cn)?)\.?$/i.exec(host);
    const region = match?.[3]?.toLowerCase();
    if (match === null || region === undefined || match[4]?.toLowerCase() !== dnsSuffixOf(region)) {
        return undefined;
    }
    return { region, isDataEndpoint: match[2] !== undefined };
}

/** Faults of a record's target: it must be the data endpoint of the region whose domain configuration it stands for. */
export function dataEndpointFindings(target: string, region: string, path: string): Finding[] {
    const endpoint = parseIotEndpoint(target);
    if (endpoint?.isDataEndpoint === true && endpoint.region === region) {
        return [];
    }
    return [
        {
            rule: "record-targets-data-endpoint",
            severity: "high",
            path,
            got: JSON.stringify(target.slice(0, 260)),
            expected: `the ${dataEndpointType} endpoint of ${region}, such as a1b2c3d4e5f6g7-ats.iot.${region}.${dnsSuffixOf(region)}`,
            remedy: `use the answer of: aws iot describe-endpoint --endpoint-type ${dataEndpointType} --region ${region}`,
            reference,
        },
    ];
}
