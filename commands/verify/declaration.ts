import { Command, Option } from "commander";
import { lookNames } from "../../verify/look";
import type { ConnectTo, SocketAddress } from "../../verify/reach";
import { exitStatus } from "../check/finding";
import { formatNames, type Format } from "../check/formats";
import { repeated } from "../commandLine";
import type { OutputOptions } from "../reports";
import { asConnectTo, asDuration, asField, asNumber, asSocketAddress, asTimeout } from "./values";

/** What commander reads; what may be repeated is absent where it is not given at all. */
export interface Options extends OutputOptions<Format> {
    readonly stack?: string;
    readonly account: boolean;
    readonly cwd?: string;
    readonly domain?: readonly string[];
    readonly region?: readonly string[];
    readonly only?: string;
    readonly unhealthy?: readonly string[];
    readonly dnsServer?: readonly SocketAddress[];
    readonly connectTo?: readonly ConnectTo[];
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
    /** As they were given: an error of commander's would repeat them. Secret. */
    readonly token?: readonly string[];
    readonly provision?: boolean;
    readonly cleanup?: boolean;
    readonly claimKey?: string;
    readonly deviceCaCertificate?: string;
    readonly deviceCaKey?: string;
    readonly parameter?: Readonly<Record<string, string>>;
    readonly json?: true;
    readonly junit?: true;
}

/** How people call the command. */
export const call = "npm run -s verify --";

/** The looks that can be chosen; the endpoint is looked at before any of them. */
export const choosable = lookNames.filter((name) => name !== "endpoint");

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

function collectFields(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
    const [name, value] = asField(text);
    return { ...before, [name]: value };
}

/** Everything that the command takes. */
export function declareCommand(): Command {
    return new Command("verify")
        .usage("--stack <name> [options]")
        .description(
            "Looks at a deployed stack from outside, as devices meet it: DNS, TLS, MQTT and HTTPS in every region. Looks at the " +
                "sandbox unless told otherwise, which needs no AWS account.",
        )
        .option("-s, --stack <name>", "the stack: dev, prod or another that has been deployed")
        .option("-C, --cwd <folder>", "the folder of the Pulumi project, where it is another one")
        .option("--account", "look at the real AWS, with your own Pulumi login and AWS credentials", false)
        .option("--domain <key>", "look at this domain only; may be repeated", repeated(String))
        .option("--region <name>", "look at this region only; may be repeated", repeated(String))
        .option("--only <looks>", `a list of ${choosable.join(", ")} (default: all of them)`)
        .option(
            "--unhealthy <region>",
            "a region that is known to be down, so that DNS is right to avoid it; may be repeated",
            repeated(String),
        )
        .option(
            "--dns-server <address:port>",
            "ask this DNS server; may be repeated (default: the machine's)",
            repeated(asSocketAddress),
        )
        .option("--connect-to <host:port:address:port>", "as curl has it; may be repeated", repeated(asConnectTo))
        .option("--ca-file <file>", "PEM of the roots to trust (default: Mozilla's, as Node has them)")
        .option("-4, --ipv4", "use IPv4 only")
        .option("-6, --ipv6", "use IPv6 only")
        .option("--timeout <duration>", "how long to wait for one answer, such as 5s (default: 5 to 10 s)", asTimeout)
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
                .argParser(repeated(String))
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
        .option("--parameter <name=value>", "what a device sends to be registered; may be repeated", collectFields)
        .option("--device-ca-certificate <file>", "PEM of a CA whose devices are registered just in time")
        .option("--device-ca-key <file>", "PEM of its private key")
        .addOption(
            new Option("-f, --format <format>", "how the report is written (default: text)").choices(formatNames),
        )
        .addOption(new Option("--json", "the same as --format json").conflicts("format"))
        .addOption(new Option("--junit", "the same as --format junit").conflicts(["format", "json"]))
        .option("-o, --output <file>", "where the report is written", repeated(String))
        .addHelpText("after", explanations);
}
