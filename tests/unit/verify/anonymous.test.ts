import assert from "node:assert/strict";
import { withoutDevice } from "./injection";
import { rulesOf, Situation } from "./situation";
import type { Script } from "./scriptedEndpoint";

/** What a look without a client certificate says of each port, where the endpoint plays a script. */
async function receptions(script: Partial<Script>) {
    const situation = await Situation.open();
    try {
        withoutDevice(situation);
        await situation.play(script);
        situation.waitLess({ answer: 3_000 });
        const result = await situation.look();
        const seen = result.observations.filter(({ what }) => what.startsWith("without a certificate"));
        return { rules: rulesOf(result), seen: seen.map(({ what, outcome, detail }) => [what, outcome, detail]) };
    } finally {
        await situation.close();
    }
}

const asked = "TLS completes, a client certificate is asked for";
const ports = ["8883", "443 with ALPN x-amzn-mqtt-ca", "8443", "443 with ALPN x-amzn-http-ca"];

describe("a look without a client certificate", function () {
    this.timeout(60_000);

    it("says that nobody is let in without one where that was seen", async () => {
        const { rules, seen } = await receptions({});
        assert.deepEqual(rules, []);
        assert.deepEqual(
            seen,
            ports.map((port) => [`without a certificate on ${port}`, "sound", `${asked}, who has none is turned away`]),
        );
    });

    it("claims that of no port whose server says nothing, or fails", async () => {
        const { rules, seen } = await receptions({ answer: () => "silence", httpStatusOfNobody: 503 });
        assert.deepEqual(rules, []);
        assert.deepEqual(
            seen.map(([, ...outcome]) => outcome),
            [
                ["unseen", `${asked}; of who has none: no answer to connect within 3 s`],
                ["unseen", `${asked}; of who has none: no answer to connect within 3 s`],
                ["unseen", `${asked}; of who has none: HTTP status 503`],
                ["unseen", `${asked}; of who has none: HTTP status 503`],
            ],
        );
    });
});
