import { createPrivateKey, webcrypto } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { faultsOf } from "../faultKind";
import { MqttFailure } from "../protocols/mqttSession";
import type { Spoken } from "../protocols/protocols";
import { testName } from "../temporary";
import type { DevicePair, Entrance } from "./entrance";
import { generateKeys, privateKeyPem, signingAlgorithm, x509 } from "./keyPairs";
import { provisioningFaults } from "./faults";
import { tryProvisionedDevice } from "./provisionedDevice";
import { provisioningPath, type DeviceAuthority, type ProvisioningSettings } from "./settings";

const fault = faultsOf(provisioningFaults);

/** How long a device waits after it was turned away for the first time; each further pause is twice as long. */
const firstPauseInMilliseconds = 250;

const leafLifetimeInMilliseconds = 24 * 60 * 60 * 1000;

interface Leaf extends DevicePair {
    readonly commonName: string;
    readonly certificateId: string;
}

/** Has a device of a registered CA come in for the first time: it is turned away, registered, and let in. */
export async function provisionJustInTime(
    entrance: Entrance,
    authority: DeviceAuthority,
    settings: ProvisioningSettings,
): Promise<Spoken[]> {
    const what = `a device of ${authority.title}`;
    const path = provisioningPath(entrance.region, "justInTime");
    const leaf = await issueLeaf(authority, entrance.reach.now());
    settings.made(entrance.region, { certificateId: leaf.certificateId, thingName: leaf.commonName });
    const started = performance.now();
    let last = "";
    let attempt = 0;
    for (let pause = firstPauseInMilliseconds; pause <= entrance.reach.timeouts.answer; pause *= 2) {
        attempt++;
        try {
            const session = await entrance.connect(leaf.commonName, leaf, path);
            if (!("rule" in session)) {
                session.close();
                const milliseconds = Math.round(performance.now() - started);
                const detail = `${leaf.commonName} was let in at attempt ${attempt}`;
                const subject = { thingName: leaf.commonName, device: leaf, path };
                const tried = await tryProvisionedDevice(entrance, subject, settings.topic);
                return [
                    { what, detail, findings: [], milliseconds },
                    { what: `the device that came from ${authority.title}`, ...tried },
                ];
            }
            last = session.got;
        } catch (error) {
            if (!(error instanceof MqttFailure)) {
                throw error;
            }
            last = error.message;
        }
        // AWS registers a device within seconds after it has turned it away once.
        await delay(pause);
    }
    const got = `${last}, at each of ${attempt} attempts`;
    return [{ what, detail: got, findings: [fault("just-in-time-refused", { path, got })] }];
}

/** A certificate of the CA for a device that exists for one look. */
async function issueLeaf(authority: DeviceAuthority, now: Date): Promise<Leaf> {
    const { X509Certificate, X509CertificateGenerator, BasicConstraintsExtension } = await x509();
    const issuer = new X509Certificate(authority.certificate);
    const commonName = testName();
    const keys = await generateKeys();
    const { algorithm, signingKey } = await readAuthorityKey(authority.privateKey);
    const certificate = await X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer: issuer.subject,
        notBefore: new Date(now.getTime() - 60_000),
        notAfter: new Date(now.getTime() + leafLifetimeInMilliseconds),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        extensions: [new BasicConstraintsExtension(false)],
    });
    return {
        commonName,
        certificateId: Buffer.from(await certificate.getThumbprint("SHA-256")).toString("hex"),
        // AWS wants to see the CA's certificate as well.
        certificate: `${certificate.toString("pem")}\n${issuer.toString("pem")}\n`,
        privateKey: await privateKeyPem(keys),
    };
}

const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

/** @throws Error for what is no private key in PEM */
async function readAuthorityKey(pem: string) {
    const key = createPrivateKey(pem);
    const curve = key.asymmetricKeyDetails?.namedCurve;
    const curves: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
    const algorithm =
        curve === undefined ? rsa : { ...signingAlgorithm, namedCurve: curves[curve] ?? signingAlgorithm.namedCurve };
    const der = key.export({ format: "der", type: "pkcs8" });
    const signingKey = await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
    return { algorithm, signingKey };
}
