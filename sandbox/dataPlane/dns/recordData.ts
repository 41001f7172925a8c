import type { Answer } from "dns-packet";
import type { ResourceRecordSet } from "../../cloud/models/route53";

type Type = ResourceRecordSet["Type"];

/** Reads a value as Route 53 keeps it into what is sent. */
type Reader = (value: string) => unknown;

/** A value whose parts are separated by blanks. */
function parts(value: string): string[] {
    return value.trim().split(/\s+/);
}

const character = (code: string) => String.fromCharCode(parseInt(code, 8));

/** The character strings of a text: each in quotation marks, with `\"`, `\\` and octal codes. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat */
function characterStrings(value: string): string[] {
    return [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) =>
        text.replace(/\\(\d{3})|\\(.)/g, (_, code?: string, plain?: string) =>
            code ? character(code) : (plain ?? ""),
        ),
    );
}

/** A domain name without Route 53's octal codes. */
export function plainName(name: string): string {
    return name.replace(/\\(\d{3})/g, (_, code: string) => character(code));
}

/** The record types of Route 53 that can be sent. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const readers: Partial<Record<Type, Reader>> = {
    A: (value) => value,
    AAAA: (value) => value,
    CNAME: plainName,
    NS: plainName,
    PTR: plainName,
    TXT: characterStrings,
    SOA: (value) => {
        const [mname, rname, serial, refresh, retry, expire, minimum] = parts(value);
        return {
            mname,
            rname,
            serial: Number(serial),
            refresh: Number(refresh),
            retry: Number(retry),
            expire: Number(expire),
            minimum: Number(minimum),
        };
    },
    MX: (value) => {
        const [preference, exchange] = parts(value);
        return { preference: Number(preference), exchange };
    },
    SRV: (value) => {
        const [priority, weight, port, target] = parts(value);
        return { priority: Number(priority), weight: Number(weight), port: Number(port), target };
    },
    CAA: (value) => {
        const [flags, tag] = parts(value);
        return { flags: Number(flags), tag, value: characterStrings(value)[0] ?? "" };
    },
    NAPTR: (value) => {
        const [order, preference] = parts(value);
        const [flags = "", services = "", regexp = ""] = characterStrings(value);
        return {
            order: Number(order),
            preference: Number(preference),
            flags,
            services,
            regexp,
            replacement: parts(value).at(-1),
        };
    },
    DS: (value) => {
        const [keyTag, algorithm, digestType, ...digest] = parts(value);
        return {
            keyTag: Number(keyTag),
            algorithm: Number(algorithm),
            digestType: Number(digestType),
            digest: Buffer.from(digest.join(""), "hex"),
        };
    },
    TLSA: (value) => {
        const [usage, selector, matchingType, ...certificate] = parts(value);
        return {
            usage: Number(usage),
            selector: Number(selector),
            matchingType: Number(matchingType),
            certificate: Buffer.from(certificate.join(""), "hex"),
        };
    },
    SSHFP: (value) => {
        const [algorithm, hash, ...fingerprint] = parts(value);
        return { algorithm: Number(algorithm), hash: Number(hash), fingerprint: fingerprint.join("") };
    },
};

/**
 * A value of a record set as it is sent.
 *
 * @throws {Error} for the types SPF, SVCB and HTTPS, for which the library that writes messages has no form
 */
export function recordOf(type: Type, name: string, ttl: number, value: string): Answer {
    const read = readers[type];
    if (read === undefined) {
        throw new Error(`the sandbox's name server cannot send records of type ${type}`);
    }
    return { type, name, ttl, class: "IN", data: read(value) } as Answer;
}
