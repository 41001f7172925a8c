import { faultsOf } from "../faultKind";
import { impossible, observed, pathOf, type LookedAtDomain, type LookResult, type Progress } from "../look";
import { destinationOf } from "../network/destination";
import { failureOf, type FailureKind } from "../network/failure";
import { addressesOf } from "../network/resolve";
import { openTcp } from "../network/tcp";
import type { Reach } from "../reach";
import { endpointFaults } from "./faults";

/** Where a port of AWS's answers: an address, and the port there. */
export interface OpenPort {
    readonly address: string;
    readonly port: number;
}

/** A region's data endpoint as it can be reached from here. */
export interface Endpoint extends LookResult {
    readonly host: string;
    /** By AWS's port: the addresses that take connections; a port that nothing listens on is absent. */
    readonly open: ReadonlyMap<number, readonly [OpenPort, ...OpenPort[]]>;
    /** In words, why no port of it can be looked at; empty where one is open. */
    readonly obstacle: string;
}

interface Attempt extends OpenPort {
    /** AWS's port. */
    readonly meantPort: number;
    /** Absent where it connected. */
    readonly failure?: FailureKind;
}

const fault = faultsOf(endpointFaults);

/** Connects to each port that a domain promises, at every address of a region's data endpoint. */
export async function lookAtEndpoint(
    subject: LookedAtDomain,
    region: string,
    reach: Reach,
    progress: Progress,
): Promise<Endpoint> {
    const { key, domain } = subject;
    const host = domain.regions[region]?.cnameTarget ?? "";
    const ports = [...new Set(domain.connections.map(({ port }) => port))].sort((one, other) => one - other);
    progress(`${key} ${region}: ports ${ports.join(", ")} of ${host}`);
    const path = pathOf(key, region);
    const about = (detail: string) => ({ look: "endpoint", domain: key, region, what: host, detail }) as const;
    const closed = (obstacle: string, result: LookResult) => ({ host, open: new Map(), obstacle, ...result });
    let attempts: readonly Attempt[];
    try {
        attempts = (await Promise.all(ports.map((port) => attemptAll({ host, port }, reach)))).flat();
    } catch (error) {
        const { message } = failureOf(error);
        return closed(message, impossible(about(message)));
    }
    const judged = attempts.filter(({ failure }) => failure !== "no-route");
    const open = openPorts(judged);
    if (attempts.length === 0) {
        const versions = reach.families.map((family) => `IPv${family}`).join(" or ");
        const finding = fault("endpoint-unresolved", { path, got: `no ${versions} address of ${host}` });
        return closed("the region's data endpoint has no address", observed(about("has no address"), [finding]));
    }
    if (judged.length === 0) {
        const obstacle = "this machine has no way to any of its addresses";
        return closed(obstacle, impossible(about(obstacle)));
    }
    if (open.size === 0) {
        const finding = fault("region-unreachable", { path, got: judged.map(inWords).join("; ") });
        return closed("no port of the region takes connections", observed(about("no port answers"), [finding]));
    }
    const findings = judged.flatMap((attempt) =>
        attempt.failure === undefined ? [] : [fault(faultOf(attempt.failure), { path, got: inWords(attempt) })],
    );
    const addresses = [...new Set(judged.map(({ address }) => address))];
    const words = findings.map(({ got }) => got).join("; ") || `ports ${ports.join(", ")} at ${addresses.join(", ")}`;
    return { host, open, obstacle: "", ...observed(about(words), findings) };
}

function faultOf(failure: FailureKind): keyof typeof endpointFaults {
    return failure === "refused" ? "port-refused" : "port-unanswered";
}

async function attemptAll(meant: { host: string; port: number }, reach: Reach): Promise<Attempt[]> {
    const { host, port } = destinationOf(meant, reach.connectTo);
    const addresses = await addressesOf(host, reach);
    return Promise.all(
        addresses.map((address) =>
            reach.limit(async () => {
                const attempt = { meantPort: meant.port, address, port };
                try {
                    (await openTcp(address, port, reach)).destroy();
                    return attempt;
                } catch (error) {
                    return { ...attempt, failure: failureOf(error).kind };
                }
            }),
        ),
    );
}

function openPorts(attempts: readonly Attempt[]): Endpoint["open"] {
    const open = new Map<number, [OpenPort, ...OpenPort[]]>();
    for (const { meantPort, address, port, failure } of attempts) {
        if (failure === undefined) {
            open.set(meantPort, [...(open.get(meantPort) ?? []), { address, port }] as [OpenPort, ...OpenPort[]]);
        }
    }
    return open;
}

function inWords({ meantPort, address, failure }: Attempt): string {
    return `port ${meantPort} at ${address} ${failure === "refused" ? "refuses connections" : "does not answer"}`;
}
