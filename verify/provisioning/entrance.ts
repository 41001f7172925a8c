import type { Finding } from "../../rules/finding";
import type { Endpoint } from "../endpoint/endpoint";
import type { LookedAtDomain } from "../look";
import { openChannel, type Channel } from "../protocols/channel";
import { MqttSession } from "../protocols/mqttSession";
import type { Reach } from "../reach";

/** A device's certificate and key, both PEM; the key is secret. */
export interface DevicePair {
    readonly certificate: string;
    readonly privateKey: string;
}

/** The way by which devices with a certificate come into a region: one that is known to be sound. */
export interface Entrance {
    /** Connects under a client ID. @returns a finding where TLS does not come about @throws {MqttFailure} */
    readonly connect: (clientId: string, device: DevicePair, path: string) => Promise<MqttSession | Finding>;
    readonly region: string;
    readonly reach: Reach;
}

/** The entrance of a domain in a region; `undefined` where MQTT with a certificate finds no open port. */
export function entranceOf(
    { domain }: LookedAtDomain,
    { open }: Endpoint,
    region: string,
    soundFingerprint256: string,
    reach: Reach,
): Entrance | undefined {
    const [way] = domain.connections
        .filter(({ protocol, authentication }) => protocol === "mqtt" && authentication === "x509")
        .flatMap((connection) => (open.get(connection.port) ?? []).map((at) => ({ connection, at })));
    if (way === undefined) {
        return undefined;
    }
    const channel: Omit<Channel, "path"> = { ...way, region, soundFingerprint256, domainName: domain.domainName };
    return {
        region,
        reach,
        connect: async (clientId, clientCertificate, path) => {
            const opened = await openChannel({ ...channel, path }, { clientCertificate }, reach);
            return "rule" in opened
                ? opened
                : MqttSession.open(opened.socket, { clientId, protocolVersion: 4 }, reach.timeouts.answer);
        },
    };
}
