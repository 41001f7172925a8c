import path from "node:path";
import type { LookName } from "../../verify/look";
import type { ConnectTo, Family, SocketAddress } from "../../verify/reach";
import type { AuthorizerToken } from "../../verify/protocols/credentials";
import { formatOfExtension, type Format } from "../check/formats";
import { readOptions, refuseFaults } from "../commandLine";
import { outputFaults, outputsOf, stackFaults, type Output, type OutputOptions } from "../reports";
import { call, choosable, declareCommand, type Options } from "./declaration";
import { fieldIn } from "./values";

/** What the command line says. */
export interface Arguments {
    readonly stack: string;
    readonly account: boolean;
    /** The folder of the project whose stack is looked at. */
    readonly project: string;
    /** Keys of domains; empty for all. */
    readonly domains: readonly string[];
    /** Names of regions; empty for all. */
    readonly regions: readonly string[];
    readonly only: ReadonlySet<LookName>;
    /** Regions whose devices DNS is right to send elsewhere; empty where nobody knows of any. */
    readonly unhealthy: readonly string[];
    readonly dnsServers: readonly SocketAddress[];
    readonly connectTo: readonly ConnectTo[];
    /** PEM of the roots that are trusted in place of Mozilla's. */
    readonly caFile?: string;
    readonly families: readonly Family[];
    /** Milliseconds for one answer. */
    readonly timeout?: number;
    readonly concurrency: number;
    /** Milliseconds for which to look again until the expected certificate is served. */
    readonly wait?: number;
    /** Files in PEM, the client ID and the topic of a device of the user's own. */
    readonly device?: DeviceFiles;
    /** Whether a device is made for the look. @default true where the account is the sandbox's */
    readonly testDevice?: boolean;
    /** What a custom authorizer is shown. */
    readonly token?: AuthorizerToken;
    /** Whether simulated devices are provisioned. @default true where the account is the sandbox's */
    readonly provision?: boolean;
    /** Whether what provisioning made is removed again. @default true where the account is the sandbox's */
    readonly cleanup?: boolean;
    /** A file in PEM: the key of the claim certificates whose bundle has none. */
    readonly claimKey?: string;
    /** Files in PEM: a registered CA, and its key. */
    readonly deviceAuthority?: { readonly certificate: string; readonly privateKey: string };
    /** What a device sends to be registered. */
    readonly parameters: Readonly<Record<string, string>>;
    /** What a provisioned device publishes and subscribes to, with {thingName} in it. */
    readonly provisionedTopic: string;
    readonly outputs: readonly Output<Format>[];
}

/** A device of the user's own. */
export interface DeviceFiles {
    readonly certificate: string;
    readonly privateKey: string;
    readonly clientId: string;
    readonly topic: string;
}

/** The project whose stacks are looked at where no other is named. */
const repository = path.resolve(__dirname, "../..");

/**
 * Reads the command line.
 *
 * @param folder Where the person is who names files.
 * @returns `undefined` where help was asked for and has been printed.
 * @throws UnusableArguments with everything that is wrong.
 */
export function parseArguments(argv: readonly string[], folder: string): Arguments | undefined {
    const options = readOptions<Options>(declareCommand(), argv, call);
    if (options === undefined) {
        return undefined;
    }
    const looks = options.only?.split(",").map((name) => name.trim()) ?? choosable;
    const reported: OutputOptions<Format> = {
        output: options.output,
        format: options.json ? "json" : options.junit ? "junit" : options.format,
    };
    refuseFaults([
        ...stackFaults(options.stack),
        ...lookFaults(looks),
        ...deviceFaults(options),
        ...authorityFaults(options),
        ...tokenFaults(options),
        ...topicFaults(options),
        ...outputFaults(reported, formatOfExtension),
    ]);
    const absolute = (file: string) => path.resolve(folder, file);
    const { stack = "", account, cwd, caFile, ipv4, ipv6 } = options;
    return {
        stack,
        account,
        project: cwd === undefined ? repository : absolute(cwd),
        domains: options.domain ?? [],
        regions: options.region ?? [],
        only: new Set(looks as LookName[]),
        unhealthy: options.unhealthy ?? [],
        dnsServers: options.dnsServer ?? [],
        connectTo: options.connectTo ?? [],
        caFile: caFile === undefined ? undefined : absolute(caFile),
        families: ipv4 === ipv6 ? [4, 6] : ipv4 ? [4] : [6],
        timeout: options.timeout,
        concurrency: options.concurrency,
        wait: options.wait,
        device: deviceOf(options, absolute),
        testDevice: options.testDevice,
        token: tokenOf(options),
        provision: options.provision,
        cleanup: options.cleanup,
        claimKey: options.claimKey === undefined ? undefined : absolute(options.claimKey),
        deviceAuthority: authorityOf(options, absolute),
        parameters: options.parameter ?? {},
        provisionedTopic: options.topic ?? "devices/{thingName}/verify",
        outputs: outputsOf(reported, formatOfExtension, "text", absolute),
    };
}

function lookFaults(looks: readonly string[]): string[] {
    return looks
        .filter((name) => !(choosable as readonly string[]).includes(name))
        .map((name) => `--only: expected ${choosable.join(", ")}, got ${JSON.stringify(name)}; correct the name`);
}

function deviceFaults({ clientCertificate, clientKey, clientId }: Options): string[] {
    const given = [clientCertificate, clientKey, clientId].filter((value) => value !== undefined).length;
    return given === 0 || given === 3
        ? []
        : [
              "--client-certificate, --client-key, --client-id: expected all three, got some of them; a device has a certificate, " +
                  "its key, and a client ID that its policy allows",
          ];
}

function deviceOf(
    { clientCertificate, clientKey, clientId, topic }: Options,
    absolute: (file: string) => string,
): DeviceFiles | undefined {
    return clientCertificate === undefined || clientKey === undefined || clientId === undefined
        ? undefined
        : {
              certificate: absolute(clientCertificate),
              privateKey: absolute(clientKey),
              clientId,
              topic: topic ?? `devices/${clientId}/verify`,
          };
}

/** Devices of a custom authorizer have no name of their own; what their token lets them do is the authorizer's to say. */
function tokenOf({ username, password, token = [], clientId, topic }: Options): AuthorizerToken | undefined {
    const named = Object.fromEntries(token.map(fieldIn).filter((field) => field !== undefined));
    const fields = new URLSearchParams(named);
    const isGiven = username !== undefined || password !== undefined || fields.size > 0;
    const id = clientId ?? "iot-domains-verify";
    return isGiven
        ? {
              username: username ?? (fields.size > 0 ? `?${fields}` : undefined),
              password,
              fields: named,
              clientId: id,
              topic: topic ?? `devices/${id}/verify`,
          }
        : undefined;
}

/** The text may be secret, so it is not quoted. */
function tokenFaults({ token = [] }: Options): string[] {
    return token.every((text) => fieldIn(text) !== undefined)
        ? []
        : ["--token: expected a name, = and a value, got another text; write the field's name before it"];
}

function topicFaults({ topic = "" }: Options): string[] {
    return /[+#]/.test(topic)
        ? [`--topic: expected a topic to publish to, got ${JSON.stringify(topic)}; name one without + and #`]
        : [];
}

function authorityFaults({ deviceCaCertificate, deviceCaKey }: Options): string[] {
    return (deviceCaCertificate === undefined) === (deviceCaKey === undefined)
        ? []
        : ["--device-ca-certificate, --device-ca-key: expected both, got one; a CA signs with its key"];
}

function authorityOf(
    { deviceCaCertificate, deviceCaKey }: Options,
    absolute: (file: string) => string,
): Arguments["deviceAuthority"] {
    return deviceCaCertificate === undefined || deviceCaKey === undefined
        ? undefined
        : { certificate: absolute(deviceCaCertificate), privateKey: absolute(deviceCaKey) };
}
