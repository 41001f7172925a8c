import assert from "node:assert/strict";
import { faultKinds } from "../../../verify/faults";
import { injectedFaults as injectedIntoDns } from "../dns/injectedFaults";
import { injectedFaults } from "./injectedFaults";

/** Faults that take a second server, which tests/unit/dns/look.test.ts injects. */
const injectedElsewhere = ["dns-servers-differ", "dns-resolver-stale"];

describe("the faults that a look can find", () => {
    const injected = new Set([
        ...injectedFaults.flatMap(({ rules }) => rules),
        ...injectedIntoDns.flatMap(({ rule }) => rule ?? []),
        ...injectedElsewhere,
    ]);

    it("are each injected by some test", () => {
        const missing = [...faultKinds].filter(([rule, { severity }]) => severity !== "low" && !injected.has(rule));
        assert.deepEqual(
            missing.map(([rule]) => rule),
            [],
        );
    });

    it("each say what to do, and where to read more", () => {
        for (const [rule, { remedy, reference, title, expected }] of faultKinds) {
            assert.ok(remedy.length > 20 && !remedy.endsWith("."), rule);
            assert.match(reference, /^https:\/\//, rule);
            assert.ok(title !== "" && !title.endsWith(".") && expected !== "", rule);
        }
    });
});
