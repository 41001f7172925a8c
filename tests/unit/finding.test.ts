import assert from "node:assert/strict";
import { formatFinding, isFault, type Finding } from "../../rules/finding";

const finding: Finding = {
    rule: "chain-depth",
    severity: "high",
    path: "domains.telemetry.certificate.chain",
    got: "6",
    expected: "at most 5 certificates",
    remedy: "leave out the root",
};

describe("rules/finding", () => {
    it("puts path, expectation, value and remedy on one line", () => {
        assert.equal(
            formatFinding(finding),
            "domains.telemetry.certificate.chain: expected at most 5 certificates, got 6; leave out the root",
        );
    });

    it("takes advice of severity low for no fault", () => {
        assert.equal(isFault(finding), true);
        assert.equal(isFault({ ...finding, severity: "low" }), false);
    });
});
