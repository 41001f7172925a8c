import assert from "node:assert/strict";
import { buildDirectory, oldestGo, pinnedVersion, pulumiCli } from "../../../sandbox/cli/goModule";
import { goEnvironment } from "../../../sandbox/cli/goToolchain";
import { isSupported } from "../../../sandbox/cli/supported";

describe("sandbox/cli: the build from Go modules", () => {
    it("takes modules from the user's proxy alone, with no other toolchain and no version control", () => {
        const environment = goEnvironment({ GOPROXY: "https://proxy.example", GOFLAGS: "-mod=mod", GOOS: "plan9" });
        assert.equal(environment.GOPROXY, "https://proxy.example");
        assert.equal(environment.GOTOOLCHAIN, "local");
        assert.equal(environment.GOVCS, "*:off");
        assert.equal(environment.GOFLAGS, "");
        assert.equal(environment.GOOS, "");
    });

    it("leaves the checksum database as the user has it", () => {
        const touched = Object.keys(goEnvironment({})).filter((name) => /SUM|INSECURE|PRIVATE|PROXY/.test(name));
        assert.deepEqual(touched, []);
        assert.ok(pulumiCli.buildArguments.includes("-mod=readonly"));
    });

    it("pins a version that the project supports, and tells the build that version", () => {
        assert.ok(isSupported(pinnedVersion));
        assert.match(oldestGo, /^1\.\d+/);
        assert.ok(pulumiCli.buildArguments.some((argument) => argument.endsWith(`version.Version=${pinnedVersion}`)));
    });

    const directories: [title: string, environment: NodeJS.ProcessEnv, expected: RegExp][] = [
        ["the user's cache", { HOME: "/home/me" }, /^\/home\/me\/\.cache\/iot-domains\/pulumi\/[0-9a-f]{16}$/],
        [
            "XDG_CACHE_HOME",
            { HOME: "/home/me", XDG_CACHE_HOME: "/cache" },
            /^\/cache\/iot-domains\/pulumi\/[0-9a-f]{16}$/,
        ],
        [
            "IOT_DOMAINS_CLI_DIRECTORY",
            { XDG_CACHE_HOME: "/cache", IOT_DOMAINS_CLI_DIRECTORY: "/cli" },
            /^\/cli\/[0-9a-f]{16}$/,
        ],
    ];
    for (const [title, environment, expected] of directories) {
        it(`lies in ${title}`, () => assert.match(buildDirectory(environment), expected));
    }
});
