import { portWithoutAnswer } from "../fullBacklog";
import { fromOutside, type InjectedFault } from "../injection";
import { region } from "../situation";

/** Faults of the way to an endpoint. */
export const endpointFaults: readonly InjectedFault[] = [
    {
        title: "a data endpoint without an address",
        inject: (situation) => {
            fromOutside(situation);
            situation.regional.cnameTarget = "nobody-ats.iot.us-east-1.amazonaws.com";
        },
        rules: ["endpoint-unresolved"],
        remedy: /describe-endpoint/,
    },
    {
        title: "a region that is down",
        inject: async (situation) => {
            const { host, ports } = situation.world.plane.description.endpoints[0]!;
            await situation.world.plane.stopRegion(region);
            situation.connectTo = Object.entries(ports).map(([port, toPort]) => ({
                host,
                port: Number(port),
                toHost: "127.0.0.1",
                toPort,
            }));
        },
        rules: ["region-unreachable"],
        remedy: /drained: true/,
    },
    {
        title: "one port that is closed",
        inject: (situation) => situation.goTo({ 8443: 1 }),
        rules: ["port-refused"],
        remedy: /firewall/,
    },
    {
        title: "a port that drops whatever comes",
        inject: async (situation) => {
            // The other ports do answer.
            situation.waitLess({ connect: 3_000 });
            situation.goTo({ 8443: await portWithoutAnswer(situation) });
        },
        rules: ["port-unanswered"],
        remedy: /drops/,
    },
];
