import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding } from "../../../rules/finding";
import { sameIdentity } from "../../../rules/certificates/rotation";
import { tables } from "./cases";
import { check, pem } from "./fixtures";

const root = resolve(__dirname, "..", "..", "..");
const documented = new Map(
    [
        ...readFileSync(join(root, "docs", "certificate-rules.md"), "utf8").matchAll(
            /\| `([a-z-]+)` +\| (\w+) +\|.*\((http\S+)\) +\|$/gm,
        ),
    ].map(([, rule, severity, reference]) => [rule, { severity, reference }]),
);

function identifiersInSource(): Set<string> {
    const folder = join(root, "rules", "certificates");
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const identifier = /"((?:certificate|chain|private-key|rotation)-[a-z-]+)"/g;
    return new Set(sources.flatMap((source) => [...source.matchAll(identifier)].map(([, rule]) => rule as string)));
}

/** Every finding that the tables of cases bring about, and some of renewals. */
function findings(): Finding[] {
    const renewals = ["renewed-more-names", "other-common-name", "sha512", "rsa-4096", "no-key-usage", "client-only"];
    return [
        ...Object.values(tables)
            .flat()
            .flatMap(({ changed }) => check(changed).findings),
        ...renewals.flatMap((next) => sameIdentity(pem("leaves/rsa-2048"), pem(`leaves/${next}`))),
    ];
}

describe("docs/certificate-rules.md", () => {
    it("lists every rule, and no other", () => {
        // These two are rules about more than certificates, and live beside the folder.
        const shared = ["certificate-key-algorithm", "domain-name"];
        assert.deepEqual([...documented.keys()].sort(), [...identifiersInSource(), ...shared].sort());
    });

    it("gives each finding's own severity and page", () => {
        for (const { rule, severity, reference } of findings()) {
            assert.deepEqual({ severity, reference }, documented.get(rule), rule);
        }
    });

    it("lists no rule that the cases do not bring about", () => {
        const seen = new Set(findings().map(({ rule }) => rule));
        // Needs a bundle of roots, see the tests of kinds.
        seen.add("certificate-public-after-all");
        assert.deepEqual(
            [...documented.keys()].filter((rule) => !seen.has(rule ?? "")),
            [],
        );
    });
});
