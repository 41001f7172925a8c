import { faultsOf } from "../faultKind";
import { MqttFailure } from "../protocols/mqttSession";
import type { Spoken } from "../protocols/protocols";
import { publishToItself } from "../protocols/roundTrip";
import type { DevicePair, Entrance } from "./entrance";
import { provisioningFaults } from "./faults";

const fault = faultsOf(provisioningFaults);

/** Has a device that was just provisioned connect, and publish to itself. */
export async function tryProvisionedDevice(
    entrance: Entrance,
    { thingName, device, path }: { readonly thingName: string; readonly device: DevicePair; readonly path: string },
    topicTemplate: string,
): Promise<Omit<Spoken, "what">> {
    const topic = topicTemplate.replaceAll("{thingName}", thingName);
    try {
        const session = await entrance.connect(thingName, device, path);
        if ("rule" in session) {
            return { detail: session.got, findings: [session] };
        }
        const milliseconds = await publishToItself(session, topic, entrance.reach.timeouts.answer);
        return { detail: `${thingName} connected, published and received`, findings: [], milliseconds };
    } catch (error) {
        if (!(error instanceof MqttFailure)) {
            throw error;
        }
        const got = `${thingName}: ${error.stage}: ${error.message}`;
        return { detail: got, findings: [fault("provisioned-device-refused", { path, got })] };
    }
}
