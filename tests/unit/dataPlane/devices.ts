import { devicePolicy } from "../../../rules/provisioning/devicePolicy";
import type { Cloud } from "../../../sandbox/cloud";
import { issueCertificate, type Signer } from "../../../sandbox/cloud/authority/certificates";

/** What a device connects with: PEM. */
export interface Device {
    readonly certificateArn: string;
    readonly certificateId: string;
    readonly cert: string;
    readonly key: string;
}

const topics = { publish: ["devices/${iot:Connection.Thing.ThingName}/*"], subscribe: ["devices/*"] };

export interface DeviceOptions {
    /** @default publishes below the topic of its own thing, and may hear every device */
    readonly policyDocument?: object;
    /** @default us-east-1 */
    readonly region?: string;
}

/** A device with an active certificate, a thing of its own name and a policy. */
export async function makeDevice(
    cloud: Cloud,
    name: string,
    { policyDocument, region = "us-east-1" }: DeviceOptions = {},
): Promise<Device> {
    const { cert, key } = await deviceCertificate(`CN=${name}`);
    const call = (operation: string, parameters: Record<string, unknown>): Promise<any> =>
        cloud.call({ service: "iot", operation, region, parameters });
    const { certificateArn, certificateId } = await call("RegisterCertificateWithoutCA", {
        certificatePem: cert,
        status: "ACTIVE",
    });
    const account = certificateArn.split(":")[4];
    const document = policyDocument ?? devicePolicy({ region, account }, topics);
    const policyName = `policy-of-${name}`;
    await call("CreatePolicy", { policyName, policyDocument: JSON.stringify(document) });
    await call("AttachPolicy", { policyName, target: certificateArn });
    await call("CreateThing", { thingName: name });
    await call("AttachThingPrincipal", { thingName: name, principal: certificateArn });
    return { certificateArn, certificateId, cert, key };
}

/** A certificate, self-signed or by a CA, and its key in PEM. */
export async function deviceCertificate(subject: string, signer?: Signer): Promise<{ cert: string; key: string }> {
    const now = Date.now();
    const validity = { notBefore: new Date(now - 60_000), notAfter: new Date(now + 24 * 60 * 60 * 1000) };
    const issued = await issueCertificate({ subject, ...validity }, "EC_prime256v1", signer);
    const key = Buffer.from(issued.privateKey).toString("base64");
    return { cert: issued.certificate, key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}
