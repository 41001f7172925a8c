import assert from "node:assert/strict";
import fs from "node:fs";
import { builtinModules } from "node:module";
import os from "node:os";
import path from "node:path";
import { bundlePack } from "../../policies/bundle";
import packManifest from "../../policies/package.json";
import { rules } from "../../policies/rules";
import { PackProcess } from "./packProcess";
import { domainConfiguration, importedCertificate } from "./resources";

describe("the bundle of the pack", function () {
    this.timeout(60_000);
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-bundle-"));
    const bundle = path.join(directory, "policies");
    const text = (file: string) => fs.readFileSync(path.join(bundle, file), "utf8");

    before(async () => {
        await bundlePack(bundle);
        // What an installation of its manifest puts there, and nothing else of this repository's modules.
        const scope = path.join(directory, "node_modules", "@pulumi");
        fs.mkdirSync(scope, { recursive: true });
        for (const name of ["policy", "pulumi"]) {
            const installed = path.dirname(require.resolve(`@pulumi/${name}/package.json`));
            fs.symlinkSync(installed, path.join(scope, name));
        }
    });
    after(() => fs.rmSync(directory, { recursive: true, force: true }));

    it("is one script with the pack's manifest", () => {
        assert.deepEqual(
            fs.readdirSync(bundle).filter((file) => !file.endsWith(".LEGAL.txt")),
            ["PulumiPolicy.yaml", "index.js", "package.json"],
        );
        const { dependencies, version } = JSON.parse(text("package.json"));
        assert.deepEqual(Object.keys(dependencies), ["@pulumi/policy", "@pulumi/pulumi"]);
        assert.equal(version, packManifest.version);
    });

    it("imports Node's own modules, @pulumi/policy and @pulumi/pulumi, and nothing else", () => {
        const required = [...text("index.js").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
        const foreign = required.filter(
            (name) =>
                !builtinModules.includes(name.replace(/^node:/, "")) && !/^@pulumi\/(policy|pulumi)(\/|$)/.test(name),
        );
        assert.ok(required.length > 0);
        assert.deepEqual(foreign, []);
    });

    it("judges as the pack does, with its rules and its configuration", async () => {
        const packs = [await PackProcess.start(bundle), await PackProcess.start()];
        try {
            const resources = [
                domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10" } }),
                importedCertificate("leaves/self-signed.pem", [], { certificateChain: undefined }),
            ];
            const [bundled, source] = await Promise.all(
                packs.map(async (pack) => {
                    const names = (await pack.info()).getPoliciesList().map((policy) => policy.getName());
                    await pack.configureStack();
                    await pack.configure({ configuration: { preset: "strict" } });
                    return { names, violations: await pack.run(resources) };
                }),
            );
            assert.equal(bundled?.names.length, rules.length + 1);
            assert.ok(bundled?.violations.some(({ rule }) => rule === "tls-security-policy"));
            assert.deepEqual(bundled, source);
        } finally {
            await Promise.all(packs.map((pack) => pack.stop()));
        }
    });

    it("refuses a misspelt configuration as the pack does", async () => {
        const pack = await PackProcess.start(bundle);
        try {
            await assert.rejects(pack.configure({ "tls-securty-policy": {} }), /did you mean tls-security-policy/);
        } finally {
            await pack.stop();
        }
    });

    it("never empties a folder that holds something else", async () => {
        const other = path.join(directory, "other");
        fs.mkdirSync(other);
        fs.writeFileSync(path.join(other, "keep.txt"), "kept");
        await assert.rejects(bundlePack(other), /expected an empty folder or an earlier bundle/);
        assert.deepEqual(fs.readdirSync(other), ["keep.txt"]);
    });
});
