import { readFileSync } from "node:fs";
import tls from "node:tls";
import pLimit from "p-limit";
import { parseDomains } from "../../outputs/reader";
import { trustedRoots } from "../../rules/certificates/trustedRoots";
import { readPem } from "../../rules/certificates/pem";
import { together } from "../../verify/look";
import { defaultTimeouts, type Reach, type Timeouts } from "../../verify/reach";
import { subjectsOf, verifyDomain } from "../../verify/verify";
import { refuseFaults, UnusableArguments } from "../commandLine";
import type { Arguments } from "./arguments";
import { withCredentials } from "./credentials";
import { withProgress } from "./progress";
import { isProvisioning, withProvisioning } from "./provisioning";
import type { VerifyReport } from "./report";
import { readStackOutputs } from "./stackOutputs";
import type { Surroundings } from "./surroundings";

type Domains = ReturnType<typeof parseDomains>;

/** Looks at a stack once. @throws UnusableArguments where there is nothing to look at */
export async function lookAtStack(options: Arguments, surroundings: Surroundings): Promise<VerifyReport> {
    const { stack, domains, regions } = options;
    const outputs = await readStackOutputs(surroundings.pulumi, stack, isProvisioning(options, surroundings));
    const known = parseDomains(outputs.domains, `stack ${stack}`);
    refuseFaults(unknownNames(options, known));
    const subjects = subjectsOf(known, { domains, regions });
    if (subjects.length === 0) {
        throw new UnusableArguments(
            `--domain, --region: expected some of what stack ${stack} has, which is ${contentsOf(known)}; name a region of the domain`,
        );
    }
    const roots = options.caFile === undefined ? surroundings.roots : certificatesIn(options.caFile);
    const trusted = trustedRoots(roots ?? tls.rootCertificates);
    const reach = reachOf(options, surroundings);
    const unhealthy = options.unhealthy.length === 0 ? undefined : new Set(options.unhealthy);
    const looked = [...new Set(subjects.flatMap((subject) => subject.regions))];
    const settings = { only: options.only, reach, roots: trusted, unhealthy, aws: surroundings.aws };
    const results = await withCredentials(options, surroundings, looked, (credentials) =>
        withProvisioning(options, surroundings, { output: outputs.provisioning, subjects }, (provisioning) =>
            withProgress(
                subjects.map((subject) => ({
                    title: `${subject.key}: ${subject.domain.domainName}`,
                    run: (progress) => verifyDomain(subject, { ...settings, credentials, provisioning }, progress),
                })),
            ),
        ),
    );
    return { stack, subject: surroundings.subject, ...together(results) };
}

/** What is wrong with names of domains and regions: one that does not exist would go unseen, and the rest be called sound. */
function unknownNames({ stack, domains, regions, unhealthy }: Arguments, known: Domains): string[] {
    const keys = Object.keys(known);
    const everyRegion = Object.values(known).flatMap((domain) => Object.keys(domain.regions));
    const named: readonly (readonly [option: string, names: readonly string[], existing: readonly string[]])[] = [
        ["--domain", domains, keys],
        ["--region", regions, everyRegion],
        ["--unhealthy", unhealthy, everyRegion],
    ];
    return named.flatMap(([option, names, existing]) =>
        names
            .filter((name) => !existing.includes(name))
            .map(
                (name) =>
                    `${option}: expected some of what stack ${stack} has, which is ${contentsOf(known)}, got ${JSON.stringify(name)}; ` +
                    "correct the name",
            ),
    );
}

function contentsOf(known: Domains): string {
    const inWords = Object.entries(known).map(([key, domain]) => `${key} (${Object.keys(domain.regions).join(", ")})`);
    return inWords.join("; ") || "nothing";
}

/** What the command line says goes before what the surroundings bring along. */
function reachOf({ dnsServers, connectTo, families, timeout, concurrency }: Arguments, around: Surroundings): Reach {
    const timeouts: Timeouts =
        timeout === undefined
            ? defaultTimeouts
            : { dns: timeout, connect: timeout, handshake: timeout, answer: timeout };
    return {
        dnsServers: dnsServers.length > 0 ? dnsServers : around.dnsServers,
        connectTo: [...connectTo, ...around.connectTo],
        families,
        timeouts,
        limit: pLimit(concurrency),
        now: around.now,
    };
}

function certificatesIn(file: string): string[] {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new UnusableArguments(
            `--ca-file: expected a file of certificates in PEM, got ${file}: ${code}; correct the path`,
        );
    }
    const certificates = readPem(text).blocks.filter(({ label }) => label === "CERTIFICATE");
    if (certificates.length === 0) {
        throw new UnusableArguments(`--ca-file: expected certificates in PEM, got none in ${file}; name another file`);
    }
    return certificates.map(
        ({ content }) => `-----BEGIN CERTIFICATE-----\n${content.toString("base64")}\n-----END CERTIFICATE-----\n`,
    );
}
