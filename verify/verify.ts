import { X509Certificate } from "node:crypto";
import type { DomainOutput } from "../outputs/contract";
import type { TrustedRoots } from "../rules/certificates/trustedRoots";
import { AwsClients, type AwsAccess } from "./account/access";
import { judgeAccount } from "./account/account";
import { gatherFacts, type AccountFacts } from "./account/facts";
import { withoutConsequences } from "./causes";
import { lookAtDns } from "./dns";
import { lookAtEndpoint } from "./endpoint/endpoint";
import { together, unseen, type LookedAtDomain, type LookName, type LookResult, type Progress } from "./look";
import type { Credentials } from "./protocols/credentials";
import { lookAtProtocols } from "./protocols/protocols";
import { entranceOf } from "./provisioning/entrance";
import { lookAtProvisioning } from "./provisioning/provisioning";
import type { ProvisioningSettings } from "./provisioning/settings";
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
    /** AWS's APIs; absent without credentials. */
    readonly aws?: AwsAccess;
    /** Absent where the stack has no provisioning. */
    readonly provisioning?: ProvisioningSettings;
    /** Regions that are known to be unhealthy. @default whatever explains the answers of DNS best */
    readonly unhealthy?: ReadonlySet<string>;
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
    const { only, reach, unhealthy } = settings;
    const results = await Promise.all([
        ...(only.has("dns") ? [lookAtDns(subject, reach, progress, { unhealthy })] : []),
        ...regions.map((region) => lookAtRegion(subject, region, settings, progress)),
    ]);
    return withoutConsequences(together(results));
}

async function lookAtRegion(
    subject: LookedAtDomain,
    region: string,
    settings: VerifySettings,
    progress: Progress,
): Promise<LookResult> {
    const { only, reach, credentials } = settings;
    const facts = await askAccount(subject, region, settings);
    const endpoint = await lookAtEndpoint(subject, region, reach, progress);
    const expectation = expectationOf(subject, region, facts, settings.roots);
    const tls = await lookAtTls(subject, endpoint, region, expectation, reach, progress);
    const protocols = only.has("protocols")
        ? [await lookAtProtocols(subject, endpoint, region, tls.soundFingerprint256, credentials, reach, progress)]
        : [];
    const provisioning =
        only.has("provisioning") && settings.provisioning?.through === subject.key
            ? [
                  await lookAtProvisioning(
                      region,
                      tls.soundFingerprint256 === undefined
                          ? undefined
                          : entranceOf(subject, endpoint, region, tls.soundFingerprint256, reach),
                      settings.provisioning,
                      settings.aws,
                      progress,
                  ),
              ]
            : [];
    return together([
        ...(facts !== undefined && only.has("account") ? [judgeAccount(subject, region, facts)] : []),
        endpoint,
        ...(only.has("tls") ? [tls] : []),
        ...protocols,
        ...provisioning,
    ]);
}

async function askAccount({ domain }: LookedAtDomain, region: string, { aws, reach }: VerifySettings) {
    const outputs = domain.regions[region];
    if (aws === undefined || outputs === undefined) {
        return undefined;
    }
    const clients = new AwsClients(aws, region);
    try {
        return await reach.limit(() => gatherFacts(outputs, clients));
    } finally {
        clients.destroy();
    }
}

/** What ACM holds goes before what the outputs say: it is what AWS IoT Core is to serve, renewed or not. */
function expectationOf(
    { domain }: LookedAtDomain,
    region: string,
    facts: AccountFacts | undefined,
    roots: TrustedRoots,
): TlsExpectation {
    const { certificateFingerprint, certificateExpiry } = domain.regions[region] ?? {};
    const held = facts !== undefined && "answer" in facts.certificatePem ? facts.certificatePem.answer : undefined;
    const configuration =
        facts !== undefined && "answer" in facts.domainConfiguration ? facts.domainConfiguration.answer : undefined;
    const certificate = held === undefined ? undefined : new X509Certificate(held);
    return {
        certificate: {
            fingerprint256: certificate?.fingerprint256 ?? certificateFingerprint,
            validTo: asDate(certificate?.validTo ?? certificateExpiry),
            isRenewedByAcm: domain.certificate?.renewal === "acm",
        },
        roots,
        staplesOcsp: configuration?.serverCertificateConfig?.enableOCSPCheck,
    };
}

function asDate(text: string | undefined): Date | undefined {
    const date = new Date(text ?? "");
    return Number.isNaN(date.getTime()) ? undefined : date;
}
