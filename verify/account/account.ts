import type { DescribeDomainConfigurationResponse } from "@aws-sdk/client-iot";
import type { CertificateDetail } from "@aws-sdk/client-acm";
import type { HealthCheckObservation } from "@aws-sdk/client-route-53";
import { day } from "../../rules/certificates/validity";
import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { observed, pathOf, together, unseen, type LookedAtDomain, type LookResult } from "../look";
import { accountFaults } from "./faults";
import type { AccountFacts, HealthCheckFacts, Told } from "./facts";

const fault = faultsOf(accountFaults);

interface Judged {
    readonly detail: string;
    /** Absent where AWS's answer leaves it open. */
    readonly findings?: readonly Finding[];
}

/** Judges what AWS says of a domain in one region. */
export function judgeAccount(subject: LookedAtDomain, region: string, facts: AccountFacts): LookResult {
    const { key } = subject;
    const path = pathOf(key, region);
    const judge = <Answer>(
        what: string,
        said: Told<Answer>,
        gone: keyof typeof accountFaults,
        read: (answer: Answer) => Judged,
    ): LookResult => {
        const about = (detail: string) => ({ look: "account", domain: key, region, what, detail }) as const;
        if ("withheld" in said) {
            return unseen(about(said.withheld));
        }
        if ("isMissing" in said) {
            return observed(about("there is none"), [fault(gone, { path, got: "none" })]);
        }
        const { detail, findings } = read(said.answer);
        return findings === undefined ? unseen(about(detail)) : observed(about(detail), findings);
    };
    return together([
        judge("domain configuration", facts.domainConfiguration, "domain-configuration-missing", (answer) =>
            judgeDomainConfiguration(answer, subject, path),
        ),
        judge("certificate in ACM", facts.certificate, "acm-certificate-missing", (answer) =>
            judgeCertificate(answer, path),
        ),
        ...(facts.healthCheck === undefined
            ? []
            : [
                  judge("health check", facts.healthCheck, "health-check-missing", (answer) =>
                      judgeHealthCheck(answer, path),
                  ),
              ]),
    ]);
}

function judgeDomainConfiguration(
    answer: DescribeDomainConfigurationResponse,
    { domain }: LookedAtDomain,
    path: string,
): Judged {
    const { domainConfigurationStatus: status, serverCertificates = [], tlsConfig, domainName } = answer;
    const [{ serverCertificateStatus: validity, serverCertificateStatusDetail: reason } = {}] = serverCertificates;
    // Of settings that are not in the outputs nothing is expected.
    const compared: readonly (readonly [name: string, there: string | undefined, deployed: string | undefined])[] = [
        ["domainName", domainName, domain.domainName],
        ["tlsConfig.securityPolicy", tlsConfig?.securityPolicy, domain.securityPolicy],
        ["authenticationType", answer.authenticationType, domain.authenticationType],
        ["applicationProtocol", answer.applicationProtocol, domain.applicationProtocol],
    ];
    const changed = compared.filter(
        ([, there, deployed]) => there !== undefined && deployed !== undefined && there !== deployed,
    );
    return {
        detail: [
            status ?? "of unknown status",
            ...(validity === undefined ? [] : [`server certificate ${validity}`]),
        ].join(", "),
        findings: [
            ...(status === "DISABLED" ? [fault("domain-configuration-disabled", { path, got: status })] : []),
            ...changed.map(([name, there, deployed]) =>
                fault("domain-configuration-changed", {
                    path,
                    got: `${name} ${there}`,
                    expected: `${name} ${deployed}`,
                }),
            ),
            ...(validity === "INVALID"
                ? [fault("server-certificate-invalid", { path, got: reason ?? "INVALID, without a reason" })]
                : []),
        ],
    };
}

/** Of what is out of date, the look at TLS tells more. */
const usable = ["ISSUED", "EXPIRED"];

function judgeCertificate({ Status, NotAfter, RenewalSummary, FailureReason }: CertificateDetail, path: string) {
    const { RenewalStatus = "", RenewalStatusReason = "" } = RenewalSummary ?? {};
    const isStuck = RenewalStatus === "FAILED" || RenewalStatus === "PENDING_VALIDATION";
    return {
        detail: [Status, ...(NotAfter === undefined ? [] : [`until ${day(NotAfter)}`]), RenewalStatus]
            .filter(Boolean)
            .join(", "),
        findings: [
            ...(usable.includes(Status ?? "")
                ? []
                : [
                      fault("acm-certificate-unusable", {
                          path,
                          got: [Status, FailureReason].filter(Boolean).join(": "),
                      }),
                  ]),
            ...(isStuck
                ? [
                      fault("acm-renewal-stuck", {
                          path,
                          got: [RenewalStatus, RenewalStatusReason].filter(Boolean).join(": "),
                      }),
                  ]
                : []),
        ],
    };
}

/**
 * Route 53 counts a health check as healthy while more than 18 % of its checkers say so.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
const healthyShare = 0.18;

function judgeHealthCheck({ type, observations }: HealthCheckFacts, path: string): Judged {
    if (observations.length === 0) {
        return { detail: "no checker has reported yet" };
    }
    const isSuccess = ({ StatusReport }: HealthCheckObservation) => /^success/i.test(StatusReport?.Status ?? "");
    const passing = observations.filter(isSuccess).length;
    const detail = `${passing} of ${observations.length} checkers say it is healthy`;
    if (passing / observations.length > healthyShare) {
        return { detail, findings: [] };
    }
    const [failing] = observations.filter((observation) => !isSuccess(observation));
    const got = [detail, failing?.StatusReport?.Status].filter(Boolean).join("; ");
    const rule = type === "CLOUDWATCH_METRIC" ? "health-check-alarmed" : "health-check-unhealthy";
    return { detail, findings: [fault(rule, { path, got })] };
}
