/** Why a device was not provisioned, as it is told on the topic that ends with `/rejected`. @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html */
export class ProvisioningFailure extends Error {
    constructor(
        readonly statusCode: number,
        readonly errorCode: string,
        message: string,
    ) {
        super(message);
    }
}

/** A fault in what the device has sent, or in the template. */
export function invalid(message: string): ProvisioningFailure {
    return new ProvisioningFailure(400, "InvalidParameters", message);
}
