import { Command, Option } from "commander";
import { canonicalName } from "../../rules/domainNames";
import { certificateKinds, type CertificateKind } from "../../rules/certificates/kinds";
import { readOptions, refuseFaults } from "../commandLine";

/** What the command line says. */
export interface Arguments {
    /** The name that devices connect to, as given. */
    readonly domain: string;
    /** A file, or `-` for standard input; so are the chain and the key. */
    readonly certificate: string;
    readonly chain?: string;
    readonly privateKey?: string;
    readonly kind?: CertificateKind;
    readonly at: Date;
    readonly json: boolean;
}

const command = "npm run -s certificate --";

const exitStatuses = `
Exit status: 0 accepted, 1 rejected, 2 unusable arguments. Advice (severity low) does not reject.
One of the files may be - for standard input. No byte of the private key is printed.

Example:
  ${command} --domain iot.example.com --certificate leaf.pem --chain chain.pem --private-key key.pem`;

function declareCommand(): Command {
    return new Command("certificate")
        .usage("--domain <name> --certificate <file> [options]")
        .description("Checks a server certificate against what AWS IoT Core and ACM's import ask, before AWS is asked.")
        .requiredOption("--domain <name>", "the name that devices connect to")
        .requiredOption(
            "--certificate <file>",
            "the server's certificate in PEM; its chain may follow in the same file",
        )
        .option("--chain <file>", "the CAs' certificates in PEM, the server's own CA first")
        .option("--private-key <file>", "the private key in PEM, unencrypted")
        .addOption(new Option("--kind <kind>", "who vouches for it; deduced where not given").choices(certificateKinds))
        .option("--at <time>", "the moment to check for, such as 2026-11-21T00:00:00Z (default: now)")
        .option("--json", "print one JSON object {accepted, findings}", false)
        .addHelpText("after", exitStatuses);
}

/**
 * Reads the command line.
 *
 * @returns `undefined` where help was asked for and has been printed.
 * @throws UnusableArguments with everything that is wrong.
 */
export function parseArguments(argv: readonly string[], now: Date): Arguments | undefined {
    type Options = Omit<Arguments, "at"> & { readonly at?: string };
    const options = readOptions<Options>(declareCommand(), argv, command);
    if (options === undefined) {
        return undefined;
    }
    const at = options.at === undefined ? now : parseTime(options.at);
    refuseFaults([
        ...(isDomainName(options.domain)
            ? []
            : [`--domain: expected a full domain name such as iot.example.com, got ${JSON.stringify(options.domain)}`]),
        ...(at === undefined
            ? [`--at: expected a time such as 2026-11-21T00:00:00Z, got ${JSON.stringify(options.at)}`]
            : []),
        ...([options.certificate, options.chain, options.privateKey].filter((file) => file === "-").length > 1
            ? ["expected at most one file from standard input (-), got several; save the others to files"]
            : []),
    ]);
    return { ...options, at: at ?? now };
}

function isDomainName(name: string): boolean {
    const canonical = canonicalName(name);
    return canonical !== undefined && canonical.includes(".") && !canonical.startsWith("*.");
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A day, or a moment with its zone: without one, the answer would depend on the machine. */
function parseTime(text: string): Date | undefined {
    const [, calendarDay] = isoTime.exec(text) ?? [];
    const [time, midnight] = [new Date(text), new Date(calendarDay ?? "")];
    // JavaScript reads 30 February as 2 March.
    const isReal = !Number.isNaN(time.getTime()) && midnight.toJSON()?.startsWith(calendarDay ?? "") === true;
    return isReal ? time : undefined;
}
