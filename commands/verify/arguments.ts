import path from "node:path";
import { Command, Option } from "commander";
import { lookNames, type LookName } from "../../verify/look";
import type { ConnectTo, Family, SocketAddress } from "../../verify/reach";
import type { AuthorizerToken } from "../../verify/protocols/credentials";
import { exitStatus } from "../check/finding";
import { formatNames, formatOfExtension, type Format } from "../check/formats";
import { readOptions, refuseFaults } from "../commandLine";
import { outputFaults, outputsOf, stackFaults, type Output, type OutputOptions } from "../reports";
import { asConnectTo, asDuration, asField, asNumber, asSocketAddress } from "./values";

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

interface Options extends OutputOptions<Format> {
    readonly stack?: string;
    readonly account: boolean;
    readonly cwd?: string;
    readonly domain: readonly string[];
    readonly region: readonly string[];
    readonly only?: string;
    readonly unhealthy: readonly string[];
    readonly dnsServer: readonly SocketAddress[];
    readonly connectTo: readonly ConnectTo[];
    readonly caFile?: string;
    readonly ipv4?: true;
    readonly ipv6?: true;
    readonly timeout?: number;
    readonly concurrency: number;
    readonly wait?: number;
    readonly clientCertificate?: string;
    readonly clientKey?: string;
    readonly clientId?: string;
    readonly topic?: string;
    readonly testDevice?: boolean;
    readonly username?: string;
    readonly password?: string;
    readonly token: Readonly<Record<string, string>>;
    readonly provision?: boolean;
    readonly cleanup?: boolean;
    readonly claimKey?: string;
    readonly deviceCaCertificate?: string;
    readonly deviceCaKey?: string;
    readonly parameter: Readonly<Record<string, string>>;
    readonly json?: true;
    readonly junit?: true;
}

/** The project whose stacks are looked at where no other is named. */
const repository = path.resolve(__dirname, "../..");

const call = "npm run -s verify --";

/** The looks that can be chosen; the endpoint is looked at before any of them. */
const choosable = lookNames.filter((name) => name !== "endpoint");

const explanations = `
The outside view needs no AWS credentials. With credentials, what AWS itself says is added: the status of domain
configurations and server certificates, what ACM holds, and what health checks report.

--connect-to is curl's: what is meant for HOST:PORT goes to ADDRESS:PORT; a part that is left out matches anything, or stays
as it is. IPv6 addresses stand in brackets.

Without --output the report goes to standard output. --output may be given several times: each file is written as its
extension says, or all as --format says: .txt, .json, .sarif, .md, .xml (JUnit), .annotations (GitHub), .codequality (GitLab).

Exit status: ${exitStatus.clean} sound, ${exitStatus.violated} faults, ${exitStatus.unchecked} could not look. Advice does not fail.

Examples:
  ${call} --stack prod                                     what is deployed in the sandbox
  ${call} --stack prod --account                           what is deployed to AWS
  ${call} --stack prod --account --only tls --wait 60m     until a new certificate is served
  ${call} --stack prod --account --region eu-central-1 --output verify.xml`;

function repeated<Value>(read: (text: string) => Value) {
    return (text: string, before: readonly Value[]): Value[] => [...before, read(text)];
}

function collectFields(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
    const [name, value] = asField(text);
    return { ...before, [name]: value };
}

function declareCommand(): Command {
    return new Command("verify")
        .usage("--stack <name> [options]")
        .description(
            "Looks at a deployed stack from outside, as devices meet it: DNS, TLS, MQTT and HTTPS in every region. Looks at the " +
                "sandbox unless told otherwise, which needs no AWS account.",
        )
        .option("-s, --stack <name>", "the stack: dev, prod or another that has been deployed")
        .option("-C, --cwd <folder>", "the folder of the Pulumi project, where it is another one")
        .option("--account", "look at the real AWS, with your own Pulumi login and AWS credentials", false)
        .option("--domain <key>", "look at this domain only; may be repeated", repeated(String), [])
        .option("--region <name>", "look at this region only; may be repeated", repeated(String), [])
        .option("--only <looks>", `a list of ${choosable.join(", ")} (default: all of them)`)
        .option(
            "--unhealthy <region>",
            "a region that is known to be down, so that DNS is right to avoid it; may be repeated",
            repeated(String),
            [],
        )
        .option(
            "--dns-server <address:port>",
            "ask this DNS server; may be repeated (default: the machine's)",
            repeated(asSocketAddress),
            [],
        )
        .option("--connect-to <host:port:address:port>", "as curl has it; may be repeated", repeated(asConnectTo), [])
        .option("--ca-file <file>", "PEM of the roots to trust (default: Mozilla's, as Node has them)")
        .option("-4, --ipv4", "use IPv4 only")
        .option("-6, --ipv6", "use IPv6 only")
        .option("--timeout <duration>", "how long to wait for one answer, such as 5s (default: 5 to 10 s)", asDuration)
        .option("--concurrency <number>", "how many questions and connections at once", asNumber, 24)
        .option("--wait <duration>", "look again until the expected certificate is served, at most so long", asDuration)
        .option("--client-certificate <file>", "PEM of a device's certificate, to speak MQTT and HTTPS as that device")
        .option("--client-key <file>", "PEM of its private key")
        .option("--client-id <id>", "the client ID under which it may connect: mostly the name of its thing")
        .option("--topic <topic>", "a topic that it may publish and subscribe to (default: devices/<client id>/verify)")
        .option(
            "--test-device",
            "make a device in each region for the look, with --provision also what stands in for claims and CAs whose keys are not at " +
                "hand, and remove them afterwards; needs AWS credentials (default in the sandbox)",
        )
        .option("--no-test-device", "make no device in the sandbox either")
        .addOption(
            new Option(
                "--token <name=value>",
                "a field that a custom authorizer is shown; may be repeated; IOT_DOMAINS_TOKEN keeps it off the command line",
            )
                .argParser(collectFields)
                .default({})
                .env("IOT_DOMAINS_TOKEN"),
        )
        .addOption(
            new Option("--username <name>", "the MQTT user name for a custom authorizer").env("IOT_DOMAINS_USERNAME"),
        )
        .addOption(
            new Option("--password <password>", "the MQTT password for one; better in IOT_DOMAINS_PASSWORD").env(
                "IOT_DOMAINS_PASSWORD",
            ),
        )
        .option(
            "--provision",
            "have simulated devices provisioned in each region, named iot-domains-verify-... (default in the sandbox)",
        )
        .option("--no-provision", "have none provisioned in the sandbox either")
        .option("--cleanup", "remove what --provision made; needs AWS credentials (default in the sandbox)")
        .option("--no-cleanup", "leave it in the sandbox too")
        .option("--claim-key <file>", "PEM of the claim's private key, where the stack was not given it")
        .option("--parameter <name=value>", "what a device sends to be registered; may be repeated", collectFields, {})
        .option("--device-ca-certificate <file>", "PEM of a CA whose devices are registered just in time")
        .option("--device-ca-key <file>", "PEM of its private key")
        .addOption(
            new Option("-f, --format <format>", "how the report is written (default: text)").choices(formatNames),
        )
        .addOption(new Option("--json", "the same as --format json").conflicts("format"))
        .addOption(new Option("--junit", "the same as --format junit").conflicts(["format", "json"]))
        .option("-o, --output <file>", "where the report is written", repeated(String), [])
        .addHelpText("after", explanations);
}

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
        ...outputFaults(reported, formatOfExtension),
    ]);
    const absolute = (file: string) => path.resolve(folder, file);
    const { stack = "", account, cwd, domain, region, unhealthy, dnsServer, connectTo, caFile, ipv4, ipv6 } = options;
    return {
        stack,
        account,
        project: cwd === undefined ? repository : absolute(cwd),
        domains: domain,
        regions: region,
        only: new Set(looks as LookName[]),
        unhealthy,
        dnsServers: dnsServer,
        connectTo,
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
        parameters: options.parameter,
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
function tokenOf({ username, password, token, clientId, topic }: Options): AuthorizerToken | undefined {
    const fields = new URLSearchParams(token);
    const isGiven = username !== undefined || password !== undefined || fields.size > 0;
    const id = clientId ?? "iot-domains-verify";
    return isGiven
        ? {
              username: username ?? (fields.size > 0 ? `?${fields}` : undefined),
              password,
              fields: token,
              clientId: id,
              topic: topic ?? `devices/${id}/verify`,
          }
        : undefined;
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
