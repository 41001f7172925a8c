import { CreatePolicyCommand, DeletePolicyCommand, type IoTClient } from "@aws-sdk/client-iot";
import { parseArn } from "../rules/arns";
import type { DeviceIdentity } from "./protocols/credentials";
import { attachPolicy, makeCertificate, makeTemporary, testName, type Temporary } from "./temporary";

/** A device that exists for one look in one region. */
export type TestDevice = DeviceIdentity & Temporary;

/**
 * Makes a certificate and a policy that lets it connect under one client ID and use one topic, and nothing else.
 *
 * @throws what AWS answers; whatever had been made by then is removed
 */
export function makeTestDevice(iot: IoTClient): Promise<TestDevice> {
    const name = testName();
    const topic = `iot-domains/verify/${name}`;
    return makeTemporary(async (undoing) => {
        const { arn, certificate, privateKey } = await makeCertificate(iot, undoing);
        await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument: policyOf(arn, name, topic) }));
        undoing(() => iot.send(new DeletePolicyCommand({ policyName: name })));
        await attachPolicy(iot, { policyName: name, target: arn }, undoing);
        return { certificate, privateKey, clientId: name, topic };
    });
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
