import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import type { ServerCertificateInput } from "../rules/certificates/serverCertificate";
import { root } from "../tools/generated";
import { bundle, bundlesOfOneAuthority, checkBundle, fixture, milliseconds } from "./certificateBundles";
import { median } from "./statistics";

interface Contestant {
    readonly name: string;
    /** One measured round, in milliseconds. @throws {Error} where the certificates are not found sound. */
    readonly round: (number: number) => number;
    readonly rounds: number;
    /** Rounds that do not count. */
    readonly warmUp: number;
}

/** The rules before openssl, which takes a tenth of the rounds: a process each. */
function contestants(rounds: number, others: readonly ServerCertificateInput[], hasOpenSsl: boolean): Contestant[] {
    const processes = Math.max(1, Math.round(rounds / 10));
    return [
        {
            name: "the rules, the same bundle again",
            warmUp: 200,
            rounds,
            round: () => milliseconds(() => checkBundle(bundle)),
        },
        {
            name: "the rules, each time another bundle of the same CA",
            warmUp: 1,
            rounds: others.length - 1,
            round: (number) => milliseconds(() => checkBundle(others[number] ?? bundle)),
        },
        { name: "the rules, the first bundle of a process", warmUp: 1, rounds: processes, round: firstCheck },
        ...(hasOpenSsl
            ? [{ name: "openssl verify, a process each", warmUp: 3, rounds: processes, round: openSslVerify }]
            : []),
    ];
}

function firstCheck(): number {
    const script = path.join(root, "bench", "firstCheck.ts");
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--require", path.join(root, "tools", "typescript.cjs"), script],
        { encoding: "utf8" },
    );
    if (status !== 0) {
        throw new Error(`the first check ended with ${status}: ${stderr}`);
    }
    return Number(stdout);
}

function openSslVerify(): number {
    return milliseconds(() => {
        const { status, stderr } = spawnSync("openssl", [
            ...["verify", "-attime", String(bundle.at.getTime() / 1000), "-purpose", "sslserver"],
            ...["-verify_hostname", bundle.domainName, "-CAfile", fixture("authorities/root")],
            ...["-untrusted", fixture("authorities/intermediate"), fixture("leaves/rsa-2048")],
        ]);
        if (status !== 0) {
            throw new Error(`openssl verify ended with ${status}: ${stderr.toString()}`);
        }
    });
}

function measure({ round, rounds, warmUp }: Contestant): number {
    const measured = Array.from({ length: warmUp + rounds }, (_, number) => round(number));
    return median(measured.slice(warmUp));
}

function positive(given: string): number {
    const number = Number(given);
    if (!Number.isInteger(number) || number < 1) {
        throw new InvalidArgumentError("Expected a whole number above 0.");
    }
    return number;
}

async function bench({ rounds, bundles, json }: { rounds: number; bundles: number; json?: boolean }): Promise<void> {
    const version = spawnSync("openssl", ["version"], { encoding: "utf8" });
    const isThere = version.status === 0;
    const others = await bundlesOfOneAuthority(bundles + 1);
    const rows = contestants(rounds, others, isThere).map((contestant) => ({
        name: contestant.name,
        milliseconds: measure(contestant),
    }));
    const processor = os.cpus()[0]?.model.trim() ?? "unknown processor";
    const machine = `${os.cpus().length} × ${processor}, Node ${process.version}`;
    if (json === true) {
        console.log(JSON.stringify({ machine, openSsl: isThere ? version.stdout.trim() : null, rows }, null, 2));
        return;
    }
    const table = new Table({ head: ["one bundle", "milliseconds"], style: { head: [], border: [] } });
    table.push(...rows.map(({ name, milliseconds: figure }) => [name, figure.toFixed(2)]));
    console.log(
        `Medians; ${machine}; ${isThere ? version.stdout.trim() : "no openssl here, so nothing to compare with"}`,
    );
    console.log(table.toString());
}

void new Command("bench:certificates")
    .description(
        "Measures how long the rules take to check a bundle of a leaf, two CAs and a key, beside `openssl verify` of the same " +
            "certificates, which checks less: neither the key nor anything that only AWS asks for. Medians.",
    )
    .option("--rounds <number>", "counted rounds with one bundle; whole processes have a tenth of them", positive, 300)
    .option("--bundles <number>", "bundles of one CA that are checked once each", positive, 40)
    .option("--json", "one JSON object on standard output")
    .action(bench)
    .parseAsync();
