"use strict";
// The engine starts this file. The pack is TypeScript that runs without a build, as the rest of the repository does.
require("../tools/typescript.cjs");
require("./pack.ts").startPack();
