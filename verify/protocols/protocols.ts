import type { Connection } from "../../rules/connections";
import type { Finding } from "../../rules/finding";
import type { Endpoint } from "../endpoint/endpoint";
import {
    observed,
    pathOf,
    together,
    unseen,
    type LookedAtDomain,
    type LookResult,
    type Observation,
    type Progress,
} from "../look";
import type { Reach } from "../reach";
import { lookAnonymously } from "./anonymous";
import { portInWords, type Channel } from "./channel";
import { judgeClientCertificate } from "./clientCertificate";
import type { Credentials } from "./credentials";
import { speakHttps } from "./https";
import { speakMqtt } from "./mqtt";
import { speakWebSocket } from "./webSocketMqtt";

/** One attempt to speak a protocol, as it turned out. */
export interface Spoken {
    /** What was tried: `MQTT 5 on 8883`. */
    readonly what: string;
    readonly detail: string;
    readonly findings: readonly Finding[];
    /** Whether it was not seen to the end, for which the detail has the reason. @default false */
    readonly isUnseen?: boolean;
    readonly milliseconds?: number;
}

/** Speaks over a channel; `undefined` where the credentials for it are missing. */
export type Speak = (channel: Channel, credentials: Credentials, reach: Reach) => Promise<Spoken[]> | undefined;

const speakers: Readonly<Record<Connection["protocol"], Speak>> = {
    mqtt: speakMqtt,
    "mqtt-websocket": speakWebSocket,
    https: speakHttps,
};

const protocolNames: Readonly<Record<Connection["protocol"], string>> = {
    mqtt: "MQTT",
    "mqtt-websocket": "MQTT over WebSocket",
    https: "HTTPS",
};

/** What is missing to look further, by how a device proves who it is. */
const wanted: Readonly<Record<Connection["authentication"], string>> = {
    x509: "--client-certificate, or --test-device with AWS credentials, looks further",
    sigv4: "AWS credentials look further",
    "custom-authorizer": "--token or --username looks further",
};

/**
 * Speaks MQTT and HTTPS on each connection that a domain promises, as far as there are credentials for it.
 *
 * @param soundFingerprint256 The certificate that the look at TLS found sound; without one, nothing is said to anybody
 */
export async function lookAtProtocols(
    subject: LookedAtDomain,
    endpoint: Endpoint,
    region: string,
    soundFingerprint256: string | undefined,
    credentials: Credentials,
    reach: Reach,
    progress: Progress,
): Promise<LookResult> {
    const { key, domain } = subject;
    const about = (what: string, detail: string, milliseconds?: number) =>
        ({ look: "protocols", domain: key, region, what, detail, milliseconds }) as const;
    if (endpoint.open.size === 0) {
        return unseen(about("MQTT and HTTPS", endpoint.obstacle));
    }
    if (soundFingerprint256 === undefined) {
        return unseen(about("MQTT and HTTPS", "TLS is not sound there, so nothing is said to whoever answers"));
    }
    const resultOf = ({ what, detail, findings, isUnseen, milliseconds }: Spoken) =>
        isUnseen ? unseen(about(what, detail)) : observed(about(what, detail, milliseconds), findings);
    const path = pathOf(key, region);
    /** What was tried with a client certificate. */
    const withCertificate: Observation[] = [];
    const results = await Promise.all(
        domain.connections.map(async (connection): Promise<LookResult> => {
            const [at] = endpoint.open.get(connection.port) ?? [];
            const name = `${protocolNames[connection.protocol]}, ${connection.authentication}, ${portInWords(connection)}`;
            if (at === undefined) {
                return unseen(about(name, `port ${connection.port} takes no connections`));
            }
            progress(`${key} ${region}: ${name}`);
            const channel = { connection, at, domainName: domain.domainName, soundFingerprint256, path, region };
            const { anonymous, spoken } = await reach.limit(() => speakAsBoth(channel, credentials, reach));
            const tried = spoken?.map(resultOf);
            if (connection.authentication === "x509") {
                withCertificate.push(...together(tried ?? []).observations);
            }
            return together([
                ...(anonymous === undefined ? [] : [resultOf(anonymous)]),
                ...(tried ?? [unseen(about(name, wanted[connection.authentication]))]),
            ]);
        }),
    );
    const refused = judgeClientCertificate(withCertificate, { look: "protocols", domain: key, region }, path);
    return together([...results, ...(refused === undefined ? [] : [refused])]);
}

/** Comes without a certificate, and then as a device; not any more where the port has shown to be no port of AWS's. */
async function speakAsBoth(channel: Channel, credentials: Credentials, reach: Reach) {
    const { protocol, authentication } = channel.connection;
    const anonymous = authentication === "x509" ? await lookAnonymously(channel, reach) : undefined;
    const isFaulty = anonymous !== undefined && anonymous.findings.length > 0;
    return { anonymous, spoken: isFaulty ? [] : await speakers[protocol](channel, credentials, reach) };
}
