import type { Finding } from "../rules/finding";
import { checkServerCertificate, type ServerCertificateVerdict } from "../rules/certificates/serverCertificate";
import type { ResourceView } from "./framework/resources";
import type { ResourceCheck } from "./framework/rule";
import { isUnknown, knownTextAt, textAt } from "./framework/values";
import { resourceTypes } from "./resourceTypes";

/** What is known of a certificate that a resource imports into ACM. */
export interface ImportedCertificate {
    readonly verdict: ServerCertificateVerdict;
    /** False while the chain is known only after the deployment: nothing can be said about it then. */
    readonly isChainKnown: boolean;
}

interface Files {
    readonly certificate: string;
    readonly chain: string | undefined;
    readonly privateKey: string | undefined;
    readonly privateKeyPath: string;
}

/**
 * How long a verdict holds, in milliseconds: rules that ask about the same certificate one after the other get the same answer.
 *
 * It is judged at the moment of the first question, never at an earlier one, at which a certificate made just now is not valid yet.
 */
const verdictLifetime = 60_000;

/** Judged last. */
let latest: { readonly key: string; readonly at: number; readonly verdict: ServerCertificateVerdict } | undefined;

/** What the rules on certificates say of the one that a resource imports; `undefined` where it imports none, or none yet. */
export function importedCertificate(resource: ResourceView, at: Date): ImportedCertificate | undefined {
    const certificate = knownTextAt(resource.properties, "certificateBody");
    if (certificate === undefined) {
        return undefined;
    }
    const chain = textAt(resource.properties, "certificateChain");
    const privateKeyPath =
        ["privateKeyWo", "privateKey"].find((name) => knownTextAt(resource.properties, name)) ?? "privateKey";
    const files: Files = {
        certificate,
        chain: isUnknown(chain) ? undefined : chain,
        privateKey: knownTextAt(resource.properties, privateKeyPath),
        privateKeyPath,
    };
    const key = JSON.stringify(files);
    const age = at.getTime() - (latest?.at ?? Infinity);
    if (latest?.key !== key || !(age >= 0 && age < verdictLifetime)) {
        latest = { key, at: at.getTime(), verdict: judge(files, at) };
    }
    return { verdict: latest.verdict, isChainKnown: !isUnknown(chain) };
}

function judge({ certificate, chain, privateKey, privateKeyPath }: Files, at: Date): ServerCertificateVerdict {
    return checkServerCertificate({
        // Which domains it serves is for the domain configurations to say; findings on the name are never asked for here.
        domainName: "",
        certificate,
        chain,
        privateKey,
        at,
        paths: { certificate: "certificateBody", chain: "certificateChain", privateKey: privateKeyPath },
    });
}

/** A check of imported certificates that reports some of the findings on certificates, by the identifiers of their rules. */
export function importedCertificateCheck(...findingRules: readonly string[]): ResourceCheck<object> {
    return {
        types: [resourceTypes.acmCertificate],
        check: (resource, { now }) => importedCertificateFindings(resource, now, findingRules),
    };
}

/** The findings of an imported certificate by the identifiers of their rules. */
export function importedCertificateFindings(
    resource: ResourceView,
    now: Date,
    findingRules: readonly string[],
): Finding[] {
    const imported = importedCertificate(resource, now);
    return (imported?.verdict.findings ?? []).filter(
        ({ rule }) => findingRules.includes(rule) && (imported?.isChainKnown === true || !rule.startsWith("chain-")),
    );
}
