import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { formatted, generatedFiles, root } from "../../tools/generated";

describe("generated files", () => {
    for (const file of generatedFiles) {
        it(`${file.path} is what \`npm run generate\` writes`, async () => {
            assert.equal(fs.readFileSync(path.join(root, file.path), "utf8"), await formatted(file));
        });
    }
});
