import type { X509Certificate } from "node:crypto";
import type { OpenPort } from "../endpoint/endpoint";
import { observed, unseen, type LookResult, type Observation } from "../look";
import type { Offer, OfferedVersion } from "../network/offer";
import type { Reach } from "../reach";
import { acceptedKeyExchanges, keyExchangeFindings } from "./keyExchanges";
import { versionFindings } from "./versions";

/** Where a security policy is looked at, and how. */
export interface PolicyPlace {
    readonly at: OpenPort;
    /** AWS's port. */
    readonly meantPort: number;
    readonly offer: Offer;
    readonly reach: Reach;
}

/** A security policy, and what of it was seen. */
export interface SeenPolicy {
    /** Absent where the region serves its own name and not the domain, so that its own policy is met. */
    readonly securityPolicy: string | undefined;
    readonly versions: ReadonlySet<OfferedVersion>;
    /** The certificate that is served. */
    readonly leaf: X509Certificate | undefined;
    /** The region's path in the outputs. */
    readonly path: string;
}

/** Holds the versions that a server accepts, and its key exchanges in TLS 1.2, against the domain's security policy. */
export async function lookAtPolicy(
    { at, meantPort, offer, reach }: PolicyPlace,
    { securityPolicy, versions, leaf, path }: SeenPolicy,
    about: (what: string, detail: string) => Omit<Observation, "outcome" | "findings">,
): Promise<LookResult[]> {
    const accepted = `accepts TLS ${[...versions].join(", ") || "none alone"}`;
    if (securityPolicy === undefined) {
        return [unseen(about("versions", `${accepted}; the endpoint's own name has a policy of its own`))];
    }
    const ofVersions = observed(about("versions", accepted), versionFindings(versions, securityPolicy, path));
    if (!versions.has("1.2") || leaf === undefined) {
        return [ofVersions];
    }
    const exchanges = await acceptedKeyExchanges(at, offer, reach);
    const findings = keyExchangeFindings(exchanges, { securityPolicy, port: meantPort, leaf, path });
    return [ofVersions, observed(about("key exchange", `TLS 1.2 by ${[...exchanges].join(", ")}`), findings)];
}
