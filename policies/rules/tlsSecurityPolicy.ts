import {
    awsDefaultSecurityPolicy,
    defaultSecurityPolicy,
    securityPolicyFindings,
    securityPolicyNames,
} from "../../rules/securityPolicies";
import { domainConfiguration } from "../examples";
import { knownRegionOf, type ResourceView } from "../framework/resources";
import { defineRule, type Fault } from "../framework/rule";
import { isUnknown, quote, valueAt } from "../framework/values";
import { iotLens, nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

const path = "tlsConfig.securityPolicy";

interface TlsSettings {
    readonly allowed: readonly string[];
}

/** A domain configuration names a TLS security policy that is allowed and offered in its region. */
export const tlsSecurityPolicy = defineRule<TlsSettings>({
    name: "tls-security-policy",
    title: "TLS security policy",
    description: "A domain configuration names an allowed TLS security policy that AWS offers in its region.",
    rationale:
        "Without a policy of its own a domain gets AWS's default, which also takes TLS 1.2. A misspelt policy, or one that " +
        "the region does not have, fails only when AWS is called.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-endpoints-tls-config.html",
    frameworks: [...iotLens("IOTSEC10-BP01"), ...nist("SC-8(1)", "SC-13")],
    remediation: {
        code: `tlsConfig: { securityPolicy: "${defaultSecurityPolicy}" }`,
        cli: `aws iot update-domain-configuration --domain-configuration-name NAME --tls-config securityPolicy=${defaultSecurityPolicy}`,
        console: `AWS IoT > Connect > Domain configurations > the domain > Edit > Security policy: ${defaultSecurityPolicy}`,
    },
    settings: {
        allowed: {
            type: "array",
            items: { type: "string" },
            description:
                "Policies that are allowed, by AWS's exact names; also ones that AWS has added since. Where a region offers " +
                "none of them, as in AWS GovCloud (US), the newest that it has is taken.",
            default: [defaultSecurityPolicy],
        },
    },
    examples: {
        compliant: [domainConfiguration()],
        violating: [domainConfiguration({ tlsConfig: { securityPolicy: awsDefaultSecurityPolicy } })],
    },
    resource: {
        types: [resourceTypes.domainConfiguration],
        check: (resource, { settings }) => securityPolicyFaults(resource, settings.allowed),
    },
});

function securityPolicyFaults(resource: ResourceView, allowed: readonly string[]): Fault[] {
    const given = valueAt(resource.properties, "tlsConfig", "securityPolicy");
    if (isUnknown(given)) {
        return [];
    }
    const region = knownRegionOf(resource);
    const accepted = acceptedIn(region, allowed);
    const effective = given ?? awsDefaultSecurityPolicy;
    if (typeof effective === "string" && accepted.includes(effective)) {
        return [];
    }
    // In China there is none to choose, so a domain configuration that names none is right.
    if (given === undefined && accepted.length === 0) {
        return [];
    }
    const misnamed =
        typeof given === "string" && region !== undefined ? securityPolicyFindings(given, region, path) : [];
    const expected = accepted.length === 1 ? String(accepted[0]) : `one of ${accepted.join(", ")}`;
    if (misnamed.length > 0) {
        return misnamed.map((finding) => (accepted.length === 0 ? finding : { ...finding, expected }));
    }
    return [
        {
            path,
            got: given === undefined ? `nothing, for which AWS takes ${awsDefaultSecurityPolicy}` : quote(given),
            expected,
            remedy: "set it, or add the policy to the rule's setting `allowed` if devices need it",
        },
    ];
}

/** The allowed policies of a region, or the newest that it has where it offers none of them. */
function acceptedIn(region: string | undefined, allowed: readonly string[]): readonly string[] {
    const everywhere = securityPolicyNames().map((name) => name.toLowerCase());
    const offered = securityPolicyNames(region);
    // What the table does not know may be newer than the table; what differs in case alone is misspelt.
    const accepted = allowed.filter((name) => offered.includes(name) || !everywhere.includes(name.toLowerCase()));
    return accepted.length > 0 ? accepted : offered.slice(0, 1);
}
