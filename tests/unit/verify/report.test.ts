import assert from "node:assert/strict";
import { create } from "xmlbuilder2";
import { checkReportOf, render, type VerifyReport } from "../../../commands/verify/report";
import { exitStatusOf } from "../../../commands/check/finding";
import { formatNames } from "../../../commands/check/formats";
import { faultsOf } from "../../../verify/faultKind";
import { observed, together, unseen } from "../../../verify/look";
import { endpointFaults } from "../../../verify/endpoint/faults";
import { tlsFaults } from "../../../verify/tls/faults";

const path = "domains.telemetry.regions.us-east-1";
const at = { domain: "telemetry", region: "us-east-1" };
const refusedPort = faultsOf(endpointFaults)("port-refused", {
    path,
    got: "port 8883 at 192.0.2.1 refuses connections",
});
const advice = {
    ...faultsOf(tlsFaults)("tls-sni-ignored", { path, got: "the domain's certificate" }),
    severity: "low",
} as const;

const reportWith = (...findings: readonly (typeof refusedPort)[]): VerifyReport => ({
    stack: "prod",
    subject: "from outside, in the sandbox",
    ...together([
        observed({ ...at, look: "tls", what: "handshake", detail: "TLS 1.3", milliseconds: 12 }),
        ...findings.map((finding) =>
            observed({ ...at, look: "endpoint", what: "ports", detail: finding.got }, [finding]),
        ),
        unseen({ ...at, look: "protocols", what: "MQTT", detail: "--client-certificate looks further" }),
    ]),
});

describe("the report of npm run verify", () => {
    it("ends with 0 where nothing is wrong, with 1 at a fault, and lets advice pass", () => {
        const status = (report: VerifyReport) => exitStatusOf(checkReportOf(report));
        assert.equal(status(reportWith()), 0);
        assert.equal(status(reportWith(advice)), 0);
        assert.equal(status(reportWith(advice, refusedPort)), 1);
        assert.equal(status({ ...reportWith(refusedPort), failures: ["no way"] }), 2);
    });

    it("shows people a table with what was not seen, and each fault with its remedy", () => {
        const text = render(reportWith(refusedPort), "text");
        for (const words of [/handshake .* ok /, /ports .* FAULT /, /MQTT .* not seen /, /port-refused/, /firewall/]) {
            assert.match(text, words);
        }
    });

    it("gives programs every observation, and each finding once", () => {
        const { exitStatus, observations, findings } = JSON.parse(render(reportWith(refusedPort), "json"));
        assert.equal(exitStatus, 1);
        assert.deepEqual(
            observations.map(({ what, outcome, rules }: any) => [what, outcome, rules]),
            [
                ["handshake", "sound", []],
                ["ports", "fault", ["port-refused"]],
                ["MQTT", "unseen", []],
            ],
        );
        assert.deepEqual(findings, [refusedPort]);
    });

    it("passes, fails and skips test cases of JUnit", () => {
        const { testsuites } = create(render(reportWith(refusedPort), "junit")).end({ format: "object" }) as any;
        assert.deepEqual(
            [testsuites["@tests"], testsuites["@failures"], testsuites["@errors"], testsuites["@skipped"]],
            ["3", "1", "0", "1"],
        );
        const [failed, passed, skipped] = testsuites.testsuite.testcase;
        assert.match(failed.failure["#"], /expected a port that listens, got port 8883 .*; look for a firewall/);
        assert.deepEqual(
            [passed["@name"], skipped.skipped["@message"]],
            ["tls handshake telemetry us-east-1", "--client-certificate looks further"],
        );
    });

    for (const format of formatNames.filter((name) => name !== "text")) {
        it(`tells of a fault with its remedy as ${format}`, () => {
            const written = render(reportWith(refusedPort), format);
            assert.match(written, /port-refused/);
            assert.match(written, /look for a firewall/);
        });
    }
});
