"use strict";
const fs = require("node:fs");
const { reporters } = require("mocha");

/** Mocha's usual report, and the counts for tools/test.ts in a file: `--reporter-option counts=FILE`. */
module.exports = class CountingReporter extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures } = this.stats;
            fs.writeFileSync(options.reporterOptions.counts, JSON.stringify({ passed: passes, failed: failures }));
        });
    }
};
