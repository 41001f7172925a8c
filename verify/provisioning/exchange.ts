import type { MqttSession } from "../protocols/mqttSession";
import { generateKeys, privateKeyPem, signingAlgorithm, x509 } from "./keyPairs";

/** An answer on a topic that ends with `rejected`. @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html */
export class Rejection extends Error {
    public constructor(
        public readonly statusCode: number,
        public readonly errorCode: string,
        public readonly errorMessage: string,
    ) {
        super(`${statusCode} ${errorCode}: ${errorMessage}`);
    }
}

/**
 * Asks AWS IoT Core something over MQTT, and waits for the answer.
 *
 * @throws {Rejection} {MqttFailure}
 */
export async function ask<Answer>(session: MqttSession, topic: string, request: object): Promise<Answer> {
    const [accepted, rejected] = [`${topic}/accepted`, `${topic}/rejected`];
    await session.subscribe(accepted);
    await session.subscribe(rejected);
    await session.publish(topic, JSON.stringify(request));
    const answer = await session.receive(accepted, rejected);
    const content = parsed<Answer & Partial<Rejection>>(answer.payload);
    if (answer.topic === rejected) {
        throw new Rejection(content.statusCode ?? 0, content.errorCode ?? "", content.errorMessage ?? "");
    }
    return content;
}

/** The content may be secret, so no error quotes it. @throws {Rejection} */
function parsed<Content>(payload: Buffer): Content {
    try {
        return JSON.parse(payload.toString()) as Content;
    } catch {
        throw new Rejection(0, "", "an answer that is no JSON");
    }
}

/** A certificate that waits for its thing. */
export interface ClaimedCertificate {
    readonly certificateId: string;
    readonly certificatePem: string;
    /** PEM. Secret. */
    readonly privateKey: string;
    /** Secret: who has it can register the thing. */
    readonly certificateOwnershipToken: string;
}

/** How a device gets its certificate, by the operation's name. Each throws as {@link ask} does. */
export const certificateRequests: Readonly<Record<string, (session: MqttSession) => Promise<ClaimedCertificate>>> = {
    CreateKeysAndCertificate: (session) => ask<ClaimedCertificate>(session, "$aws/certificates/create/json", {}),
    CreateCertificateFromCsr: async (session) => {
        const { certificateSigningRequest, privateKey } = await makeSigningRequest();
        const topic = "$aws/certificates/create-from-csr/json";
        return { ...(await ask<ClaimedCertificate>(session, topic, { certificateSigningRequest })), privateKey };
    },
};

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html#register-thing */
export async function registerThing(
    session: MqttSession,
    templateName: string,
    certificateOwnershipToken: string,
    parameters: Readonly<Record<string, string>>,
): Promise<{ readonly thingName: string }> {
    const topic = `$aws/provisioning-templates/${templateName}/provision/json`;
    return ask(session, topic, { certificateOwnershipToken, parameters });
}

async function makeSigningRequest(): Promise<{ certificateSigningRequest: string; privateKey: string }> {
    const { Pkcs10CertificateRequestGenerator } = await x509();
    const keys = await generateKeys();
    const request = await Pkcs10CertificateRequestGenerator.create({
        name: "CN=iot-domains-verify",
        keys,
        signingAlgorithm,
    });
    return { certificateSigningRequest: request.toString("pem"), privateKey: await privateKeyPem(keys) };
}
