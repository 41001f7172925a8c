"use strict";
// The pack on a day when the certificates of tests/fixtures are valid, whenever the tests run.
require("../../../tools/typescript.cjs");
require("../../../policies/pack.ts").startPack(() => new Date("2026-11-21T12:00:00Z"));
