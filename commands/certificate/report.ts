import type { Finding, Severity } from "../../rules/finding";
import type { ServerCertificateVerdict } from "../../rules/certificates/serverCertificate";
import { printable } from "../../rules/certificates/subjectNames";
import type { CertificateSummary } from "../../rules/certificates/summary";
import { day, daysBetween } from "../../rules/certificates/validity";
import type { Arguments } from "./arguments";
import { nameOf } from "./files";

type Row = readonly [label: string, value: string];

/** Severities from the worst on, with what their group is called. */
const groups: readonly (readonly [Severity, string])[] = [
    ["critical", "Critical"],
    ["high", "High"],
    ["medium", "Medium"],
    ["low", "Advice (does not reject)"],
];

/** The verdict for people: the outcome first, then what the certificate is, then the findings, the worst first. */
export function report(verdict: ServerCertificateVerdict, options: Arguments, accepted: boolean): string {
    const { certificate, findings } = verdict;
    const sections = [
        `${accepted ? "Accepted" : "Rejected"}: ${nameOf(options.certificate)} for ${options.domain} on ${day(options.at)}`,
        ...(certificate === undefined ? [] : [rows(describe(certificate, verdict, options))]),
        ...groups.flatMap(([severity, title]) => {
            const group = findings.filter((finding) => finding.severity === severity);
            return group.length === 0 ? [] : [[title, ...group.map(describeFinding)].join("\n\n")];
        }),
    ];
    return `${sections.join("\n\n")}\n`;
}

function describe(certificate: CertificateSummary, verdict: ServerCertificateVerdict, options: Arguments): Row[] {
    const { subject, issuer, subjectAlternativeNames: names, keyAlgorithm, signatureAlgorithm } = certificate;
    return [
        ["subject", printable(subject) || "none"],
        ["names", printable(names.join(", ")) || "none but the subject's"],
        ["issuer", printable(issuer) || "none"],
        ["key", keyAlgorithm],
        ["signature", signatureAlgorithm],
        ["validity", describeValidity(certificate, options.at)],
        [
            "kind",
            `${verdict.kind}${options.kind === undefined ? `, deduced: ${reasons[verdict.kind ?? "private"]}` : ""}`,
        ],
        ...describeChain(verdict.chain),
        ["private key", describePrivateKey(verdict.findings, options)],
    ];
}

/** Why a kind was deduced. */
const reasons = {
    public: "it leads to a root of the copy of Mozilla's CA bundle that comes with Node",
    private: "it leads to no root of the copy of Mozilla's CA bundle that comes with Node",
    "self-signed": "it is signed with its own key",
} as const;

function describeValidity({ validFrom, validTo }: CertificateSummary, at: Date): string {
    const left = daysBetween(at, validTo);
    const rest = at < validFrom ? "not yet valid" : at > validTo ? "expired" : `${left} days left`;
    return `${day(validFrom)} to ${day(validTo)}, ${rest}`;
}

function describeChain(chain: readonly CertificateSummary[]): Row[] {
    if (chain.length === 0) {
        return [["chain", "none"]];
    }
    return chain.map(({ subject, validTo, keyAlgorithm }, index) => [
        index === 0 ? "chain" : "",
        `${index + 1}. ${printable(subject)}, ${keyAlgorithm}, until ${day(validTo)}`,
    ]);
}

function describePrivateKey(findings: readonly Finding[], { privateKey }: Arguments): string {
    if (privateKey === undefined) {
        return "not given, so not checked";
    }
    return findings.some(({ rule, severity }) => rule.startsWith("private-key-") && severity !== "low")
        ? "see below"
        : "matches";
}

function describeFinding({ rule, path, got, expected, remedy, reference }: Finding): string {
    const words: Row[] = [
        ["expected", expected],
        ["got", got],
        ["remedy", remedy],
        ...(reference === undefined ? [] : [["see", reference] as const]),
    ];
    return `  ${rule} (${path})\n${rows(words, 4)}`;
}

function rows(entries: readonly Row[], indentation = 2): string {
    const width = Math.max(...entries.map(([label]) => label.length));
    return entries.map(([label, value]) => `${" ".repeat(indentation)}${label.padEnd(width)}  ${value}`).join("\n");
}
