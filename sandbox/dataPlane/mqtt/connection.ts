import type { Duplex } from "node:stream";
import type { IConnackPacket, IConnectPacket, Packet } from "mqtt-packet";
import { ConnectionRights } from "../authorization/rights";
import { connectFault, connectWishes, introduce } from "./connecting";
import { bidFarewell } from "./farewell";
import type { MqttArrival, MqttGateway } from "./gateway";
import { PacketWriter, readPackets, type MqttVersion } from "./packets";
import { notAuthorizedReturnCode, reasons } from "./reasons";
import { ClientSession } from "./session";

/** How long a client may take for its CONNECT, in milliseconds. */
const patience = 10_000;

/**
 * Serves one MQTT connection until it ends: looks at each packet as AWS does, and hands to the broker what it lets pass.
 *
 * Never throws: whatever goes wrong ends the connection.
 */
export async function serveMqtt(stream: Duplex, arrival: MqttArrival, gateway: MqttGateway): Promise<void> {
    const timer = setTimeout(() => stream.destroy(), patience);
    stream.on("error", () => stream.destroy());
    const packets = readPackets(stream);
    try {
        const first = await packets.next();
        clearTimeout(timer);
        if (first.done !== true && first.value.cmd === "connect") {
            await greet(first.value, packets, stream, arrival, gateway);
        }
    } catch (error) {
        gateway.report(`${gateway.region}: a connection ends: ${(error as Error).message}`);
    } finally {
        clearTimeout(timer);
        bidFarewell(stream);
    }
}

async function greet(
    connect: IConnectPacket,
    packets: AsyncGenerator<Packet>,
    stream: Duplex,
    arrival: MqttArrival,
    gateway: MqttGateway,
): Promise<void> {
    const version: MqttVersion = connect.protocolVersion === 5 ? 5 : 4;
    const client = new PacketWriter(stream, version);
    const fault = connectFault(connect);
    if (fault !== undefined) {
        throw new Error(fault);
    }
    const introduction = introduce(connect);
    const principal = await arrival.authenticate(connect);
    if (typeof principal === "string") {
        if (principal === "with CONNACK" || version === 5) {
            await client.write(refusal(version));
        }
        return;
    }
    const { sourceAddress, domainName } = arrival;
    const facts = { clientId: introduction.clientId, sourceAddress, domainName };
    const rights = new ConnectionRights(gateway.cloud, gateway.region, principal, facts);
    if (!(await rights.allows(...connectWishes(introduction.clientId, connect)))) {
        // To a device of MQTT 3.1.1, AWS closes the connection without a word.
        if (version === 5) {
            await client.write(refusal(version));
        }
        throw new Error(`${principal.name} may not connect as ${introduction.clientId}`);
    }
    await new ClientSession(stream, client, version, rights, gateway).run(introduction, packets);
}

function refusal(version: MqttVersion): IConnackPacket {
    return {
        cmd: "connack",
        sessionPresent: false,
        ...(version === 5 ? { reasonCode: reasons.notAuthorized } : { returnCode: notAuthorizedReturnCode }),
    };
}
