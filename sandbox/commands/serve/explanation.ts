import Table from "cli-table3";
import type { DataPlaneDescription } from "../../dataPlane";
import { commandsToTry } from "./commandsToTry";
import type { ServedDomain } from "./domains";

/** What listens where, and commands to try it with. */
export function explainDataPlane(
    description: DataPlaneDescription,
    domains: readonly ServedDomain[],
    folder: string,
): string {
    const { dns, awsEndpointUrl, proxy, endpoints } = description;
    if (endpoints.length === 0) {
        return "The account is empty, so there is no region to serve yet; `npm start` deploys a stack.";
    }
    const table = new Table({
        head: ["region", "443", "8443", "8883", "data endpoint"],
        style: { head: [], border: [] },
    });
    table.push(...endpoints.map(({ region, ports, host }) => [region, ports[443], ports[8443], ports[8883], host]));
    return [
        `DNS: ${dns.address}, port ${dns.port}, UDP and TCP`,
        `AWS's APIs: ${awsEndpointUrl}`,
        `SOCKS 5, with the endpoints under their real names and ports: ${proxy.address}, port ${proxy.port}`,
        `Data endpoints on ${endpoints[0]?.addresses.join(" and ")}, by AWS's ports:`,
        table.toString(),
        ...domains.map((domain) => tryDomain(domain, description, folder)),
        "Ctrl-C ends it. Type: stop REGION, start REGION, status, quit",
    ].join("\n");
}

function tryDomain(domain: ServedDomain, description: DataPlaneDescription, folder: string): string {
    const commands = commandsToTry(domain, description, folder);
    return commands.length === 0
        ? `\n${domain.domainName}: none of its regions is served`
        : `\n${domain.domainName}, in ${domain.regions.join(", ")}:\n${commands.map((line) => `  ${line}`).join("\n")}`;
}
