import { connections } from "../../../../rules/connections";
import { deviceCertificate, domainName } from "../../dataPlane/world";
import {
    fromOutside,
    scripted,
    update,
    device,
    withoutDevice,
    withToken,
    hour,
    type InjectedFault,
} from "../injection";

/** Faults of MQTT and HTTPS. */
export const protocolsFaults: readonly InjectedFault[] = [
    {
        title: "a policy too narrow to connect",
        inject: device("Connect"),
        rules: ["mqtt-connect-refused"],
        remedy: /iot:Connect/,
    },
    {
        title: "a policy too narrow to publish",
        inject: device("Publish"),
        rules: ["https-publish-refused", "mqtt-publish-refused"],
        remedy: /iot:Publish/,
    },
    {
        title: "a policy too narrow to subscribe",
        inject: device("Subscribe"),
        rules: ["mqtt-subscribe-refused"],
        remedy: /iot:Subscribe/,
    },
    {
        title: "a policy too narrow to receive",
        inject: async (situation) => {
            await device("Receive")(situation);
            // All but the message itself is answered.
            situation.waitLess({ answer: 3_000 });
            situation.promiseOnly(({ port }) => port === 8883);
        },
        rules: ["mqtt-message-lost"],
        remedy: /iot:Receive/,
    },
    {
        title: "MQTT 5 refused",
        inject: scripted({
            answer: ({ cmd }, version) =>
                cmd === "connect" && version === 5
                    ? [{ cmd: "connack", sessionPresent: false, reasonCode: 0x84 }]
                    : undefined,
        }),
        rules: ["mqtt-version-refused"],
        remedy: /does not know this version/,
    },
    {
        title: "a broker that is unavailable",
        inject: scripted({
            answer: ({ cmd }, version) =>
                cmd === "connect"
                    ? [{ cmd: "connack", sessionPresent: false, returnCode: 3, reasonCode: version === 5 ? 0x88 : 3 }]
                    : undefined,
        }),
        rules: ["mqtt-unavailable"],
        remedy: /quotas/,
    },
    {
        title: "a broker that takes the connection and says nothing",
        inject: async (situation) => {
            await scripted({ answer: () => "silence" })(situation);
            situation.waitLess({ answer: 1_000 });
            situation.promiseOnly(({ protocol }) => protocol === "mqtt");
        },
        rules: ["mqtt-silent"],
        remedy: /holds back/,
    },
    {
        title: "a broker that ends the connection without a word",
        inject: scripted({ answer: ({ cmd }) => (cmd === "connect" ? "end" : undefined) }),
        rules: ["mqtt-closed"],
        remedy: /AWSIotLogsV2/,
    },
    {
        title: "HTTPS publish refused",
        inject: scripted({ httpStatus: 403 }),
        rules: ["https-publish-refused"],
        remedy: /iot:Publish/,
    },
    {
        title: "HTTPS that fails",
        inject: scripted({ httpStatus: 503 }),
        rules: ["https-failed"],
        remedy: /health.aws.amazon.com/,
    },
    {
        title: "a port that lets in whoever comes",
        inject: scripted({
            answer: ({ cmd }) =>
                cmd === "connect"
                    ? [{ cmd: "connack", sessionPresent: false, returnCode: 0, reasonCode: 0 }]
                    : undefined,
        }),
        rules: ["anonymous-accepted"],
        remedy: /lets nobody in/,
    },
    {
        title: "ports that ask for no client certificate",
        inject: scripted({ asksForCertificate: false }),
        rules: ["client-certificate-not-asked"],
        remedy: /ends TLS/,
    },
    {
        title: "an application protocol that is not known there",
        inject: scripted({ alpn: ["x-amzn-mqtt-ca"] }),
        rules: ["alpn-refused"],
        remedy: /authenticationType/,
    },
    {
        title: "a port that accepts and says nothing, seen without a client certificate",
        inject: async (situation) => {
            withoutDevice(situation);
            // The other ports do answer.
            situation.waitLess({ handshake: 3_000 });
            await situation.plain([8443], () => undefined);
        },
        rules: ["tls-silent"],
        remedy: /holds back/,
    },
    {
        title: "an application protocol that is not known there, seen without a client certificate",
        inject: async (situation) => {
            withoutDevice(situation);
            await situation.play({ alpn: ["x-amzn-mqtt-ca"] });
        },
        rules: ["alpn-refused"],
        remedy: /authenticationType/,
    },
    {
        title: "another certificate on one of the ports, seen without a client certificate",
        inject: async (situation) => {
            withoutDevice(situation);
            const material = await situation.world.cloud.publicCertificate({ names: [domainName], days: 300 });
            await situation.play({ materialAt: { 8443: material } });
        },
        rules: ["tls-certificate-differs"],
        remedy: /on this port/,
    },
    {
        title: "a clock that goes wrong",
        inject: scripted({ httpDate: new Date(Date.now() - hour) }),
        rules: ["clock-skew"],
        remedy: /NTP/,
    },
    {
        title: "an authorizer that fails",
        inject: async (situation) => {
            withToken(situation);
            const functionArn = await situation.world.function(
                "judge",
                "exports.handler = () => { throw new Error(); }",
            );
            const { authorizerArn } = await situation.world.call("iot:CreateAuthorizer", {
                authorizerName: "judge",
                authorizerFunctionArn: functionArn,
                status: "ACTIVE",
                signingDisabled: true,
            });
            await situation.world.call("lambda:AddPermission", {
                FunctionName: "judge",
                StatementId: "iot",
                Action: "lambda:InvokeFunction",
                Principal: "iot.amazonaws.com",
                SourceArn: authorizerArn,
            });
            const authorizerConfig = { defaultAuthorizerName: "judge", allowAuthorizerOverride: true };
            await update({ authorizerConfig })(situation);
            situation.output = {
                ...situation.output,
                connections: [{ protocol: "mqtt", authentication: "custom-authorizer", port: 443, alpn: "mqtt" }],
            };
        },
        rules: ["authorizer-refused"],
        remedy: /test-invoke-authorizer/,
    },
    {
        title: "another certificate on one of the ports",
        inject: async (situation) => {
            fromOutside(situation);
            const other = await situation.world.cloud.publicCertificate({
                names: [domainName],
                keyAlgorithm: "EC_prime256v1",
            });
            await situation.play({ materialAt: { 8443: other } });
        },
        rules: ["tls-certificate-differs"],
        remedy: /on this port/,
    },
    {
        title: "a device whose certificate is not registered in the region",
        inject: async (situation) => {
            fromOutside(situation);
            situation.only = ["tls", "protocols"];
            situation.device = { ...situation.device!, ...(await deviceCertificate("CN=stranger")) };
        },
        rules: ["client-certificate-refused"],
        remedy: /in this region/,
    },
    {
        title: "MQTT over WebSocket refused",
        inject: async (situation) => {
            await situation.play({ alpn: [] });
            const promised = connections.filter(
                ({ protocol, authentication }) => protocol === "mqtt-websocket" && authentication === "sigv4",
            );
            situation.output = { ...situation.output, connections: promised };
        },
        rules: ["websocket-refused"],
        remedy: /iot:Connect/,
    },
];
