import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArguments } from "../../../commands/certificate/arguments";
import { UnusableArguments } from "../../../commands/commandLine";
import type { Finding } from "../../../rules/finding";
import { privateKeyCases } from "./cases";
import { bytes, folder, pem, secretLines } from "./fixtures";

const root = resolve(__dirname, "..", "..", "..");
const file = (name: string): string => join(folder, `${name}.pem`);

interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

function run(options: readonly string[], input = "", directory = root): Outcome {
    const program = ["--require", "./tools/typescript.cjs", "commands/certificate.ts", ...options];
    // npm runs commands in the project's folder, and says so where the user is.
    const env = { ...process.env, INIT_CWD: directory };
    const { status, stdout, stderr } = spawnSync(process.execPath, program, {
        cwd: root,
        env,
        input,
        encoding: "utf8",
    });
    return { status, stdout, stderr };
}

const domain = ["--domain", "iot.example.com"];
const leaf = ["--certificate", file("leaves/rsa-2048")];
const chain = ["--chain", file("authorities/intermediate")];
const key = ["--private-key", file("keys/leaf.pkcs8")];
const at = ["--at", "2026-11-21T00:00:00Z"];
const sound = [...domain, ...leaf, ...chain, ...key, ...at, "--kind", "private"];

function json(options: readonly string[], input = ""): { outcome: Outcome; accepted: boolean; findings: Finding[] } {
    const outcome = run([...options, "--json"], input);
    return { outcome, ...(JSON.parse(outcome.stdout) as { accepted: boolean; findings: Finding[] }) };
}

describe("npm run certificate", function () {
    this.timeout(60_000);
    let temporary: string;

    before(() => {
        temporary = mkdtempSync(join(tmpdir(), "certificate command "));
    });

    after(() => rmSync(temporary, { recursive: true }));

    const save = (name: string, content: string | Buffer): string => {
        const path = join(temporary, name);
        writeFileSync(path, content);
        return path;
    };

    it("accepts a sound certificate, and says what it is", () => {
        const { status, stdout, stderr } = run(sound);
        assert.equal(status, 0);
        assert.equal(stderr, "");
        for (const words of [
            /^Accepted: .*rsa-2048\.pem for iot\.example\.com on 2026-11-21\n/,
            /subject +O=Example, CN=iot\.example\.com\n/,
            /names +iot\.example\.com\n/,
            /key +RSA_2048\n/,
            /validity +2026-09-01 to 2027-03-01, 100 days left\n/,
            /chain +1\. O=Example, CN=Example Issuing CA, RSA_2048, until 2036-01-01\n/,
            /private key +matches\n/,
        ]) {
            assert.match(stdout, words);
        }
    });

    it("rejects with the worst finding first, each with all its words", () => {
        const { status, stdout } = run([...domain, "--certificate", file("leaves/forged"), ...chain, ...at]);
        assert.equal(status, 1);
        assert.match(stdout, /^Rejected: /);
        assert.ok(stdout.indexOf("\nCritical\n") < stdout.indexOf("\nAdvice (does not reject)\n"));
        assert.match(stdout, /chain-signature \(.*forged\.pem\)\n +expected .*\n +got .*\n +remedy .*\n +see +https:/);
    });

    it("prints with --json exactly one object of accepted and findings", () => {
        const { outcome } = json([
            ...domain,
            "--certificate",
            file("leaves/client-only"),
            ...chain,
            ...at,
            "--kind",
            "public",
        ]);
        assert.equal(outcome.status, 1);
        assert.equal(outcome.stderr, "");
        const answer = JSON.parse(outcome.stdout);
        assert.deepEqual(Object.keys(answer), ["accepted", "findings"]);
        assert.equal(answer.accepted, false);
        assert.deepEqual(
            answer.findings.map((finding: Finding) => finding.rule),
            ["certificate-extended-key-usage", "certificate-public-trust"],
        );
        for (const finding of answer.findings) {
            const properties = ["rule", "severity", "path", "got", "expected", "remedy", "reference"];
            assert.deepEqual(Object.keys(finding), properties);
        }
    });

    it("does not reject for advice", () => {
        const { outcome, accepted, findings } = json([
            ...domain,
            "--certificate",
            file("leaves/wildcard"),
            ...chain,
            ...at,
        ]);
        assert.equal(outcome.status, 0);
        assert.equal(accepted, true);
        assert.deepEqual(new Set(findings.map(({ severity }) => severity)), new Set(["low"]));
    });

    it("deduces the kind where none is given, and says so", () => {
        const selfSigned = ["--certificate", file("leaves/self-signed")];
        assert.match(
            run([...domain, ...selfSigned, ...at]).stdout,
            /kind +self-signed, deduced: it is signed with its own key\n/,
        );
        assert.match(run([...domain, ...leaf, ...chain, ...at]).stdout, /kind +private, deduced: it leads to no root/);
        assert.match(run(sound).stdout, /kind +private\n/);
    });

    it("checks for the moment of the call where no other is given", () => {
        const { findings } = json([...domain, "--certificate", file("leaves/expired"), ...chain]);
        assert.ok(findings.some(({ rule }) => rule === "certificate-validity"));
    });

    it("reads one of the files from standard input, and names it so", () => {
        const { findings } = json([...domain, "--certificate", "-", ...chain, ...at], pem("leaves/md5"));
        assert.equal(findings[0]?.path, "standard input");
        assert.equal(run([...domain, "--certificate", "-", ...chain, ...key, ...at], pem("leaves/rsa-2048")).status, 0);
        assert.equal(run([...domain, ...leaf, "--chain", "-", ...at], pem("authorities/intermediate")).status, 0);
        assert.equal(
            run([...domain, ...leaf, ...chain, "--private-key", "-", ...at], pem("keys/leaf.pkcs8")).status,
            0,
        );
        assert.equal(
            run([...domain, ...leaf, ...chain, "--private-key", "-", ...at], pem("keys/other-leaf.pkcs8")).status,
            1,
        );
    });

    it("reads files from where the user is", () => {
        const files = ["--certificate", "leaves/rsa-2048.pem", "--chain", "./authorities/intermediate.pem"];
        assert.equal(run([...domain, ...files, ...at], "", folder).status, 0);
        assert.equal(run([...domain, ...files, ...at]).status, 2);
    });

    it("reads files with spaces in their names, and rejects binary and enormous ones", () => {
        const certificate = save("my leaf.pem", pem("leaves/rsa-2048"));
        assert.equal(run([...domain, "--certificate", certificate, ...chain, ...at]).status, 0);
        for (const content of [bytes("malformed/rsa-2048.der"), Buffer.alloc(10 * 1024 * 1024, "A"), ""]) {
            const { outcome, findings } = json([...domain, "--certificate", save("not a certificate", content), ...at]);
            assert.equal(outcome.status, 1);
            assert.deepEqual(
                findings.map(({ rule }) => rule),
                ["certificate-format"],
            );
        }
    });

    it("prints no byte of a private key, whatever is wrong with it", () => {
        const secrets = [
            "leaf.pkcs1",
            "leaf.pkcs8",
            "leaf.dek-info",
            "leaf.encrypted-pkcs8",
            "p256.sec1",
            "rsa-8192.pkcs8",
        ]
            .flatMap((name) => secretLines(`keys/${name}`))
            .map((line) => line.slice(0, 20));
        const malformed = privateKeyCases.flatMap(({ changed: { privateKey } }) =>
            privateKey === undefined || privateKey.length > 100_000 ? [] : [privateKey as string | Buffer],
        );
        assert.ok(secrets.length > 100 && malformed.length > 15);
        for (const content of malformed) {
            const path = save("key.pem", content as string);
            const files = ["--certificate", path, "--chain", path, "--private-key", path];
            const { stdout, stderr, status } = run([...domain, ...files, ...at]);
            assert.equal(status, 1, stderr);
            const shown = secrets.find((secret) => (stdout + stderr).includes(secret));
            assert.equal(shown, undefined);
        }
    });

    const shell = (script: string): Outcome => {
        const words = [process.execPath, "--require", "./tools/typescript.cjs", "commands/certificate.ts", ...sound];
        const { status, stdout, stderr } = spawnSync("bash", ["-c", script, ...words], { cwd: root, encoding: "utf8" });
        return { status, stdout, stderr };
    };

    it("gives its verdict though nobody reads the output", () => {
        const { status, stderr } = shell('"$0" "$@" | true; exit "${PIPESTATUS[0]}"');
        assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    });

    // Linux has this device, and no other system.
    for (const full of ["/dev/full"].filter((device) => existsSync(device))) {
        it("ends with status 2 where the output cannot be written", () => {
            const { status, stderr } = shell(`"$0" "$@" > ${full}`);
            assert.equal(status, 2);
            assert.match(stderr, /^The output cannot be written: .*\n$/);
        });
    }

    it("explains itself with --help", () => {
        const { status, stdout } = run(["--help"]);
        assert.equal(status, 0);
        for (const option of ["--domain", "--certificate", "--chain", "--private-key", "--kind", "--at", "--json"]) {
            assert.ok(stdout.includes(option), option);
        }
        assert.match(stdout, /0 accepted, 1 rejected, 2 unusable arguments/);
    });

    describe("takes for unusable", () => {
        const required = [...domain, ...leaf];
        const cases: readonly (readonly [title: string, options: readonly string[], message: RegExp])[] = [
            ["no arguments", [], /required option '--domain <name>' not specified/],
            ["no certificate", domain, /required option '--certificate <file>' not specified/],
            ["an unknown option", [...required, "--chian", "x"], /unknown option '--chian'[^]*--chain/],
            ["an excess argument", [...required, "more"], /too many arguments/],
            ["an option without its value", [...required, "--chain"], /argument missing/],
            ["an unknown kind", [...required, "--kind", "wild"], /Allowed choices are public, private, self-signed/],
            [
                "two files from standard input",
                [...domain, "--certificate", "-", "--private-key", "-"],
                /at most one file/,
            ],
            ...["yesterday", "2026-02-30", "2026-11-21T00:00:00", "2026-13-01", "2026-11-21T25:00:00Z", "1", ""].map(
                (time) => [`the time "${time}"`, [...required, "--at", time], /--at: expected a time such as/] as const,
            ),
            ...["iot", "*.example.com", "iot..example.com", "192.0.2.1", "", "-iot.example.com", "a b.example.com"].map(
                (name) =>
                    [`the domain "${name}"`, ["--domain", name, ...leaf], /--domain: expected a full domain/] as const,
            ),
        ];
        for (const [title, options, message] of cases) {
            it(title, () => {
                assert.throws(
                    () => parseArguments(options, new Date()),
                    (error: unknown) => error instanceof UnusableArguments && message.test(error.message),
                );
            });
        }
    });

    const times = {
        "2026-11-21": 0,
        "2026-11-21T00:00Z": 0,
        "2026-11-21T01:30:00.5Z": 5400.5,
        "2026-11-21T02:00:00+02:00": 0,
    };
    for (const [time, seconds] of Object.entries(times)) {
        it(`reads the time ${time}`, () => {
            const moment = parseArguments([...domain, ...leaf, "--at", time], new Date())?.at;
            assert.equal(moment?.getTime(), Date.UTC(2026, 10, 21) + seconds * 1000);
        });
    }

    it("ends with status 2 and an empty output where arguments or files are of no use, and names each", () => {
        const circle = join(temporary, "circle.pem");
        symlinkSync(circle, circle);
        const cases: readonly (readonly [options: readonly string[], message: RegExp])[] = [
            [
                [...domain, "--certificate", circle],
                /^--certificate: cannot read ".*circle.pem": its symbolic links lead in a circle\n$/,
            ],
            [
                ["--json", ...domain, ...leaf, "--kind", "wild"],
                /^error: option '--kind <kind>' argument 'wild' is invalid/,
            ],
            [["--json", "--domain", "iot", ...leaf, "--at", "never"], /^--domain: .*\n--at: .*\n$/],
            [
                ["--json", ...domain, "--certificate", "/no/such/leaf", "--chain", folder],
                /^--certificate: .*there is no such file\n--chain: .*that is a directory\n$/,
            ],
        ];
        for (const [options, message] of cases) {
            const { status, stdout, stderr } = run(options);
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, message);
            assert.doesNotMatch(stderr, /\n +at /);
        }
    });
});
