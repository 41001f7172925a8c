"use strict";
const fs = require("node:fs");
const { reporters } = require("mocha");

/**
 * Mocha's usual report, and what tools/test.ts sums up in a file: how many tests passed, and what failed with its reason.
 * `--reporter-option counts=FILE`.
 */
module.exports = class CountingReporter extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const failures = this.failures.map((test) => `${test.fullTitle()}\n${test.err?.stack ?? test.err}`);
            const counts = { passed: this.stats.passes, failed: this.stats.failures, failures };
            fs.writeFileSync(options.reporterOptions.counts, JSON.stringify(counts));
        });
    }
};
