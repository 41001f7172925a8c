import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { LimitFunction } from "p-limit";

/** What a device brings along. */
export interface DeviceIdentity {
    /** PEM. */
    readonly certificate: string;
    /** PEM. Secret. */
    readonly privateKey: string;
    /** The client ID under which its policy lets it connect. */
    readonly clientId: string;
    /** A topic that its policy lets it publish and subscribe to. */
    readonly topic: string;
}

/** What a device without a certificate shows a custom authorizer. */
export interface AuthorizerToken {
    /** The user name of MQTT, with `?x-amz-customauthorizer-name=...` and the like where the authorizer wants it. */
    readonly username?: string;
    /** Secret. */
    readonly password?: string;
    /** Fields that carry the token, as HTTP headers or a query. Secret. */
    readonly fields: Readonly<Record<string, string>>;
    readonly clientId: string;
    readonly topic: string;
}

/** How a look can prove who it is; each way is absent where it has none. */
export interface Credentials {
    readonly device?: (region: string) => DeviceIdentity | undefined;
    readonly aws?: AwsCredentialIdentityProvider;
    readonly token?: AuthorizerToken;
    /** Lets one session after the other into a region: two with one client ID would end each other. */
    readonly oneAtATime: (region: string) => LimitFunction;
}
