import { faultsOf } from "../faultKind";
import { observed, pathOf, type LookedAtDomain, type LookResult } from "../look";
import { aboutDns } from "./about";
import type { FoundZone } from "./authorities";
import { dnsFaults } from "./faults";
import { plain } from "./message";

const fault = faultsOf(dnsFaults);

/** Whether the zone that the world is sent to is the hosted zone of the stack. */
export function lookAtDelegation(zone: FoundZone, { key, domain }: LookedAtDomain): LookResult {
    const { hostedZone } = domain;
    const servers = zone.nameServers.join(", ");
    const about = aboutDns(key, "zone", `${zone.name} at ${servers}`);
    if (hostedZone === undefined) {
        return observed(about);
    }
    const wanted = hostedZone.nameServers.map(plain).sort();
    const isSame = plain(hostedZone.name) === zone.name && wanted.join() === zone.nameServers.join();
    return isSame
        ? observed(about)
        : observed(about, [
              fault("dns-delegation", {
                  path: pathOf(key),
                  got: `${zone.name} at ${servers}`,
                  expected: `${plain(hostedZone.name)} at ${wanted.join(", ")}`,
              }),
          ]);
}
