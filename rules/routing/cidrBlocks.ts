import ipaddr from "ipaddr.js";
import type { Finding } from "../finding";
import { fault } from "./faults";
import { references } from "./references";

/** A range of addresses of a CIDR collection. */
export interface CidrBlock {
    readonly network: ipaddr.IPv4 | ipaddr.IPv6;
    /** Leading bits that an address must share. */
    readonly prefixLength: number;
}

/**
 * Shortest and longest prefixes that a CIDR collection takes; everything else belongs to the default location.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 */
export const prefixLengths = {
    ipv4: { minimum: 1, maximum: 24 },
    ipv6: { minimum: 1, maximum: 48 },
} as const;

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-records */
export const maximumBlocksInCollection = 1000;

/** What Route 53 takes as the name of a location in a CIDR collection. */
export const cidrLocationNamePattern = /^[0-9A-Za-z_-]{1,16}$/;

/** The location that stands for every address without a location of its own. */
export const defaultCidrLocation = "*";

/** Reads a block such as `192.0.2.0/24`; `undefined` where it is none. */
export function parseCidrBlock(text: string): CidrBlock | undefined {
    // In other spellings of IPv4 that the library would take, 010.0.0.0 is octal.
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text) && !ipaddr.IPv6.isValidCIDR(text)) {
        return undefined;
    }
    const [address, prefixLength] = ipaddr.parseCIDR(text);
    const { IPv4, IPv6 } = ipaddr;
    const network = (address.kind() === "ipv4" ? IPv4 : IPv6).networkAddressFromCIDR(text);
    return { network, prefixLength };
}

/** Whether an address lies in a block; what is no address lies in none. */
export function contains({ network, prefixLength }: CidrBlock, text: string): boolean {
    const address = ipaddr.isValid(text) ? ipaddr.parse(text) : undefined;
    return address?.kind() === network.kind() && address.match(network, prefixLength);
}

/** The block in one spelling, however it was written. */
export function rangeOf({ network, prefixLength }: CidrBlock): string {
    return `${network.toString()}/${prefixLength}`;
}

/** Faults of a block as the configuration writes it. */
export function cidrBlockFindings(text: string, path: string): Finding[] {
    const block = parseCidrBlock(text);
    const limits = block && prefixLengths[block.network.kind()];
    if (block && limits && block.prefixLength >= limits.minimum && block.prefixLength <= limits.maximum) {
        return [];
    }
    return [
        fault(
            "routing-cidr-block",
            path,
            JSON.stringify(text),
            `a CIDR block: IPv4 with ${prefixLengths.ipv4.minimum} to ${prefixLengths.ipv4.maximum} bits such as 192.0.2.0/24, ` +
                `or IPv6 with ${prefixLengths.ipv6.minimum} to ${prefixLengths.ipv6.maximum} bits such as 2001:db8::/32`,
            block?.prefixLength === 0
                ? "leave it out; the default answers every address that no block holds"
                : "correct it; Route 53 sees the network of the asking resolver, not single addresses",
            references.ipBased,
        ),
    ];
}
