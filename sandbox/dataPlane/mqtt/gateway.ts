import type { IConnectPacket } from "mqtt-packet";
import type { Cloud } from "../../cloud";
import type { ConnectionFacts, Principal } from "../authentication/principal";
import type { Broker } from "../broker/broker";
import type { Report } from "../report";

/** How somebody who may not connect is turned away: AWS closes some connections without a word. */
export type TurnedAway = "silently" | "with CONNACK";

/** A message that one of AWS's own services answers. */
export interface ReservedMessage {
    readonly topic: string;
    readonly payload: Buffer;
    readonly principal: Principal;
    readonly facts: ConnectionFacts;
}

/** An answer to a {@link ReservedMessage}, for the connection that it came from alone. */
export interface ReservedAnswer {
    readonly topic: string;
    readonly payload: string;
}

/** A device that is connected. */
export interface MqttSession {
    /** Disconnects the device if its time is over, or it has lost its rights. */
    endIfOver(): Promise<void>;
}

/** What all MQTT connections of one region share. */
export interface MqttGateway {
    readonly cloud: Cloud;
    readonly region: string;
    readonly broker: Broker;
    readonly report: Report;
    /** Who is connected now. */
    readonly sessions: Set<MqttSession>;
    /** Answers messages to AWS's own services; `undefined` for a topic of none that the sandbox has. */
    answer(message: ReservedMessage): Promise<ReservedAnswer[] | undefined>;
}

/** A connection that has been made, and how its client proves who it is. */
export interface MqttArrival {
    readonly sourceAddress: string;
    readonly domainName: string;
    authenticate(connect: IConnectPacket): Promise<Principal | TurnedAway>;
}
