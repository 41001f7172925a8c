import tls from "node:tls";
import { isFault } from "../rules/finding";
import { checkServerCertificate } from "../rules/certificates/serverCertificate";
import { trustedRoots } from "../rules/certificates/trustedRoots";
import { parseArguments, type Arguments } from "./certificate/arguments";
import { nameOf, readFiles } from "./certificate/files";
import { report } from "./certificate/report";
import { runCommand } from "./commandLine";

/** Exit statuses, as `--help` lists them. */
const status = { accepted: 0, rejected: 1, unusableArguments: 2 } as const;

/** What the JSON output holds, in this order. */
const jsonProperties = [
    ...["accepted", "findings"],
    ...["rule", "severity", "path", "got", "expected", "remedy", "reference"],
];

async function check(options: Arguments): Promise<number> {
    const files = await readFiles(options, process.env.INIT_CWD ?? process.cwd());
    // Loaded only where it decides something: it holds some 150 certificates.
    const needsRoots = options.kind === undefined || options.kind === "public";
    const verdict = checkServerCertificate({
        ...files,
        domainName: options.domain,
        kind: options.kind,
        at: options.at,
        paths: {
            certificate: nameOf(options.certificate),
            chain: nameOf(options.chain ?? ""),
            privateKey: nameOf(options.privateKey ?? ""),
        },
        roots: needsRoots ? trustedRoots(tls.rootCertificates) : undefined,
    });
    const accepted = !verdict.findings.some(isFault);
    const text = options.json
        ? `${JSON.stringify({ accepted, findings: verdict.findings }, jsonProperties)}\n`
        : report(verdict, options, accepted);
    process.stdout.write(text);
    return accepted ? status.accepted : status.rejected;
}

async function main(): Promise<number> {
    const options = parseArguments(process.argv.slice(2), new Date());
    return options === undefined ? status.accepted : check(options);
}

void runCommand(main, { status: status.unusableArguments, expected: [] });
