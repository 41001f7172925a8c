import { randomUUID } from "node:crypto";
import {
    AttachPolicyCommand,
    CreateKeysAndCertificateCommand,
    CreatePolicyCommand,
    DeleteCertificateCommand,
    DeletePolicyCommand,
    DetachPolicyCommand,
    UpdateCertificateCommand,
    type IoTClient,
} from "@aws-sdk/client-iot";
import { parseArn } from "../rules/arns";
import type { DeviceIdentity } from "./protocols/credentials";

/** What everything that a look makes in an account is called at first. */
export const testNamePrefix = "iot-domains-verify-";

/** A device that exists for one look in one region. */
export interface TestDevice extends DeviceIdentity {
    /** Takes everything away again that was made for it. */
    readonly remove: () => Promise<void>;
}

/**
 * Makes a certificate and a policy that lets it connect under one client ID and use one topic, and nothing else.
 *
 * @throws what AWS answers; whatever had been made by then is removed
 */
export async function makeTestDevice(iot: IoTClient): Promise<TestDevice> {
    const name = `${testNamePrefix}${randomUUID().slice(0, 8)}`;
    const topic = `iot-domains/verify/${name}`;
    const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateArn: arn = "", certificateId = "", certificatePem = "", keyPair } = made;
    const undo: (() => Promise<unknown>)[] = [
        () => iot.send(new UpdateCertificateCommand({ certificateId, newStatus: "INACTIVE" })),
        () => iot.send(new DeleteCertificateCommand({ certificateId })),
    ];
    const remove = async () => {
        for (const step of undo) {
            await step();
        }
    };
    try {
        await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument: policyOf(arn, name, topic) }));
        undo.push(() => iot.send(new DeletePolicyCommand({ policyName: name })));
        await iot.send(new AttachPolicyCommand({ policyName: name, target: arn }));
        undo.unshift(() => iot.send(new DetachPolicyCommand({ policyName: name, target: arn })));
    } catch (error) {
        await remove();
        throw error;
    }
    return { certificate: certificatePem, privateKey: keyPair?.PrivateKey ?? "", clientId: name, topic, remove };
}

function policyOf(certificateArn: string, clientId: string, topic: string): string {
    const { partition, region, account } = parseArn(certificateArn) ?? {};
    const arn = (resource: string) => `arn:${partition}:iot:${region}:${account}:${resource}`;
    const statement = (action: string, resource: string) => ({
        Effect: "Allow",
        Action: `iot:${action}`,
        Resource: arn(resource),
    });
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            statement("Connect", `client/${clientId}`),
            statement("Publish", `topic/${topic}`),
            statement("Receive", `topic/${topic}`),
            statement("Subscribe", `topicfilter/${topic}`),
        ],
    });
}
