import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { Failure, findPulumiCli, sdkDirectory, withCli } from "../../../sandbox/cli";
import { Machine } from "./machine";

const both = ["pulumi-language-nodejs", "pulumi-analyzer-policy"];

describe("sandbox/cli", () => {
    let machine: Machine;
    beforeEach(() => {
        machine = new Machine();
    });
    afterEach(() => machine.remove());

    const find = (options: { build?: boolean; report?: (line: string) => void } = {}) =>
        findPulumiCli({ environment: machine.environment, build: false, report: () => {}, ...options });

    const failure = async (options: { build?: boolean } = {}): Promise<string> => {
        const error: unknown = await find(options).then(
            () => assert.fail("expected no CLI to be found"),
            (thrown: unknown) => thrown,
        );
        assert.ok(error instanceof Failure, String(error));
        return error.message;
    };

    describe("a CLI on PATH", () => {
        const accepted: [version: string, helpers: string[]][] = [
            ["3.192.0", both],
            ["v3.192.0", both],
            ["3.220.1", both],
            ["3.221.0", ["pulumi-language-nodejs"]],
            ["v3.300.0-alpha.x123", ["pulumi-language-nodejs"]],
        ];
        for (const [version, helpers] of accepted) {
            it(`is taken when it is ${version} with ${helpers.join(" and ")}`, async () => {
                const directory = machine.pulumi("first", version, helpers);
                const cli = await find();
                assert.equal(cli.executable, path.join(directory, "pulumi"));
                assert.equal(cli.version, version.replace(/^v/, ""));
            });
        }

        const refused: [version: string, helpers: string[], reason: RegExp][] = [
            ["3.191.9", both, /expected a version >=3\.192\.0 <4\.0\.0, got 3\.191\.9/],
            ["4.0.0", both, /expected a version >=3\.192\.0 <4\.0\.0, got 4\.0\.0/],
            ["3.192.0", ["pulumi-language-nodejs"], /expected pulumi-analyzer-policy beside it or on PATH/],
            ["3.192.0", [], /expected pulumi-language-nodejs and pulumi-analyzer-policy beside it or on PATH/],
            ["3.250.0", [], /expected pulumi-language-nodejs beside it or on PATH/],
            ["nonsense", both, /expected a version from `pulumi version`, got "nonsense"/],
            ["3.200.0; exit 3", both, /`pulumi version` failed/],
        ];
        for (const [version, helpers, reason] of refused) {
            it(`is refused when it is ${version} with ${helpers.join(" and ") || "nothing"}`, async () => {
                machine.pulumi("first", version, helpers);
                assert.match(await failure(), reason);
            });
        }

        it("is the first that fits, whatever comes before it", async () => {
            machine.pulumi("old", "3.100.0", both);
            const fitting = machine.pulumi("fitting", "3.200.0", both);
            machine.pulumi("later", "3.210.0", both);
            assert.equal((await find()).directory, fitting);
        });

        it("may be a link to a folder that holds its helpers", async () => {
            const installed = machine.pulumi("installed", "3.250.0", ["pulumi-language-nodejs"]);
            const links = machine.folder("links", {});
            symlinkSync(path.join(installed, "pulumi"), path.join(links, "pulumi"));
            const environment = { ...machine.environment, PATH: links };
            const cli = await findPulumiCli({ environment, build: false });
            assert.equal(cli.directory, links);
        });

        it("may have its helpers in another folder of PATH", async () => {
            machine.pulumi("first", "3.250.0", []);
            machine.folder("second", { "pulumi-language-nodejs": ":" });
            assert.equal((await find()).version, "3.250.0");
        });

        it("comes before a build of ours", async () => {
            machine.go("1.26.0");
            await find({ build: true });
            const installed = machine.pulumi("installed", "3.192.0", both);
            assert.equal((await find()).directory, installed);
        });
    });

    describe("a build from Go modules", () => {
        const builds = () => path.join(machine.root, "builds");
        const goRuns = () => readFileSync(path.join(machine.root, "go-runs"), "utf8").trim().split("\n").length;

        it("is made where PATH has no CLI, and found from then on without Go", async () => {
            machine.go("1.24.1");
            const lines: string[] = [];
            const built = await find({ build: true, report: (line) => lines.push(line) });
            assert.match(built.reason, /just now/);
            assert.match(
                lines.join("\n"),
                /building the Pulumi CLI .* about three minutes.*\nbuilt the Pulumi CLI .* in/s,
            );

            const withoutGo = { ...machine.environment, PATH: "" };
            const found = await findPulumiCli({ environment: withoutGo, build: false });
            assert.equal(found.executable, built.executable);
            assert.match(found.reason, /earlier/);
        });

        it("brings what starts policy packs", async () => {
            machine.go("1.26.0");
            const { directory } = await find({ build: true });
            const script = readFileSync(path.join(directory, "pulumi-analyzer-policy"), "utf8");
            assert.match(script, /@pulumi\/pulumi\/cmd\/run-policy-pack/);
        });

        it("runs once when several ask for it at the same time", async () => {
            machine.go("1.26.0");
            const found = await Promise.all([1, 2, 3].map(() => find({ build: true })));
            assert.equal(new Set(found.map(({ executable }) => executable)).size, 1);
            assert.equal(goRuns(), 1);
        });

        it("that was killed is not taken for a whole one, and is cleared away by the next", async () => {
            const go = machine.go("1.26.0", `${machine.successfulBuild("3.192.0")}\nkill -9 $PPID\nexit 1`);
            const which = path.resolve("sandbox/cli/which.ts");
            const killed = spawnSync(process.execPath, ["--require", "./tools/typescript.cjs", which, "--build"], {
                env: machine.environment,
            });
            assert.equal(killed.signal, "SIGKILL");
            const left = readdirSync(builds());
            assert.equal(left.filter((name) => name.endsWith(".draft")).length, 1, left.join(" "));
            assert.match(await failure(), /found no earlier build/);

            // The killed process renews its lock no more.
            const lock = left.find((name) => name.endsWith(".lock")) ?? assert.fail("expected a lock");
            utimesSync(path.join(builds(), lock), 0, 0);
            rmSync(go, { recursive: true });
            machine.go("1.26.0");
            const { directory } = await find({ build: true });
            assert.deepEqual(readdirSync(builds()), [path.basename(directory)]);
        });

        it("that fails leaves nothing and says what Go said", async () => {
            machine.go("1.26.0", "echo 'verifying module: checksum mismatch' >&2; exit 1");
            const message = await failure({ build: true });
            assert.match(message, /exit status 1.*checksum mismatch.*go env GOPROXY.*pulumi\.com/s);
            assert.deepEqual(readdirSync(builds()), []);
        });

        it("that turns out to be of no use is an error and not a loop", async () => {
            machine.go("1.26.0", machine.successfulBuild("3.1.0"));
            assert.match(await failure({ build: true }), /expected a version >=3\.192\.0 <4\.0\.0, got 3\.1\.0/);
        });

        it("is not tried with a Go that is too old", async () => {
            machine.go("1.23.9");
            assert.match(await failure({ build: true }), /expected Go 1\.24\.1 or newer on PATH, got go1\.23\.9/);
            assert.equal(existsSync(path.join(machine.root, "go-runs")), false);
        });
    });

    it("names every way to get a CLI where there is none", async () => {
        const message = await failure({ build: true });
        assert.match(message, /pulumi: found none on PATH/);
        assert.match(message, /found no earlier build/);
        assert.match(message, /expected Go 1\.24\.1 or newer on PATH, found none/);
        assert.match(message, /install Pulumi .*have Go .*IOT_DOMAINS_CLI_DIRECTORY/s);
    });

    it("has children find the CLI's own helpers first", async () => {
        const cli = { executable: "/b/pulumi", directory: "/b", version: "3.192.0", reason: "" };
        assert.equal(withCli(cli, { PATH: "/a:/b:/c" }).PATH, `/b:/a:/c:${sdkDirectory}`);
        assert.ok(existsSync(path.join(sdkDirectory, "pulumi-resource-pulumi-nodejs")));
    });
});
