import { partitionOf } from "../regions";

/** An account in one region: what the ARNs of a region's resources have in common. */
export interface Location {
    readonly region: string;
    readonly account: string;
}

/** The ARN of a resource of AWS IoT Core, such as `thing/sensor-1`. */
export function iotArn({ region, account }: Location, resource: string): string {
    return `arn:${partitionOf(region)}:iot:${region}:${account}:${resource}`;
}

/** The ARN of a provisioning template; known before the template is there, so that permissions can come first. */
export function provisioningTemplateArn(location: Location, templateName: string): string {
    return iotArn(location, `provisioningtemplate/${templateName}`);
}

/** The ARN of an authorizer; known before the authorizer is there. */
export function authorizerArn(location: Location, authorizerName: string): string {
    return iotArn(location, `authorizer/${authorizerName}`);
}
