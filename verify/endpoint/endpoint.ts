import { faultsOf } from "../faultKind";
import { pathOf, type LookedAtDomain, type LookResult, type Observation, type Progress } from "../look";
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
}

interface Attempt extends OpenPort {
    /** AWS's port. */
    readonly meantPort: number;
    /** Absent where it connected. */
    readonly failure?: FailureKind;
    readonly milliseconds: number;
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
    const attempts = (await Promise.all(ports.map((port) => attemptAll({ host, port }, reach)))).flat();
    const path = pathOf(key, region);
    const result = (outcome: Observation["outcome"], detail: string, findings: LookResult["findings"] = []) => ({
        host,
        observations: [{ look: "endpoint", domain: key, region, what: host, outcome, detail } as const],
        findings,
    });
    if (attempts.length === 0) {
        const finding = fault("endpoint-unresolved", { path, got: `no address of ${host}` });
        return { ...result("fault", "has no address", [finding]), open: new Map() };
    }
    const judged = attempts.filter(({ failure }) => failure !== "no-route");
    const open = openPorts(judged);
    if (judged.length === 0) {
        return { ...result("unseen", "this machine has no way to any of its addresses"), open };
    }
    if (open.size === 0) {
        const got = [...new Set(judged.map((attempt) => inWords(attempt)))].join("; ");
        return { ...result("fault", got, [fault("region-unreachable", { path, got })]), open };
    }
    const findings = judged.flatMap((attempt) =>
        attempt.failure === undefined
            ? []
            : [
                  fault(attempt.failure === "refused" ? "port-refused" : "port-unanswered", {
                      path,
                      got: inWords(attempt),
                  }),
              ],
    );
    const addresses = [...new Set(judged.map(({ address }) => address))];
    const detail =
        findings.length === 0
            ? `ports ${ports.join(", ")} at ${addresses.join(", ")}`
            : findings.map(({ got }) => got).join("; ");
    return { ...result(findings.length === 0 ? "sound" : "fault", detail, findings), open };
}

async function attemptAll(meant: { host: string; port: number }, reach: Reach): Promise<Attempt[]> {
    const { host, port } = destinationOf(meant, reach.connectTo);
    const addresses = await addressesOf(host, reach);
    return Promise.all(
        addresses.map((address) =>
            reach.limit(async () => {
                const started = performance.now();
                const attempt = () => ({
                    meantPort: meant.port,
                    address,
                    port,
                    milliseconds: Math.round(performance.now() - started),
                });
                try {
                    (await openTcp(address, port, reach)).destroy();
                    return attempt();
                } catch (error) {
                    return { ...attempt(), failure: failureOf(error).kind };
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
