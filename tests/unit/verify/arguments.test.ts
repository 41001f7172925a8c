import assert from "node:assert/strict";
import { UnusableArguments } from "../../../commands/commandLine";
import { parseArguments, type Arguments } from "../../../commands/verify/arguments";

const parse = (...argv: readonly string[]): Arguments => {
    const parsed = parseArguments(["--stack", "prod", ...argv], "/home/me");
    assert.ok(parsed !== undefined);
    return parsed;
};

describe("the command line of npm run verify", () => {
    it("looks at everything in the sandbox where nothing else is said", () => {
        const { account, only, domains, regions, families, wait, provision, cleanup, outputs } = parse();
        assert.deepEqual([...only], ["account", "dns", "tls", "protocols", "provisioning"]);
        assert.deepEqual(
            { account, domains, regions, families, wait, provision, cleanup, outputs },
            {
                account: false,
                domains: [],
                regions: [],
                families: [4, 6],
                wait: undefined,
                provision: undefined,
                cleanup: undefined,
                outputs: [{ format: "text" }],
            },
        );
    });

    const read: readonly (readonly [argv: readonly string[], expected: Partial<Arguments>])[] = [
        [["--json"], { outputs: [{ format: "json" }] }],
        [["--junit"], { outputs: [{ format: "junit" }] }],
        [["--output", "verify.xml"], { outputs: [{ format: "junit", file: "/home/me/verify.xml" }] }],
        [["--wait", "60m"], { wait: 3_600_000 }],
        [["--timeout", "500ms"], { timeout: 500 }],
        [["--timeout", "1.5ms"], { timeout: 2 }],
        [["--only", "tls, dns"], { only: new Set(["tls", "dns"] as const) }],
        [["--region", "us-east-1", "--region", "sa-east-1"], { regions: ["us-east-1", "sa-east-1"] }],
        [["-4"], { families: [4] }],
        [["-6"], { families: [6] }],
        [["-4", "-6"], { families: [4, 6] }],
        [["--dns-server", "192.0.2.1"], { dnsServers: [{ address: "192.0.2.1", port: 53 }] }],
        [["--dns-server", "[2001:db8::1]:5353"], { dnsServers: [{ address: "2001:db8::1", port: 5353 }] }],
        [
            ["--connect-to", "iot.example.com:8883:[::1]:20002", "--connect-to", "::localhost:"],
            {
                connectTo: [
                    { host: "iot.example.com", port: 8883, toHost: "::1", toPort: 20002 },
                    { host: undefined, port: undefined, toHost: "localhost", toPort: undefined },
                ],
            },
        ],
        [["--no-provision", "--no-cleanup"], { provision: false, cleanup: false }],
        [["--parameter", "SerialNumber=a=b"], { parameters: { SerialNumber: "a=b" } }],
        [
            ["--client-certificate", "c.pem", "--client-key", "/k.pem", "--client-id", "sensor-1"],
            {
                device: {
                    certificate: "/home/me/c.pem",
                    privateKey: "/k.pem",
                    clientId: "sensor-1",
                    topic: "devices/sensor-1/verify",
                },
            },
        ],
        [
            ["--token", "token=abc"],
            {
                token: {
                    username: "?token=abc",
                    password: undefined,
                    fields: { token: "abc" },
                    clientId: "iot-domains-verify",
                    topic: "devices/iot-domains-verify/verify",
                },
            },
        ],
    ];
    for (const [argv, expected] of read) {
        it(`reads ${argv.join(" ")}`, () => {
            const parsed = parse(...argv);
            const same = Object.keys(expected).map((name) => [name, parsed[name as keyof Arguments]]);
            assert.deepEqual(Object.fromEntries(same), expected);
        });
    }

    const refused: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
        [["--only", "tls,smtp"], /--only: expected account, dns, tls, protocols, provisioning, got "smtp"/],
        [["--client-id", "sensor-1"], /expected all three, got some of them/],
        [["--device-ca-key", "k.pem"], /expected both, got one/],
        [["--output", "report.doc"], /--output: expected a file that ends in/],
        [["--json", "--junit"], /cannot be used with/],
        [["--wait", "60"], /such as 60m/],
        [["--topic", "devices/+/verify"], /--topic: expected a topic to publish to, got "devices/],
        [["--timeout", "0s"], /from 1ms to 1h/],
        [["--timeout", "1000h"], /from 1ms to 1h/],
        [["--concurrency", "0"], /whole number from 1 on/],
        [["--dns-server", "192.0.2.1:0"], /such as 127\.0\.0\.1:5353/],
        [["--connect-to", "iot.example.com:8883"], /HOST:PORT:ADDRESS:PORT/],
        [["--everything"], /unknown option/],
    ];
    for (const [argv, message] of refused) {
        it(`refuses ${argv.join(" ")}`, () => {
            assert.throws(
                () => parse(...argv),
                (error) => {
                    assert.ok(error instanceof UnusableArguments);
                    assert.match(error.message, message);
                    return true;
                },
            );
        });
    }

    it("tells of every fault at once", () => {
        assert.throws(
            () => parseArguments(["--only", "smtp", "--client-id", "x", "--output", "report.doc"], "/home/me"),
            /--stack.*--only.*--client-certificate.*--output/s,
        );
    });

    it("does not repeat a token that it cannot read", () => {
        assert.throws(
            () => parse("--token", "hunter2"),
            ({ message }: Error) => message.startsWith("--token: expected a name") && !message.includes("hunter2"),
        );
    });
});
