import assert from "node:assert/strict";
import type { ApplicationProtocol, AuthenticationType } from "../../../rules/authentication";
import type { EndpointPort } from "../../../sandbox/dataPlane";
import { routeOf } from "../../../sandbox/dataPlane/route";

type Case = [
    port: EndpointPort,
    offered: string[],
    settings: [AuthenticationType, ApplicationProtocol],
    expected: string | undefined,
];

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html */
const cases: Case[] = [
    ["8883", [], ["DEFAULT", "DEFAULT"], "mqtt by x509"],
    ["8883", ["x-amzn-mqtt-ca"], ["DEFAULT", "DEFAULT"], "mqtt by x509"],
    ["443", ["x-amzn-mqtt-ca"], ["DEFAULT", "DEFAULT"], "mqtt by x509"],
    ["443", ["mqtt"], ["DEFAULT", "DEFAULT"], "mqtt by custom-authorizer"],
    ["443", ["x-amzn-http-ca"], ["DEFAULT", "DEFAULT"], "http by x509"],
    ["443", ["h2", "http/1.1"], ["DEFAULT", "DEFAULT"], "http by sigv4, custom-authorizer"],
    ["443", [], ["DEFAULT", "DEFAULT"], "http by sigv4, custom-authorizer"],
    ["8443", [], ["DEFAULT", "DEFAULT"], "http by x509"],
    ["8443", ["x-amzn-mqtt-ca"], ["DEFAULT", "DEFAULT"], undefined],
    ["8883", ["x-amzn-http-ca"], ["DEFAULT", "DEFAULT"], undefined],
    ["8883", [], ["CUSTOM_AUTH", "SECURE_MQTT"], "mqtt by custom-authorizer"],
    ["443", [], ["CUSTOM_AUTH", "SECURE_MQTT"], "mqtt by custom-authorizer"],
    ["443", [], ["AWS_X509", "SECURE_MQTT"], "mqtt by x509"],
    ["443", [], ["CUSTOM_AUTH_X509", "SECURE_MQTT"], "mqtt by x509, custom-authorizer"],
    ["8443", [], ["AWS_X509", "SECURE_MQTT"], undefined],
    ["8883", [], ["AWS_X509", "HTTPS"], undefined],
    ["443", [], ["AWS_SIGV4", "MQTT_WSS"], "http by sigv4"],
    ["443", ["mqtt"], ["CUSTOM_AUTH", "HTTPS"], undefined],
];

describe("sandbox/dataPlane routes", () => {
    for (const [port, offered, [authenticationType, applicationProtocol], expected] of cases) {
        const title = [port, ...offered, authenticationType, applicationProtocol].join(" ");
        it(`takes ${title} for ${expected ?? "nothing"}`, () => {
            const route = routeOf(port, offered, { authenticationType, applicationProtocol });
            assert.equal(route && `${route.protocol} by ${route.authentications.join(", ")}`, expected);
        });
    }
});
