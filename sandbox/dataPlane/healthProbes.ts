import net from "node:net";
import { parseIotEndpoint } from "../../rules/dataEndpoints";
import type { Cloud } from "../cloud";
import type { HealthCheck } from "../cloud/models/route53";
import { reportHealth } from "../cloud/services/route53/healthReports";
import { globalRegion } from "../cloud/tables";
import type { EndpointDescription } from "./description";

/** How long a connection may take to be made, in milliseconds. */
const patience = 2_000;

/**
 * Route 53's health checkers: whether the endpoints take connections, found out by connecting to them.
 *
 * They look at every endpoint and port there is, all the time, so that an answer is there when a question about it comes.
 */
export class HealthProbes {
    /** Whether a host takes connections, by host and port. */
    private results: ReadonlyMap<string, boolean> = new Map();

    constructor(private readonly cloud: Cloud) {}

    /** Connects to everything once, and tells the account's Route 53 of what has changed. */
    async look(endpoints: readonly EndpointDescription[]): Promise<void> {
        const found = endpoints.flatMap(({ host, addresses, ports }) =>
            Object.entries(ports).map(async ([port, number]) => {
                const [address = "127.0.0.1"] = addresses;
                return { host, port: Number(port), result: await takesConnections(address, number) };
            }),
        );
        const seen = await Promise.all(found);
        const changed = seen.filter(({ host, port, result }) => this.results.get(keyOf(host, port)) !== result);
        this.results = new Map(seen.map(({ host, port, result }) => [keyOf(host, port), result]));
        if (changed.length > 0) {
            await this.cloud.observe({ region: globalRegion }, (context) => {
                changed.forEach(({ host, port, result }) => reportHealth(context, host, port, result));
            });
        }
    }

    /**
     * Whether what a health check looks at takes connections; of hosts outside the sandbox nothing is known, and nothing bad
     * is said.
     */
    isHealthy = ({ HealthCheckConfig }: HealthCheck): boolean => {
        const { FullyQualifiedDomainName = "", Port = 443 } = HealthCheckConfig;
        const result = this.results.get(keyOf(FullyQualifiedDomainName, Port));
        // A data endpoint that is not served has been stopped, or its region is empty.
        return result ?? parseIotEndpoint(FullyQualifiedDomainName) === undefined;
    };
}

function keyOf(host: string, port: number): string {
    return `${host.toLowerCase().replace(/\.$/, "")}:${port}`;
}

function takesConnections(address: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = net.connect({ host: address, port, timeout: patience });
        const settle = (result: boolean) => {
            socket.destroy();
            resolve(result);
        };
        socket.once("connect", () => settle(true));
        socket.once("error", () => settle(false));
        socket.once("timeout", () => settle(false));
    });
}
