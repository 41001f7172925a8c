import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkServerCertificate, type ServerCertificateInput } from "../rules/certificates/serverCertificate";
import { isFault } from "../rules/finding";
import { median } from "./statistics";

const fixtures = path.join(__dirname, "..", "tests", "fixtures", "certificates");
const file = (name: string) => path.join(fixtures, `${name}.pem`);
const text = (name: string) => readFileSync(file(name), "utf8");

/** Within the validity of the fixtures. */
const at = new Date("2026-11-21T00:00:00Z");

/** A leaf, two CAs and the key. */
const bundle: ServerCertificateInput = {
    domainName: "iot.example.com",
    certificate: text("leaves/rsa-2048"),
    chain: text("authorities/intermediate") + text("authorities/root"),
    privateKey: text("keys/leaf.pkcs8"),
    kind: "private",
    hasValidationCertificate: true,
    at,
};

interface Contestant {
    readonly name: string;
    readonly warmUp: number;
    /** @throws {Error} where the bundle is not found sound: then the figure would be of something else. */
    readonly run: () => void;
}

const rules: Contestant = {
    name: "the rules, in this process",
    warmUp: 200,
    run: () => {
        const faults = checkServerCertificate(bundle).findings.filter(isFault);
        if (faults.length > 0) {
            throw new Error(`the bundle has faults: ${faults.map(({ rule }) => rule).join(", ")}`);
        }
    },
};

const openSsl: Contestant = {
    name: "openssl verify, a process each",
    warmUp: 3,
    run: () => {
        const { status, stderr } = spawnSync("openssl", [
            ...["verify", "-attime", String(at.getTime() / 1000), "-purpose", "sslserver"],
            ...["-verify_hostname", bundle.domainName, "-CAfile", file("authorities/root")],
            ...["-untrusted", file("authorities/intermediate"), file("leaves/rsa-2048")],
        ]);
        if (status !== 0) {
            throw new Error(`openssl verify ended with ${status}: ${stderr.toString()}`);
        }
    },
};

function measure({ run, warmUp }: Contestant, rounds: number): number {
    for (let round = 0; round < warmUp; round++) {
        run();
    }
    const milliseconds = Array.from({ length: rounds }, () => {
        const began = process.hrtime.bigint();
        run();
        return Number(process.hrtime.bigint() - began) / 1e6;
    });
    return median(milliseconds);
}

function positive(given: string): number {
    const number = Number(given);
    if (!Number.isInteger(number) || number < 1) {
        throw new InvalidArgumentError("Expected a whole number above 0.");
    }
    return number;
}

new Command("bench:certificates")
    .description(
        "Measures how long the rules take to check a bundle of a leaf, two CAs and a key, beside `openssl verify` of the same " +
            "certificates, which checks less: neither the key nor anything that only AWS asks for. Medians after a warm-up.",
    )
    .option("--rounds <number>", "counted rounds of the rules; openssl has a tenth of them", positive, 500)
    .option("--json", "one JSON object on standard output")
    .action(({ rounds, json }: { rounds: number; json?: boolean }) => {
        const version = spawnSync("openssl", ["version"], { encoding: "utf8" });
        const isThere = version.status === 0;
        const rows = [
            { name: rules.name, milliseconds: measure(rules, rounds) },
            ...(isThere
                ? [{ name: openSsl.name, milliseconds: measure(openSsl, Math.max(1, Math.round(rounds / 10))) }]
                : []),
        ];
        const processor = os.cpus()[0]?.model.trim() ?? "unknown processor";
        const machine = `${os.cpus().length} × ${processor}, Node ${process.version}`;
        if (json === true) {
            console.log(JSON.stringify({ machine, openSsl: isThere ? version.stdout.trim() : null, rows }, null, 2));
            return;
        }
        const table = new Table({ head: ["one bundle", "milliseconds"], style: { head: [], border: [] } });
        table.push(...rows.map(({ name, milliseconds }) => [name, milliseconds.toFixed(2)]));
        console.log(
            `Medians; ${machine}; ${isThere ? version.stdout.trim() : "no openssl here, so nothing to compare with"}`,
        );
        console.log(table.toString());
    })
    .parse();
