import { randomUUID } from "node:crypto";
import {
    AttachPolicyCommand,
    CreateKeysAndCertificateCommand,
    DeleteCertificateCommand,
    DetachPolicyCommand,
    UpdateCertificateCommand,
    type IoTClient,
} from "@aws-sdk/client-iot";

/** What everything that a look makes in an account is called at first. */
export const testNamePrefix = "iot-domains-verify-";

/** A name that nothing else has. */
export function testName(): string {
    return `${testNamePrefix}${randomUUID().slice(0, 8)}`;
}

/** Something that exists in an account for one look. */
export interface Temporary {
    /**
     * Takes everything away again that was made for it; what can be is removed even where something else cannot.
     *
     * @throws AggregateError with what AWS answered
     */
    readonly remove: () => Promise<void>;
}

/** Notes how a step is undone. */
export type Undoing = (undo: () => Promise<unknown>) => void;

/**
 * Makes something in steps, each of which says how it is undone.
 *
 * @throws what a step throws; whatever had been made by then is removed
 */
export async function makeTemporary<Made extends object>(
    make: (undoing: Undoing) => Promise<Made>,
): Promise<Made & Temporary> {
    const steps: (() => Promise<unknown>)[] = [];
    const remove = async () => {
        const failures: Error[] = [];
        for (let undo = steps.pop(); undo !== undefined; undo = steps.pop()) {
            await undo().catch((error: Error) => failures.push(error));
        }
        if (failures.length > 0) {
            const words = failures.map(({ name, message }) => `${name}: ${message}`);
            throw new AggregateError(failures, words.join("; "));
        }
    };
    try {
        return { ...(await make((undo) => steps.push(undo))), remove };
    } catch (error) {
        await remove().catch(() => undefined);
        throw error;
    }
}

/** A certificate that AWS IoT Core made, and its key. */
export interface MadeCertificate {
    readonly arn: string;
    /** PEM. */
    readonly certificate: string;
    /** PEM. Secret. */
    readonly privateKey: string;
}

/** Has AWS IoT Core make an active certificate. @throws what AWS answers */
export async function makeCertificate(iot: IoTClient, undoing: Undoing): Promise<MadeCertificate> {
    const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateArn: arn = "", certificateId = "", certificatePem: certificate = "", keyPair } = made;
    undoing(async () => {
        await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: "INACTIVE" }));
        await iot.send(new DeleteCertificateCommand({ certificateId }));
    });
    return { arn, certificate, privateKey: keyPair?.PrivateKey ?? "" };
}

/** Attaches a policy to a certificate. @throws what AWS answers */
export async function attachPolicy(
    iot: IoTClient,
    { policyName, target }: { readonly policyName: string; readonly target: string },
    undoing: Undoing,
): Promise<void> {
    await iot.send(new AttachPolicyCommand({ policyName, target }));
    undoing(() => iot.send(new DetachPolicyCommand({ policyName, target })));
}
