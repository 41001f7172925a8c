import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "../tools/generated";

/** A Pulumi project on disk that registers nothing but `count` ACM certificates. */
export interface BareProject {
    readonly directory: string;
}

const bareProgram = (count: number) => `
const aws = require("@pulumi/aws");
for (let index = 0; index < ${count}; index++) {
    new aws.acm.Certificate(\`certificate-\${index}\`, {
        domainName: \`device-\${index}.example.com\`,
        validationMethod: "DNS",
    });
}
`;

const bareTypeScriptProgram = (count: number) =>
    bareProgram(count).replace(/const aws = .*/, 'import * as aws from "@pulumi/aws";');

/** The floor: plain JavaScript in the fastest set-up that Pulumi has, without anything but the resources. */
export function plainJavaScript(directory: string, count: number): BareProject {
    write(directory, {
        "Pulumi.yaml": "name: bench-floor\nmain: program/\nruntime:\n  name: nodejs\n  options: {typescript: false}\n",
        "package.json": "{}",
        "program/index.js": bareProgram(count),
    });
    fs.symlinkSync(path.join(root, "node_modules"), path.join(directory, "node_modules"));
    return { directory };
}

/** What \`pulumi new aws-typescript\` sets up: TypeScript, checked on each run, beside its node_modules. */
export function defaultTypeScript(directory: string, count: number, modules: string): BareProject {
    write(directory, {
        "Pulumi.yaml": "name: bench-default\nruntime:\n  name: nodejs\n  options: {packagemanager: npm}\n",
        "package.json": JSON.stringify({ name: "bench-default", main: "index.ts" }),
        "tsconfig.json": JSON.stringify({
            compilerOptions: {
                strict: true,
                target: "es2020",
                module: "nodenext",
                moduleResolution: "nodenext",
                sourceMap: true,
            },
            files: ["index.ts"],
        }),
        "index.ts": bareTypeScriptProgram(count),
    });
    // A real folder, as an installation has it: Pulumi's walk through it does not follow links.
    fs.renameSync(modules, path.join(directory, "node_modules"));
    return { directory };
}

/** A copy of this project's node_modules that takes no space where the file system has hard links. */
export function copyModules(to: string): void {
    const from = path.join(root, "node_modules");
    try {
        execFileSync("cp", ["-al", from, to], { stdio: "ignore" });
    } catch {
        fs.rmSync(to, { recursive: true, force: true });
        fs.cpSync(from, to, { recursive: true });
    }
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
        const file = path.join(directory, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
    }
}
