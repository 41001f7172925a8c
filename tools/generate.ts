import fs from "node:fs";
import path from "node:path";
import { formatted, generatedFiles, root } from "./generated";

/** Writes every generated file anew: `npm run generate`. */
async function main(): Promise<void> {
    for (const file of generatedFiles) {
        fs.writeFileSync(path.join(root, file.path), await formatted(file));
        console.log(`wrote ${file.path}`);
    }
}

void main();
