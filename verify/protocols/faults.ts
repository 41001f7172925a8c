import type { FaultKinds } from "../faultKind";

const protocols = "https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html";
const mqtt = "https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html";
const policies = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html";
const troubleshooting = "https://docs.aws.amazon.com/iot/latest/developerguide/diagnosing-connectivity-issues.html";
const custom = "https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-troubleshooting.html";

/** What can go wrong for a device once TLS is fine. */
export const protocolFaults = {
    "alpn-refused": {
        look: "protocols",
        title: "An application protocol of the domain is refused",
        severity: "high",
        expected: "the ALPN name that the domain's authentication type goes with",
        remedy:
            "compare authenticationType and applicationProtocol of the domain configuration in AWS with the stack's outputs, and " +
            "deploy anew",
        reference: protocols,
    },
    "client-certificate-not-asked": {
        look: "protocols",
        title: "A port for client certificates asks for none",
        severity: "high",
        expected: "a request for a client certificate in the handshake",
        remedy:
            "look for a proxy that ends TLS on the way: through one no client certificate arrives at AWS; without one, compare the " +
            "domain configuration's authenticationType with the stack's outputs",
        reference: protocols,
    },
    "client-certificate-refused": {
        look: "protocols",
        title: "The client certificate is refused",
        severity: "high",
        expected: "a client certificate that the region knows as ACTIVE",
        remedy:
            "register and activate the certificate in this region too: a device that is led here by DNS brings the one it has; aws " +
            "iot describe-certificate tells its status",
        reference: troubleshooting,
    },
    "mqtt-connect-refused": {
        look: "protocols",
        title: "A device may not connect",
        severity: "high",
        expected: "a policy that allows iot:Connect under the client ID",
        remedy:
            "attach a policy that allows iot:Connect for this client ID to the certificate, in this region; a client ID other than " +
            "the thing's name needs --client-id",
        reference: policies,
    },
    "mqtt-version-refused": {
        look: "protocols",
        title: "A version of MQTT is refused",
        severity: "high",
        expected: "MQTT 3.1.1 and MQTT 5, as AWS IoT Core speaks both",
        remedy: "look for a proxy or broker on the way that does not know this version",
        reference: mqtt,
    },
    "mqtt-unavailable": {
        look: "protocols",
        title: "The broker is unavailable",
        severity: "critical",
        expected: "a broker that takes connections",
        remedy:
            "look at https://health.aws.amazon.com and at the account's connection quotas; while it lasts, drain the region with " +
            "drained: true",
        reference: troubleshooting,
    },
    "mqtt-silent": {
        look: "protocols",
        title: "TLS is fine, but no MQTT answer comes",
        severity: "critical",
        expected: "an answer to each MQTT packet",
        remedy: "look at https://health.aws.amazon.com, and for a proxy on the way that holds back what is sent",
        reference: troubleshooting,
    },
    "mqtt-closed": {
        look: "protocols",
        title: "The connection ends without an MQTT answer",
        severity: "high",
        expected: "an answer to each MQTT packet",
        remedy:
            "look into AWS IoT's log (CloudWatch Logs, AWSIotLogsV2) for this client ID: it tells why AWS ended the connection, which " +
            "is mostly a policy or a certificate that is not active",
        reference: troubleshooting,
    },
    "mqtt-publish-refused": {
        look: "protocols",
        title: "A device may not publish",
        severity: "high",
        expected: "a policy that allows iot:Publish on the topic",
        remedy: "allow iot:Publish on the topic in the device's policy, or name one that it may use with --topic",
        reference: policies,
    },
    "mqtt-subscribe-refused": {
        look: "protocols",
        title: "A device may not subscribe",
        severity: "high",
        expected: "a policy that allows iot:Subscribe on the topic filter",
        remedy: "allow iot:Subscribe on the topic filter in the device's policy, or name a topic that it may use with --topic",
        reference: policies,
    },
    "mqtt-message-lost": {
        look: "protocols",
        title: "What a device publishes does not come back to it",
        severity: "high",
        expected: "the message on the topic that was subscribed to",
        remedy: "allow iot:Receive on the topic in the device's policy; where it is allowed, look at https://health.aws.amazon.com",
        reference: policies,
    },
    "https-publish-refused": {
        look: "protocols",
        title: "Publishing over HTTPS is refused",
        severity: "high",
        expected: "an answer of 200 to a publish",
        remedy:
            "allow iot:Publish on the topic in the policy of whoever publishes, in this region; HTTPS has no client ID, so a policy " +
            "with the variable iot:Connection.Thing.ThingName allows nothing there",
        reference: "https://docs.aws.amazon.com/iot/latest/developerguide/http.html",
    },
    "https-failed": {
        look: "protocols",
        title: "HTTPS does not work",
        severity: "high",
        expected: "an answer of HTTP to a publish",
        remedy: "look at https://health.aws.amazon.com, and for a proxy on the way that answers by itself",
        reference: "https://docs.aws.amazon.com/iot/latest/developerguide/http.html",
    },
    "anonymous-accepted": {
        look: "protocols",
        title: "Whoever shows no certificate is let in",
        severity: "critical",
        expected: "a device without a client certificate to be turned away",
        remedy: "find out what answers: AWS IoT Core lets nobody in on this port without a client certificate",
        reference: protocols,
    },
    "clock-skew": {
        look: "protocols",
        title: "This machine's clock goes wrong",
        severity: "high",
        expected: "a clock within 5 minutes of AWS's",
        remedy: "set this machine's clock by NTP and look again; validity and signatures cannot be judged by a wrong clock",
        reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
    },
    "websocket-refused": {
        look: "protocols",
        title: "MQTT over WebSocket is refused",
        severity: "high",
        expected: "an upgrade to WebSocket for a request with a valid signature",
        remedy:
            "give the credentials a policy in IAM that allows iot:Connect; where it does, compare the domain configuration's " +
            "authenticationType and applicationProtocol with the stack's outputs",
        reference: protocols,
    },
    "authorizer-refused": {
        look: "protocols",
        title: "The custom authorizer does not let the token in",
        severity: "high",
        expected: "a custom authorizer that lets this token connect",
        remedy:
            "see with aws iot test-invoke-authorizer what the function answers; make sure that the function runs, that AWS IoT may " +
            "invoke it (lambda add-permission for the authorizer's ARN), and that the token is signed where the authorizer asks for it",
        reference: custom,
    },
} as const satisfies FaultKinds;
