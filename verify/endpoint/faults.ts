import type { FaultKinds } from "../faultKind";

const protocols = "https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html";
const endpoints = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-connect-devices.html";

/** What can be wrong with the way to a region's data endpoint. */
export const endpointFaults = {
    "endpoint-unresolved": {
        look: "endpoint",
        title: "The region's data endpoint has no address",
        severity: "critical",
        expected: "an address of the region's data endpoint",
        remedy:
            "compare the host with the answer of aws iot describe-endpoint --endpoint-type iot:Data-ATS in that region, and " +
            "deploy anew where it differs; where it is the same, look at the DNS servers that were asked",
        reference: endpoints,
    },
    "region-unreachable": {
        look: "endpoint",
        title: "No port of the region answers",
        severity: "critical",
        expected: "a data endpoint that takes connections",
        remedy:
            "look at https://health.aws.amazon.com and at the network between here and there; while the region is down, drain it " +
            "with drained: true, so that its devices go elsewhere",
        reference: endpoints,
    },
    "port-refused": {
        look: "endpoint",
        title: "A port of the endpoint refuses connections",
        severity: "high",
        expected: "a port that listens",
        remedy: "look for a firewall or proxy on the way that turns this port away; AWS IoT Core itself listens on it",
        reference: protocols,
    },
    "port-unanswered": {
        look: "endpoint",
        title: "A port of the endpoint does not answer",
        severity: "high",
        expected: "an answer to the attempt to connect",
        remedy: "look for a firewall on the way that drops what goes to this port, and let it through",
        reference: protocols,
    },
} as const satisfies FaultKinds;
