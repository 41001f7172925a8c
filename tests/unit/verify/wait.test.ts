import assert from "node:assert/strict";
import { waitUntilServed } from "../../../commands/verify/wait";
import type { Finding } from "../../../rules/finding";

const minute = 60_000;

const finding = (rule: string): Finding => ({
    rule,
    severity: "high",
    path: "domains.telemetry.regions.us-east-1",
    got: "",
    expected: "",
    remedy: "",
});

/** Waits over looks that find these rules, one after the other and the last one for ever; each takes a second. */
async function wait(rules: readonly string[], milliseconds: number) {
    let now = 0;
    let looks = 0;
    const lines: string[] = [];
    await waitUntilServed(
        () => {
            const rule = rules[Math.min(looks++, rules.length - 1)] ?? "";
            now += 1_000;
            return Promise.resolve({ findings: rule === "" ? [] : [finding(rule)] });
        },
        milliseconds,
        (line) => lines.push(line),
        { now: () => now, sleep: (pause) => Promise.resolve((now += pause)) },
    );
    return { looks, now, lines };
}

describe("waiting for a certificate", () => {
    it("ends with the first look at what is served", async () => {
        assert.deepEqual(await wait([""], 60 * minute), { looks: 1, now: 1_000, lines: [] });
    });

    it("goes on while the one before is served, and says where and for how long", async () => {
        const { looks, lines } = await wait(["tls-domain-not-served", "tls-certificate-outdated", ""], 60 * minute);
        assert.equal(looks, 3);
        assert.deepEqual(lines, [
            "not served yet: domains.telemetry.regions.us-east-1; looking again, for at most 60 min more",
            "not served yet: domains.telemetry.regions.us-east-1; looking again, for at most 60 min more",
        ]);
    });

    it("does not wait for what does not pass by itself", async () => {
        assert.equal((await wait(["tls-untrusted"], 60 * minute)).looks, 1);
    });

    it("gives up when the time is up, after a last look", async () => {
        const { now, looks } = await wait(["tls-certificate-outdated"], 10 * minute);
        assert.ok(looks > 15);
        assert.ok(now >= 10 * minute && now <= 10 * minute + 1_000, String(now));
    });
});
