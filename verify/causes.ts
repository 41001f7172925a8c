import type { Finding } from "../rules/finding";
import type { LookResult, Observation } from "./look";

/** What a fault brings about: findings that a look has because of it and that nobody should mend by themselves. */
interface Cause {
    readonly rule: string;
    readonly brings: (consequence: string) => boolean;
}

const isAny =
    (...rules: readonly string[]) =>
    (rule: string) =>
        rules.includes(rule);

/** Faults of a certificate, which say little of one that should not be served at all. */
const isOfCertificate = (rule: string) =>
    /^(certificate|chain)-/.test(rule) || /^tls-(chain|untrusted|ocsp)/.test(rule);

/** Causes in the order in which they are looked at: what follows from another fault is no cause any more. */
const causes: readonly Cause[] = [
    {
        rule: "domain-configuration-disabled",
        brings: (rule) => isOfCertificate(rule) || isAny("tls-domain-not-served", "tls-alert", "tls-reset")(rule),
    },
    {
        rule: "domain-configuration-missing",
        brings: (rule) => isOfCertificate(rule) || isAny("tls-domain-not-served", "tls-alert", "tls-reset")(rule),
    },
    {
        rule: "domain-configuration-changed",
        brings: (rule) => /^tls-(version|key-exchange)-/.test(rule) || rule === "alpn-refused",
    },
    { rule: "acm-certificate-missing", brings: isOfCertificate },
    { rule: "acm-certificate-unusable", brings: isOfCertificate },
    { rule: "tls-certificate-outdated", brings: isOfCertificate },
    { rule: "tls-certificate-unexpected", brings: isOfCertificate },
    // Of a certificate that was valid once, AWS says INVALID from its last day on; else it speaks of a newer one.
    { rule: "certificate-validity", brings: isAny("server-certificate-invalid") },
    { rule: "server-certificate-invalid", brings: isAny("tls-certificate-outdated") },
    // In MQTT 3.1.1, AWS ends the connection without a word for which MQTT 5 has a reason code.
    { rule: "mqtt-connect-refused", brings: isAny("mqtt-closed") },
    { rule: "client-certificate-refused", brings: isAny("mqtt-closed", "https-publish-refused") },
    { rule: "dns-server-silent", brings: isAny("endpoint-unresolved") },
    { rule: "dns-server-refuses", brings: isAny("endpoint-unresolved") },
    { rule: "dns-server-fails", brings: isAny("endpoint-unresolved") },
    { rule: "region-unreachable", brings: isAny("health-check-unhealthy", "dns-region-avoided") },
    { rule: "health-check-unhealthy", brings: isAny("dns-region-avoided") },
    { rule: "health-check-alarmed", brings: isAny("dns-region-avoided") },
    { rule: "endpoint-unresolved", brings: isAny("dns-addresses-missing") },
    { rule: "claim-certificate-missing", brings: (rule) => /^claim-.*-refused$/.test(rule) },
    { rule: "claim-certificate-inactive", brings: (rule) => /^claim-.*-refused$/.test(rule) },
    { rule: "provisioning-template-missing", brings: isAny("claim-register-refused") },
    { rule: "provisioning-template-disabled", brings: isAny("claim-register-refused") },
    { rule: "ca-certificate-missing", brings: isAny("just-in-time-refused") },
    { rule: "ca-certificate-inactive", brings: isAny("just-in-time-refused") },
    { rule: "auto-registration-disabled", brings: isAny("just-in-time-refused") },
];

/**
 * Leaves out what follows from another finding of the same region, and says so in the table: a person mends the cause, and
 * looks again.
 */
export function withoutConsequences({ observations, findings, failures }: LookResult): LookResult {
    const dropped = new Map<Finding, Finding>();
    for (const { rule, brings } of causes) {
        for (const cause of findings.filter((finding) => finding.rule === rule && !dropped.has(finding))) {
            for (const finding of findings) {
                if (finding !== cause && brings(finding.rule) && areTogether(finding.path, cause.path)) {
                    dropped.set(finding, cause);
                }
            }
        }
    }
    return {
        failures,
        findings: findings.filter((finding) => !dropped.has(finding)),
        observations: observations.map((observation) => explained(observation, dropped)),
    };
}

/** Whether one of two places is the other one, or a part of it. */
function areTogether(one: string, other: string): boolean {
    return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** An observation whose every finding follows from something else has not been seen by itself. */
function explained(observation: Observation, dropped: ReadonlyMap<Finding, Finding>): Observation {
    const { findings = [], detail } = observation;
    const [cause] = findings.flatMap((finding) => dropped.get(finding) ?? []);
    return cause !== undefined && findings.every((finding) => dropped.has(finding))
        ? { ...observation, outcome: "unseen", detail: `${detail}; follows from ${cause.rule}` }
        : observation;
}
