import type { TrustedRoots } from "../../rules/certificates/trustedRoots";
import { isFault, type Finding } from "../../rules/finding";
import type { Endpoint, OpenPort } from "../endpoint/endpoint";
import { faultsOf } from "../faultKind";
import { observed, pathOf, together, unseen, type LookedAtDomain, type LookResult, type Progress } from "../look";
import { failureOf } from "../network/failure";
import { inspectHandshake, type InspectedHandshake } from "../network/handshake";
import type { Reach } from "../reach";
import { addressFindings } from "./addresses";
import { judgeServedChain, type ExpectedCertificate, type ServedChainVerdict } from "./certificate";
import { tlsFaults } from "./faults";
import { handshakeFinding } from "./handshakeFinding";
import { lookAtPolicy } from "./policy";
import { judgeOcspResponse } from "./ocsp";
import { describeNames, ignoresNames, lookAtNames } from "./names";
import { acceptedVersions } from "./versions";

/** What TLS at a region's endpoint is held against. */
export interface TlsExpectation {
    readonly certificate: ExpectedCertificate;
    /** Roots that devices trust. */
    readonly roots: TrustedRoots;
    /** Whether the domain configuration staples OCSP responses; absent where nobody knows. */
    readonly staplesOcsp?: boolean;
}

/** What a look at TLS gives back. */
export interface TlsResult extends LookResult {
    /** SHA-256 of the certificate that was judged sound: who serves another one is sent nothing secret. */
    readonly soundFingerprint256?: string;
}

const fault = faultsOf(tlsFaults);

/** Where TLS is looked at: one port stands for all, since AWS has one TLS configuration for a domain, and one address first. */
interface Place extends OpenPort {
    /** The other addresses of the port. */
    readonly others: readonly OpenPort[];
    readonly alpn?: string;
    /** AWS's port. */
    readonly meantPort: number;
}

/** Looks at TLS of one domain at one region's endpoint: handshakes, versions, the chain as served, OCSP, names. */
export async function lookAtTls(
    subject: LookedAtDomain,
    endpoint: Endpoint,
    region: string,
    expectation: TlsExpectation,
    reach: Reach,
    progress: Progress,
): Promise<TlsResult> {
    const { key, domain } = subject;
    const path = pathOf(key, region);
    const place = placeOf(subject, endpoint);
    const about = (what: string, detail: string, milliseconds?: number) =>
        ({ look: "tls", domain: key, region, what, detail, milliseconds }) as const;
    if (place === undefined) {
        return unseen(about("handshake", endpoint.obstacle));
    }
    progress(`${key} ${region}: TLS on port ${place.meantPort}`);
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    const offer = { alpn: place.alpn, serverName: domain.domainName };
    let handshake: InspectedHandshake;
    try {
        handshake = await reach.limit(() =>
            inspectHandshake(place.address, place.port, { ...offer, requestsOcsp: true }, reach),
        );
        handshake.socket.destroy();
    } catch (error) {
        const finding = handshakeFinding(failureOf(error), {
            path,
            port: String(place.meantPort),
            serverName: domain.domainName,
        });
        return observed(about("handshake", finding.got, elapsed()), [finding]);
    }
    const handshakeTime = elapsed();
    const { fingerprint256 } = handshake;
    const [versions, names, atOthers] = await Promise.all([
        acceptedVersions(place, offer, reach),
        lookAtNames(place, offer, endpoint.host, reach),
        addressFindings(place.others, offer, { fingerprint256, meantPort: place.meantPort, path }, reach),
    ]);
    const chain = judgeServedChain({
        domainName: domain.domainName,
        certificates: handshake.flight.certificates,
        expected: expectation.certificate,
        roots: expectation.roots,
        at: reach.now(),
        path,
    });
    const isOwn = chain.findings.every(({ rule }) => rule !== "certificate-domain-name");
    const notServed = !isOwn && names.atEndpointName === handshake.fingerprint256;
    const certificateFindings = notServed
        ? [fault("tls-domain-not-served", { path, got: `the endpoint's own certificate, ${chain.detail}` })]
        : chain.findings;
    const ocsp = notServed
        ? undefined
        : judgeStapled(handshake, chain, expectation.staplesOcsp, { path, at: reach.now() });
    const { securityPolicy } = domain;
    const policyResults = await lookAtPolicy(
        { at: place, meantPort: place.meantPort, offer, reach },
        { securityPolicy: notServed ? undefined : securityPolicy, leaf: chain.leaf, path, versions },
        about,
    );
    const nameFindings =
        isOwn && ignoresNames(names, handshake.fingerprint256)
            ? [fault("tls-sni-ignored", { path, got: "the domain's certificate for another name as well" })]
            : [];
    return {
        ...together([
            observed(about("handshake", describeHandshake(handshake), handshakeTime)),
            ...policyResults,
            observed(about("certificate", chain.detail), certificateFindings),
            ...(place.others.length === 0
                ? []
                : [observed(about("other addresses", describeOthers(place.others, atOthers)), atOthers)]),
            ...(ocsp === undefined ? [] : [observed(about("OCSP", ocsp.detail), ocsp.findings)]),
            observed(about("names", describeNames(names, handshake.fingerprint256)), nameFindings),
        ]),
        soundFingerprint256: certificateFindings.some(isFault) ? undefined : handshake.fingerprint256,
    };
}

function describeHandshake({ version, cipher, keyExchange, flight }: InspectedHandshake): string {
    return [
        `TLS ${version}`,
        ...[cipher, keyExchange].filter((part) => part !== ""),
        ...(flight.asksForClientCertificate ? ["asks for a client certificate"] : []),
    ].join(", ");
}

function describeOthers(others: readonly OpenPort[], findings: readonly Finding[]): string {
    const wrong = findings.map(({ got }) => got).join("; ");
    return wrong || `the same certificate at ${others.map(({ address }) => address).join(", ")}`;
}

function placeOf({ domain }: LookedAtDomain, { open }: Endpoint): Place | undefined {
    const [place] = domain.connections
        .toSorted((one, other) => (one.alpn ?? "").localeCompare(other.alpn ?? "") || other.port - one.port)
        .flatMap(({ port, alpn }) => {
            const [first, ...others] = open.get(port) ?? [];
            return first === undefined ? [] : [{ ...first, others, alpn, meantPort: port }];
        });
    return place;
}

function judgeStapled(
    { ocspResponse }: InspectedHandshake,
    { leaf, issuer }: ServedChainVerdict,
    isExpected: boolean | undefined,
    { path, at }: { readonly path: string; readonly at: Date },
): { readonly findings: readonly Finding[]; readonly detail: string } | undefined {
    if (ocspResponse === undefined) {
        return isExpected === true
            ? { findings: [fault("tls-ocsp-missing", { path, got: "none" })], detail: "no stapled response" }
            : undefined;
    }
    if (leaf === undefined || issuer === undefined) {
        return { findings: [], detail: "stapled; without the CA's certificate it cannot be judged" };
    }
    const verdict = judgeOcspResponse(ocspResponse, leaf, issuer, at);
    return verdict.status === "good"
        ? { findings: [], detail: `good${verdict.nextUpdate ? ` until ${verdict.nextUpdate.toISOString()}` : ""}` }
        : { findings: [fault(verdict.fault, { path, got: verdict.got })], detail: verdict.got };
}
