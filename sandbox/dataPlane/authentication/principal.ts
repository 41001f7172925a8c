import type { PolicyDocument } from "../../../rules/provisioning/policyDocument";
import type { OperationContext } from "../../cloud/context";

/** What is known of a connection when its rights are asked for. */
export interface ConnectionFacts {
    /** Absent over HTTPS. */
    readonly clientId?: string;
    readonly sourceAddress: string;
    readonly domainName: string;
}

/** What a principal may do at this moment, and what policy variables stand for. */
export interface Rights {
    readonly documents: readonly PolicyDocument[];
    /** Names as AWS writes them. */
    readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Who is connected. */
export interface Principal {
    /** For messages: never a secret. */
    readonly name: string;
    /** The ID of the device's certificate; absent where there is none. */
    readonly certificateId?: string;
    /**
     * The policies in force now: they may change while a device is connected.
     *
     * @returns `undefined` for a principal that may not be connected any more
     */
    rights(context: OperationContext, facts: ConnectionFacts): Rights | undefined;
    /** How long the connection may last, in milliseconds. @default as long as it likes */
    readonly disconnectAfter?: number;
}
