import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { apply } from "../../../rules/certificates/check";
import { parseCertificate } from "../../../rules/certificates/parsedCertificate";
import { trustedRoots } from "../../../rules/certificates/trustedRoots";
import { publicLifetime } from "../../../rules/certificates/validity";
import { check, pem, rulesOf } from "./fixtures";

const knownRoot = trustedRoots([pem("authorities/root")]);
const unknownRoot = trustedRoots([pem("authorities/ec-root")]);
const chainWithRoot = pem("authorities/intermediate", "authorities/root");

describe("rules/certificates/kinds", () => {
    const deductions = [
        { title: "private without any bundle", changed: {}, kind: "private" },
        { title: "private below an unknown root", changed: { roots: unknownRoot }, kind: "private" },
        { title: "public below a known root that is left out", changed: { roots: knownRoot }, kind: "public" },
        { title: "public with a known root", changed: { roots: knownRoot, chain: chainWithRoot }, kind: "public" },
        {
            title: "public directly below a known root",
            changed: { roots: knownRoot, certificate: pem("leaves/directly-below-root"), chain: undefined },
            kind: "public",
        },
        {
            title: "private where a root of the CA's name has another key",
            changed: { roots: trustedRoots([pem("authorities/rogue-intermediate")]), chain: undefined },
            kind: "private",
        },
        {
            title: "private where the root at its end has another key than the known one",
            changed: { roots: trustedRoots([pem("authorities/rogue-root")]), chain: chainWithRoot },
            kind: "private",
        },
        {
            title: "self-signed by its own key",
            changed: { roots: knownRoot, certificate: pem("leaves/self-signed"), chain: undefined },
            kind: "self-signed",
        },
    ];
    for (const { title, changed, kind } of deductions) {
        it(`deduces ${title}`, () => {
            assert.equal(check({ ...changed, kind: undefined }).kind, kind);
        });
    }

    it("has nothing to say about a public chain to a known root", () => {
        assert.deepEqual(rulesOf(check({ kind: "public", roots: knownRoot })), []);
    });

    it("says only that the bundle at hand does not know a public chain's root, because AWS may have a newer one", () => {
        const [finding, ...others] = check({ kind: "public", roots: unknownRoot }).findings;
        assert.deepEqual(others, []);
        assert.equal(finding?.rule, "certificate-public-trust");
        assert.equal(finding?.severity, "low");
        assert.match(
            finding?.got ?? "",
            /"O=Example, CN=Example Root", which the copy of the bundle at hand does not have/,
        );
    });

    it("advises to call a chain public that a public root vouches for", () => {
        assert.deepEqual(rulesOf(check({ kind: "private", roots: knownRoot })), ["certificate-public-after-all"]);
    });

    it("needs no validation certificate for a public chain", () => {
        const findings = rulesOf(check({ kind: "public", roots: knownRoot, hasValidationCertificate: false }));
        assert.deepEqual(findings, []);
    });

    it("reads every root of the bundle that comes with Node", () => {
        const roots = trustedRoots(tls.rootCertificates);
        assert.ok(tls.rootCertificates.length > 100);
        assert.equal([...roots.values()].flat().length, tls.rootCertificates.length);
    });

    // The day of issue, and the longest lifetime in days by the schedule of the CA/Browser Forum's ballot SC-081.
    const schedule = [
        ["2026-03-14", 398],
        ["2026-03-15", 200],
        ["2027-03-14", 200],
        ["2027-03-15", 100],
        ["2029-03-14", 100],
        ["2029-03-15", 47],
    ] as const;
    for (const [issued, days] of schedule) {
        it(`lets a public certificate of ${issued} live ${days} days and not longer`, () => {
            const validFrom = new Date(issued);
            const living = (seconds: number) => ({
                certificate: {
                    ...parseCertificate(new X509Certificate(pem("leaves/rsa-2048")).raw),
                    validFrom,
                    // The last second belongs to the validity.
                    validTo: new Date(validFrom.getTime() + (seconds - 1) * 1000),
                },
                at: validFrom,
            });
            assert.deepEqual(apply(publicLifetime, living(days * 86_400), "certificate"), []);
            const [finding] = apply(publicLifetime, living(days * 86_400 + 1), "certificate");
            assert.match(finding?.expected ?? "", new RegExp(`at most ${days} days`));
        });
    }
});
