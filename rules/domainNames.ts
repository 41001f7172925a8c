import { domainToASCII } from "node:url";
import type { Finding } from "./finding";

/** Longest name that DNS carries, in characters without a trailing dot. */
export const maximumNameLength = 253;

/**
 * Longest first domain name that ACM takes for a public certificate: it becomes the common name, which X.509 limits.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export const maximumCommonNameLength = 64;

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * A name as certificates and DNS compare it: A-labels, lower case, no trailing dot; `undefined` where it cannot be one.
 *
 * A wildcard label keeps its asterisk.
 */
export function canonicalName(name: string): string | undefined {
    const wildcard = name.startsWith("*.");
    const base = (wildcard ? name.slice(2) : name).replace(/\.$/, "");
    if (base === "" || /[\s/:@?#[\]\\%*_]/.test(base)) {
        return undefined;
    }
    const ascii = domainToASCII(base).toLowerCase();
    // The URL parser reads "1.2" as an address; what comes back must still be the labels that went in.
    if (ascii === "" || ascii.length > maximumNameLength || !ascii.split(".").every((part) => label.test(part))) {
        return undefined;
    }
    if (/^\d+$/.test(ascii.split(".").at(-1) ?? "")) {
        return undefined;
    }
    return wildcard ? `*.${ascii}` : ascii;
}

/**
 * Whether a name in a certificate covers a domain name: exactly, or as a wildcard for exactly one leftmost label.
 *
 * Node's `checkHost` is not used because it also accepts partial wildcards and falls back to the common name.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
export function covers(pattern: string, domainName: string): boolean {
    const wanted = canonicalName(domainName);
    const offered = canonicalName(pattern);
    if (wanted === undefined || offered === undefined || wanted.startsWith("*.")) {
        return false;
    }
    if (!offered.startsWith("*.")) {
        return offered === wanted;
    }
    const dot = wanted.indexOf(".");
    return dot > 0 && wanted.slice(dot + 1) === offered.slice(2);
}

/** Whether a domain name lies in a zone, the zone's own name included. */
export function isWithinZone(domainName: string, zoneName: string): boolean {
    const name = canonicalName(domainName);
    const zone = canonicalName(zoneName);
    return name !== undefined && zone !== undefined && (name === zone || name.endsWith(`.${zone}`));
}

/**
 * The name whose DNS record validates a certificate's name: `*.example.com` is validated by the record of `example.com`.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function validationName(name: string): string {
    return name.replace(/^\*\./, "").replace(/\.$/, "").toLowerCase();
}

/** Faults of a fully qualified domain name that devices are to connect to. */
export function domainNameFindings(name: string, path: string): Finding[] {
    const canonical = canonicalName(name);
    if (canonical !== undefined && !canonical.startsWith("*.") && canonical === name && name.includes(".")) {
        return [];
    }
    return [
        {
            rule: "domain-name",
            severity: "high",
            path,
            got: JSON.stringify(name.length > maximumNameLength ? `${name.slice(0, 60)}...` : name),
            expected:
                "a fully qualified domain name in lower case, without wildcard or trailing dot, such as iot.example.com",
            remedy: remedyFor(name, canonical),
            reference: "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html",
        },
    ];
}

function remedyFor(name: string, canonical: string | undefined): string {
    if (canonical?.startsWith("*.")) {
        return "give each name a domain configuration of its own; one wildcard certificate may serve them all";
    }
    if (canonical !== undefined && canonical.includes(".") && canonical !== name) {
        return `write it as ${canonical}`;
    }
    return "give the full name that devices connect to";
}
