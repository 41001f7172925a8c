import path from "node:path";
import * as prettier from "prettier";
import { stackFileSchema } from "../config/jsonSchema";
import { outputJsonSchemas } from "../outputs/jsonSchema";
import { outputsDocument } from "./outputsDocument";
import { rulesDocument } from "./rulesDocument";
import { verifyDocument } from "./verifyDocument";

/** A file that is made from the code, so that it cannot disagree with it. */
export interface GeneratedFile {
    /** From the repository's root. */
    readonly path: string;
    readonly text: () => string;
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** Every generated file; `npm run generate` writes them, and a test holds them in step. */
export const generatedFiles: readonly GeneratedFile[] = [
    { path: "config/stack.schema.json", text: () => json(stackFileSchema()) },
    { path: "outputs/domains.schema.json", text: () => json(outputJsonSchemas.domains()) },
    { path: "outputs/provisioning.schema.json", text: () => json(outputJsonSchemas.provisioning()) },
    { path: "docs/outputs.md", text: outputsDocument },
    { path: "docs/rules.md", text: rulesDocument },
    { path: "docs/verify-reference.md", text: verifyDocument },
];

/** The repository's root. */
export const root = path.resolve(__dirname, "..");

/** A generated file's text as it stands in the repository, laid out like everything else there. */
export async function formatted(file: GeneratedFile): Promise<string> {
    const options = await prettier.resolveConfig(path.join(root, file.path));
    return prettier.format(file.text(), { ...options, filepath: file.path });
}
