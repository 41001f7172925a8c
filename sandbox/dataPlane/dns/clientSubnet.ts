import type { OptAnswer, PacketOpt } from "dns-packet";
import ipaddr from "ipaddr.js";

/** The network of a client, as its resolver tells it. */
export interface ClientSubnet {
    readonly address: string;
    readonly prefixLength: number;
    readonly option: ClientSubnetOption;
}

type ClientSubnetOption = Extract<PacketOpt, { ip: string | undefined }>;

const code = 8;

/** Bytes before the address: family, source prefix-length, scope prefix-length. */
const headerSize = 4;
const scopeOffset = 3;

/**
 * The EDNS Client Subnet of a question; `malformed` where the standard wants FORMERR.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc7871#section-7.1.2
 */
export function clientSubnetOf(opt: OptAnswer | undefined): ClientSubnet | "malformed" | undefined {
    const options = (opt?.options ?? []).filter((option): option is ClientSubnetOption => Number(option.code) === code);
    const [option] = options;
    if (option === undefined) {
        return undefined;
    }
    const { family = 0, sourcePrefixLength: prefixLength = 0, scopePrefixLength, ip, data } = option;
    const bits = { 1: 32, 2: 128 }[family];
    // RFC 7871 leaves family 0 to those who want no network to be told.
    if (family === 0 && prefixLength === 0 && data?.length === headerSize) {
        return { address: "0.0.0.0", prefixLength, option };
    }
    if (
        bits === undefined ||
        prefixLength > bits ||
        scopePrefixLength !== 0 ||
        data?.length !== headerSize + Math.ceil(prefixLength / 8) ||
        ip === undefined ||
        options.length > 1
    ) {
        return "malformed";
    }
    const address = ipaddr.parse(ip);
    const library = address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
    const network = library.networkAddressFromCIDR(`${ip}/${prefixLength}`);
    return network.toString() === address.toString()
        ? { address: address.toString(), prefixLength, option }
        : "malformed";
}

/** The option of the answer: what was asked, and for how large a network the answer holds. */
export function answeredSubnet({ option, prefixLength }: ClientSubnet, scope: number): PacketOpt {
    const data = Buffer.from(option.data ?? []);
    data.writeUInt8(prefixLength === 0 ? 0 : scope, scopeOffset);
    return { ...option, data };
}
