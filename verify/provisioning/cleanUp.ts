import {
    DeleteCertificateCommand,
    DeleteThingCommand,
    DetachPolicyCommand,
    DetachThingPrincipalCommand,
    ListAttachedPoliciesCommand,
    ListPrincipalThingsCommand,
    DescribeCertificateCommand,
    UpdateCertificateCommand,
    type IoTClient,
} from "@aws-sdk/client-iot";
import type { MadeDevice } from "./settings";

/** Removes what provisioning made of a device: its thing, and its certificate with what is attached. @throws what AWS answers */
export async function removeDevice(iot: IoTClient, { certificateId }: MadeDevice): Promise<void> {
    const described = await iot.send(new DescribeCertificateCommand({ certificateId })).catch(ignoreMissing);
    const principal = described?.certificateDescription?.certificateArn;
    if (principal === undefined) {
        return;
    }
    const { things = [] } = await iot.send(new ListPrincipalThingsCommand({ principal }));
    for (const thingName of things) {
        await iot.send(new DetachThingPrincipalCommand({ thingName, principal }));
        await iot.send(new DeleteThingCommand({ thingName }));
    }
    const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target: principal }));
    for (const { policyName } of policies) {
        await iot.send(new DetachPolicyCommand({ policyName, target: principal }));
    }
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: "INACTIVE" }));
    await iot.send(new DeleteCertificateCommand({ certificateId }));
}

/** What was never registered needs no removal. */
function ignoreMissing(error: Error): undefined {
    if (error.name !== "ResourceNotFoundException") {
        throw error;
    }
    return undefined;
}
