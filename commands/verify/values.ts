import { InvalidArgumentError } from "commander";
import type { ConnectTo, SocketAddress } from "../../verify/reach";

const unitsInMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `60m`, `1h` in milliseconds. @throws InvalidArgumentError for what is no duration */
export function asDuration(text: string): number {
    const [, count, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
    if (count === undefined) {
        throw new InvalidArgumentError("Expected a number with ms, s, m or h behind it, such as 60m.");
    }
    return Math.round(Number(count) * (unitsInMilliseconds[unit] ?? 0));
}

const longestWait = 3_600_000;

/** How long to wait for one answer, in milliseconds. @throws InvalidArgumentError for what is no duration, for none and for more than an hour */
export function asTimeout(text: string): number {
    const milliseconds = asDuration(text);
    if (milliseconds < 1 || milliseconds > longestWait) {
        throw new InvalidArgumentError("Expected from 1ms to 1h.");
    }
    return milliseconds;
}

/** A whole number from 1 on. @throws InvalidArgumentError for what is none */
export function asNumber(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) {
        throw new InvalidArgumentError("Expected a whole number from 1 on.");
    }
    return Number(text);
}

const host = String.raw`(?:\[([^\]]*)\]|([^:[\]]*))`;
const socketAddress = new RegExp(`^${host}(?::(\\d+))?$`);
const fromTo = new RegExp(`^${host}:(\\d*):${host}:(\\d*)$`);

/** `127.0.0.1:5353`, `[::1]:5353`, or an address alone for port 53. @throws InvalidArgumentError for what is none */
export function asSocketAddress(text: string): SocketAddress {
    const [, bracketed, plain, port = "53"] = socketAddress.exec(text) ?? [];
    const address = bracketed ?? plain;
    if (address === undefined || address === "" || !isPort(port)) {
        throw new InvalidArgumentError("Expected an address and a port, such as 127.0.0.1:5353 or [::1]:5353.");
    }
    return { address, port: Number(port) };
}

/** curl's `HOST:PORT:ADDRESS:PORT`. @throws InvalidArgumentError for what is none */
export function asConnectTo(text: string): ConnectTo {
    const [matched, bracketed, plain, port = "", toBracketed, toPlain, toPort = ""] = fromTo.exec(text) ?? [];
    if (matched === undefined || ![port, toPort].every((part) => part === "" || isPort(part))) {
        throw new InvalidArgumentError("Expected HOST:PORT:ADDRESS:PORT, where each part may be empty.");
    }
    return {
        host: (bracketed ?? plain) || undefined,
        port: port === "" ? undefined : Number(port),
        toHost: (toBracketed ?? toPlain) || undefined,
        toPort: toPort === "" ? undefined : Number(toPort),
    };
}

/** What stands in `name=value`, where the value may hold further signs of equality; `undefined` where no name stands there. */
export function fieldIn(text: string): readonly [name: string, value: string] | undefined {
    const at = text.indexOf("=");
    return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}

/** `name=value` of which the value is no secret: commander's error quotes it. @throws InvalidArgumentError for what is none */
export function asField(text: string): readonly [name: string, value: string] {
    const field = fieldIn(text);
    if (field === undefined) {
        throw new InvalidArgumentError("Expected a name, = and a value.");
    }
    return field;
}

function isPort(text: string): boolean {
    return Number(text) >= 1 && Number(text) <= 65_535;
}
