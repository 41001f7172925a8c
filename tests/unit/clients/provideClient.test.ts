import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clients, type ClientName } from "../../../tools/clients/clients";
import { clientDirectory, findClient, withClients } from "../../../tools/clients/find";
import { provideClient } from "../../../tools/clients/provide";
import { Machine } from "../cli/machine";

function clientNamed(name: ClientName) {
    const client = clients.find((each) => each.name === name);
    assert.ok(client);
    return client;
}

describe("tools/clients", () => {
    let machine: Machine;
    beforeEach(() => {
        machine = new Machine();
    });
    afterEach(() => machine.remove());

    const find = (name: ClientName) => findClient(clientNamed(name), machine.environment);
    const provide = (name: ClientName) => provideClient(clientNamed(name), machine.environment, () => {});
    const cached = (name: ClientName) => clientDirectory(clientNamed(name), machine.environment);
    const programs = (name: ClientName, body: string) =>
        machine.folder("programs", Object.fromEntries(clientNamed(name).programs.map((program) => [program, body])));

    describe("a client on PATH", () => {
        for (const [name, said] of [
            ["dig", "echo 'DiG 9.18.49-1~deb12u3-Debian' >&2"],
            ["openssl", "echo 'OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)'"],
            ["openssl", "echo 'OpenSSL 1.1.1w  11 Sep 2023'"],
            ["mosquitto", "echo 'mosquitto_pub version 2.0.11 running on libmosquitto 2.0.11.'"],
            ["mosquitto", "echo 'mosquitto_pub version 1.6.9 running on libmosquitto 1.6.9.'; exit 1"],
            ["curl", "echo 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1'"],
            ["aws", "echo 'aws-cli/1.45.11 Python/3.11.7 Linux/6.18 botocore/1.43.11'"],
            ["aws", "echo 'aws-cli/2.15.0 Python/3.11.6 Darwin/23.0 exe/x86_64'"],
        ] as const) {
            it(`is taken where it runs ${said}`, async () => {
                const folder = programs(name, said);
                const found = await find(name);
                assert.ok(!Array.isArray(found), String(found));
                assert.equal(found.folder, folder);
            });
        }

        for (const [name, said, fault] of [
            ["openssl", "echo 'LibreSSL 3.3.6'", /expected a version >=1\.1\.1, got another program/],
            ["openssl", "echo 'OpenSSL 1.0.2u  20 Dec 2019'", /got 1\.0\.2u/],
            ["dig", "echo 'DiG 9.10.6' >&2", /expected a version >=9\.11, got 9\.10\.6/],
            ["mosquitto", "echo 'mosquitto_pub version 1.5.7 running on libmosquitto 1.5.7.'", /got 1\.5\.7/],
            ["aws", "echo 'aws-cli/1.27.3 Python/3.9'", /got 1\.27\.3/],
            ["aws", "echo 'aws-cli/2.12.7 Python/3.9'", /got 2\.12\.7/],
            ["curl", "exit 127", /got another program/],
        ] as const) {
            it(`is not taken where it runs ${said}`, async () => {
                programs(name, said);
                assert.match(String(await find(name)), fault);
            });
        }

        it("is not taken without its other half", async () => {
            machine.folder("half", { mosquitto_pub: "echo 'mosquitto_pub version 2.0.11'" });
            assert.match(String(await find("mosquitto")), /expected mosquitto_sub beside it, found none/);
        });

        it("is the one that runs, also where an older one comes first on PATH", async () => {
            machine.folder("old", { dig: "echo 'DiG 9.9.5' >&2" });
            programs("dig", "echo 'DiG 9.20.1' >&2");
            const found = await find("dig");
            assert.ok(!Array.isArray(found));
            const environment = withClients([found], machine.environment);
            assert.equal(spawnSync("dig", ["-v"], { env: environment }).stderr.toString(), "DiG 9.20.1\n");
        });
    });

    /** apt that gets one package, and dpkg-deb that unpacks from it a dig that needs a library of the same package. */
    const debian = (install = "") =>
        machine.folder("debian", {
            "apt-get": `
                echo "$@" >> "${machine.root}/apt-runs"
                for last; do :; done
                directory=\${last%/*}
                case "$1" in
                    install) ${install} echo package > "$directory/archives/dig_1%3a9.18_amd64.deb" ;;
                esac`,
            "dpkg-deb": `
                /bin/mkdir -p "$3/usr/bin" "$3/usr/lib/x86_64-linux-gnu"
                printf '#!/bin/sh\\necho "DiG 9.18.49 $LD_LIBRARY_PATH" >&2\\n' > "$3/usr/bin/dig"
                /bin/chmod 755 "$3/usr/bin/dig"`,
        });
    const aptRuns = () => readFileSync(path.join(machine.root, "apt-runs"), "utf8").trim().split("\n");

    describe("a client of a Debian package", () => {
        it("is unpacked into the cache, with its libraries, and is there from then on", async () => {
            debian();
            const provided = await provide("dig");
            assert.ok(!("reason" in provided), JSON.stringify(provided));
            assert.equal(provided.folder, path.join(cached("dig"), "bin"));
            const { stderr } = spawnSync(path.join(provided.folder, "dig"), { env: machine.environment });
            assert.match(stderr.toString(), /\/dig\/bin\/\.\.\/root\/usr\/lib\/x86_64-linux-gnu$/m);
            await provide("dig");
            assert.deepEqual(
                aptRuns().map((run) => run.split(" ")[0]),
                ["update", "install"],
            );
            assert.match(aptRuns()[1] ?? "", /^install bind9-dnsutils .*--download-only/);
        });

        it("is unpacked once where two ask for it at the same time", async () => {
            debian();
            await Promise.all([provide("dig"), provide("dig")]);
            assert.equal(aptRuns().length, 2);
        });

        it("is missing where apt cannot get it, with what apt said, and nothing is left behind", async () => {
            debian("echo 'E: Unable to locate package' >&2; exit 100;");
            const provided = await provide("dig");
            assert.ok("reason" in provided);
            assert.match(provided.reason, /dig: found none on PATH/);
            assert.match(
                provided.reason,
                /apt-get install bind9-dnsutils: exit status 100:\s+E: Unable to locate package/,
            );
            assert.match(provided.reason, /Install dig >=9\.11 and have it on PATH: Debian's package bind9-dnsutils/);
            assert.deepEqual(readdirSync(path.dirname(cached("dig"))), []);
        });
    });

    it("is missing where the cache cannot be written", async () => {
        debian();
        writeFileSync(path.join(machine.root, "home"), "no folder");
        const provided = await provide("dig");
        assert.ok("reason" in provided);
        assert.match(provided.reason, /ENOTDIR: not a directory/);
    });

    describe("the AWS CLI", () => {
        const python = (pip: string) =>
            machine.folder("python", {
                python3: `
                    /bin/mkdir -p "$3/bin"
                    printf '#!/bin/sh\\nif [ "$2" = pip ]; then ${pip}; else echo aws-cli/1.45.11; fi\\n' > "$3/bin/python"
                    /bin/chmod 755 "$3/bin/python"`,
            });

        it("is installed into an environment of its own, every file checked against its hash", async () => {
            python(`echo "$@" > ${machine.root}/pip-run`);
            const provided = await provide("aws");
            assert.ok(!("reason" in provided), JSON.stringify(provided));
            assert.equal(provided.version, "1.45.11");
            const run = readFileSync(path.join(machine.root, "pip-run"), "utf8");
            const [, requirements = ""] = /--require-hashes .*--requirement (\S+)/.exec(run) ?? [];
            const pinned = readFileSync(requirements, "utf8")
                .split("\n")
                .filter((line) => /^[a-z]/.test(line));
            assert.ok(pinned.some((line) => line.startsWith("awscli==")));
            assert.ok(
                pinned.every((line) => /^[a-z0-9-]+==[\w.]+ \\$/.test(line)),
                pinned.join("\n"),
            );
        });

        it("is missing where PyPI is out of reach, with what pip said", async () => {
            python("echo No matching distribution >&2; exit 1");
            const provided = await provide("aws");
            assert.ok("reason" in provided);
            assert.match(provided.reason, /No matching distribution/);
            assert.equal(existsSync(cached("aws")), false);
        });
    });

    it("says on a machine with nothing what to install by hand, and ends with status 2", () => {
        const args = ["--require", "./tools/typescript.cjs", "tools/clients/install.ts"];
        const { status, stdout } = spawnSync(process.execPath, args, { env: machine.environment });
        assert.equal(status, 2);
        for (const { name } of clients) {
            assert.match(stdout.toString(), new RegExp(`^${name}: missing\n(  .*\n)*  Install `, "m"));
        }
    });

    it("has a file of tests for every client", () => {
        for (const { name } of clients) {
            assert.ok(existsSync(`tests/clients/${name}.test.ts`), name);
        }
    });
});
