import assert from "node:assert/strict";
import {
    authenticationFindings,
    connectionsUnder,
    type ApplicationProtocol,
    type AuthenticationSettings,
    type AuthenticationType,
} from "../../../rules/authentication";
import { connections } from "../../../rules/connections";
import { applicationProtocols, authenticationTypes } from "../../../rules/domainConfigurations";

const authorizerConfig = { defaultAuthorizerName: "telemetry", allowAuthorizerOverride: false };

const settings = (
    authenticationType: AuthenticationType,
    applicationProtocol: ApplicationProtocol,
    withAuthorizer = false,
): AuthenticationSettings => ({
    authenticationType,
    applicationProtocol,
    ...(withAuthorizer ? { authorizerConfig } : {}),
});

const portsOf = (given: AuthenticationSettings) =>
    connectionsUnder(given, connections).map(
        ({ protocol, authentication, port }) => `${protocol} ${authentication} ${port}`,
    );

describe("how devices authenticate", () => {
    const promised: ReadonlyArray<readonly [AuthenticationSettings, readonly string[]]> = [
        [settings("AWS_X509", "SECURE_MQTT"), ["mqtt x509 8883", "mqtt x509 443"]],
        [settings("AWS_X509", "HTTPS"), ["https x509 8443", "https x509 443"]],
        [settings("AWS_SIGV4", "MQTT_WSS"), ["mqtt-websocket sigv4 443"]],
        [settings("CUSTOM_AUTH", "SECURE_MQTT", true), ["mqtt custom-authorizer 443"]],
        [settings("CUSTOM_AUTH_X509", "MQTT_WSS", true), ["mqtt-websocket custom-authorizer 443"]],
    ];
    for (const [given, expected] of promised) {
        it(`promises ${expected.join(" and ")} under ${given.authenticationType} and ${given.applicationProtocol}`, () =>
            assert.deepEqual(portsOf(given), expected));
    }

    it("promises custom authentication only where the domain has an authorizer", () => {
        const under = (withAuthorizer: boolean) => portsOf(settings("DEFAULT", "DEFAULT", withAuthorizer));
        assert.ok(under(false).every((each) => !each.includes("custom-authorizer")));
        assert.equal(under(true).length, connections.length);
    });

    const refused: ReadonlyArray<readonly [AuthenticationSettings, string]> = [
        [settings("CUSTOM_AUTH", "DEFAULT"), "domains.a.authorizerConfig"],
        [settings("CUSTOM_AUTH_X509", "HTTPS"), "domains.a.authorizerConfig"],
        [settings("AWS_X509", "DEFAULT", true), "domains.a.authorizerConfig"],
        [settings("AWS_SIGV4", "DEFAULT", true), "domains.a.authorizerConfig"],
        [settings("AWS_SIGV4", "SECURE_MQTT"), "domains.a.applicationProtocol"],
        [settings("AWS_X509", "MQTT_WSS"), "domains.a.applicationProtocol"],
    ];
    for (const [given, path] of refused) {
        const authorizer = given.authorizerConfig === undefined ? "without" : "with";
        it(`refuses ${given.authenticationType} over ${given.applicationProtocol} ${authorizer} an authorizer`, () =>
            assert.deepEqual(
                authenticationFindings(given, connections, "domains.a").map((finding) => finding.path),
                [path],
            ));
    }

    it("refuses exactly those settings under which no device can connect, or an authorizer is missing or idle", () => {
        for (const type of authenticationTypes) {
            for (const protocol of applicationProtocols) {
                for (const withAuthorizer of [true, false]) {
                    const given = settings(type, protocol, withAuthorizer);
                    const sound = authenticationFindings(given, connections, "d").length === 0;
                    const idle = withAuthorizer && type.startsWith("AWS_");
                    assert.equal(sound, portsOf(given).length > 0 && !idle, `${type} ${protocol} ${withAuthorizer}`);
                }
            }
        }
    });
});
