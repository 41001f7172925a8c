import type { DomainOutput } from "../outputs/contract";
import type { TrustedRoots } from "../rules/certificates/trustedRoots";
import { withoutConsequences } from "./causes";
import { lookAtEndpoint } from "./endpoint/endpoint";
import { together, unseen, type LookedAtDomain, type LookName, type LookResult, type Progress } from "./look";
import type { Credentials } from "./protocols/credentials";
import { lookAtProtocols } from "./protocols/protocols";
import type { Reach } from "./reach";
import { lookAtTls, type TlsExpectation } from "./tls/tls";

/** What is looked at, and with what. */
export interface VerifySettings {
    /** The looks to take. */
    readonly only: ReadonlySet<LookName>;
    readonly reach: Reach;
    /** Roots that devices trust. */
    readonly roots: TrustedRoots;
    readonly credentials: Credentials;
}

/** Which of a stack's domains and regions to look at; everything where nothing is named. */
export interface Selection {
    readonly domains: readonly string[];
    readonly regions: readonly string[];
}

/** What there is to look at; empty where the selection leaves nothing. */
export function subjectsOf(
    outputs: Readonly<Record<string, DomainOutput>>,
    { domains, regions }: Selection,
): LookedAtDomain[] {
    const isWanted = (wanted: readonly string[], name: string) => wanted.length === 0 || wanted.includes(name);
    return Object.entries(outputs)
        .filter(([key]) => isWanted(domains, key))
        .map(([key, domain]) => ({
            key,
            domain,
            regions: Object.keys(domain.regions).filter((region) => isWanted(regions, region)),
        }))
        .filter((subject) => subject.regions.length > 0);
}

/** Looks at one domain from outside, in every region that is asked for. */
export async function verifyDomain(
    subject: LookedAtDomain,
    settings: VerifySettings,
    progress: Progress,
): Promise<LookResult> {
    const { key, domain, regions } = subject;
    if (domain.status === "DISABLED") {
        const detail = "DISABLED in the stack's configuration, so it serves nobody";
        return unseen({ look: "endpoint", domain: key, what: domain.domainName, detail });
    }
    const results = await Promise.all(regions.map((region) => lookAtRegion(subject, region, settings, progress)));
    return withoutConsequences(together(results));
}

async function lookAtRegion(
    subject: LookedAtDomain,
    region: string,
    settings: VerifySettings,
    progress: Progress,
): Promise<LookResult> {
    const { only, reach, roots, credentials } = settings;
    const endpoint = await lookAtEndpoint(subject, region, reach, progress);
    const tls = await lookAtTls(subject, endpoint, region, expectationOf(subject, region, roots), reach, progress);
    const protocols = only.has("mqtt")
        ? [await lookAtProtocols(subject, endpoint, region, tls.soundFingerprint256, credentials, reach, progress)]
        : [];
    return together([endpoint, ...(only.has("tls") ? [tls] : []), ...protocols]);
}

function expectationOf({ domain }: LookedAtDomain, region: string, roots: TrustedRoots): TlsExpectation {
    const { certificateFingerprint, certificateExpiry } = domain.regions[region] ?? {};
    const validTo = certificateExpiry === undefined ? undefined : new Date(certificateExpiry);
    return {
        certificate: {
            fingerprint256: certificateFingerprint,
            validTo: validTo === undefined || Number.isNaN(validTo.getTime()) ? undefined : validTo,
            isRenewedByAcm: domain.certificate?.renewal === "acm",
        },
        roots,
    };
}
