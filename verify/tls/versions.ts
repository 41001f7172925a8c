import { findSecurityPolicy } from "../../rules/securityPolicies";
import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import type { OpenPort } from "../endpoint/endpoint";
import { answersHello } from "../network/handshake";
import type { Offer, OfferedVersion } from "../network/offer";
import type { Reach } from "../reach";
import { tlsFaults } from "./faults";

/** Every version that is tried, the oldest first. */
const triedVersions: readonly OfferedVersion[] = ["1.0", "1.1", "1.2", "1.3"];

const fault = faultsOf(tlsFaults);

/** What the versions that a server accepts say of a security policy; of a policy that is not known, nothing. */
export function versionFindings(accepted: ReadonlySet<OfferedVersion>, policyName: string, path: string): Finding[] {
    const policy = findSecurityPolicy(policyName);
    if (policy === undefined) {
        return [];
    }
    const wanted: ReadonlySet<OfferedVersion> = new Set(policy.tlsVersions);
    const occurrence = (version: OfferedVersion, outcome: string) => ({
        path,
        got: `TLS ${version}, ${outcome}`,
        expected: `TLS ${policy.tlsVersions.join(" and ")} alone, as ${policyName} has it`,
    });
    return triedVersions.flatMap((version) => {
        if (wanted.has(version) === accepted.has(version)) {
            return [];
        }
        return accepted.has(version)
            ? [fault("tls-version-forbidden", occurrence(version, "accepted"))]
            : [fault("tls-version-missing", occurrence(version, "refused"))];
    });
}

/** The versions of TLS that a server accepts when each is offered alone. */
export async function acceptedVersions(at: OpenPort, offer: Offer, reach: Reach): Promise<Set<OfferedVersion>> {
    const tried = await Promise.all(
        triedVersions.map(async (version) => {
            return (await answersHello(at.address, at.port, { ...offer, version }, reach)) ? [version] : [];
        }),
    );
    return new Set(tried.flat());
}
