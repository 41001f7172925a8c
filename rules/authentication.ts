import type { Connection } from "./connections";
import { type applicationProtocols, type authenticationTypes } from "./domainConfigurations";
import type { Finding } from "./finding";

const reference = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html";

/** How devices prove who they are, in AWS's spelling. */
export type AuthenticationType = (typeof authenticationTypes)[number];

/** What devices speak, in AWS's spelling. */
export type ApplicationProtocol = (typeof applicationProtocols)[number];

/** What a domain configuration asks of the devices that connect to it. */
export interface AuthenticationSettings {
    readonly authenticationType: AuthenticationType;
    readonly applicationProtocol: ApplicationProtocol;
    readonly authorizerConfig?: {
        readonly defaultAuthorizerName: string;
        readonly allowAuthorizerOverride: boolean;
    };
}

interface Requirement {
    readonly authentications: readonly Connection["authentication"][];
    readonly authorizer: "needed" | "allowed" | "useless";
}

/**
 * What each authentication type makes of devices and authorizers.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html
 */
const requirements: Readonly<Record<AuthenticationType, Requirement>> = {
    DEFAULT: { authentications: ["x509", "sigv4", "custom-authorizer"], authorizer: "allowed" },
    AWS_X509: { authentications: ["x509"], authorizer: "useless" },
    AWS_SIGV4: { authentications: ["sigv4"], authorizer: "useless" },
    CUSTOM_AUTH: { authentications: ["custom-authorizer"], authorizer: "needed" },
    CUSTOM_AUTH_X509: { authentications: ["custom-authorizer"], authorizer: "needed" },
};

const protocols: Readonly<Record<ApplicationProtocol, readonly Connection["protocol"][]>> = {
    DEFAULT: ["mqtt", "mqtt-websocket", "https"],
    SECURE_MQTT: ["mqtt"],
    MQTT_WSS: ["mqtt-websocket"],
    HTTPS: ["https"],
};

/**
 * The connections that remain of {@link connections} under a domain configuration's settings.
 *
 * Without an authorizer on the domain configuration, custom authentication is nothing that the domain promises: devices
 * would have to name an authorizer of the account by themselves.
 */
export function connectionsUnder(settings: AuthenticationSettings, connections: readonly Connection[]): Connection[] {
    const { authentications } = requirements[settings.authenticationType];
    const spoken = protocols[settings.applicationProtocol];
    return connections.filter(
        ({ authentication, protocol }) =>
            spoken.includes(protocol) &&
            authentications.includes(authentication) &&
            (authentication !== "custom-authorizer" || settings.authorizerConfig !== undefined),
    );
}

/** Faults of settings that do not fit together. */
export function authenticationFindings(
    settings: AuthenticationSettings,
    connections: readonly Connection[],
    path: string,
): Finding[] {
    const { authenticationType, applicationProtocol, authorizerConfig } = settings;
    const { authorizer } = requirements[authenticationType];
    const finding = (at: string, got: string, expected: string, remedy: string): Finding => ({
        rule: "domain-configuration-authentication",
        severity: "high",
        path: `${path}.${at}`,
        got,
        expected,
        remedy,
        reference,
    });
    if (authorizer === "needed" && authorizerConfig === undefined) {
        return [
            finding(
                "authorizerConfig",
                "nothing",
                `an authorizer, for authenticationType is ${authenticationType}`,
                "name the authorizer that judges the devices: authorizerConfig: {defaultAuthorizerName: NAME}",
            ),
        ];
    }
    if (authorizer === "useless" && authorizerConfig !== undefined) {
        return [
            finding(
                "authorizerConfig",
                `the authorizer ${authorizerConfig.defaultAuthorizerName}`,
                `none, for authenticationType is ${authenticationType}`,
                "take authorizerConfig away, or choose CUSTOM_AUTH or CUSTOM_AUTH_X509",
            ),
        ];
    }
    return connectionsUnder(settings, connections).length > 0
        ? []
        : [
              finding(
                  "applicationProtocol",
                  applicationProtocol,
                  `a protocol that goes with ${authenticationType}`,
                  "choose another protocol or authentication type: no device could connect",
              ),
          ];
}
