import { webcrypto } from "node:crypto";
import type { MqttSession } from "../protocols/mqttSession";

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
    const content = JSON.parse(answer.payload.toString()) as Answer & Partial<Rejection>;
    if (answer.topic === rejected) {
        throw new Rejection(content.statusCode ?? 0, content.errorCode ?? "", content.errorMessage ?? "");
    }
    return content;
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
    const { PemConverter, Pkcs10CertificateRequestGenerator } = await x509();
    const keys = await generateKeys();
    const request = await Pkcs10CertificateRequestGenerator.create({
        name: "CN=iot-domains-verify",
        keys,
        signingAlgorithm,
    });
    const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
        certificateSigningRequest: request.toString("pem"),
        privateKey: PemConverter.encode(pkcs8, "PRIVATE KEY"),
    };
}

/** ECDSA on P-256, which AWS IoT Core takes. */
export const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A new key pair for a device. */
export function generateKeys(): Promise<CryptoKeyPair> {
    return webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** The library that makes certificates, which is loaded only where one is made. */
export async function x509() {
    await import("reflect-metadata");
    const library = await import("@peculiar/x509");
    return library;
}
