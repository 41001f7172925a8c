import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { userSandboxDirectory } from "../../../sandbox/commands/userSandboxDirectory";
import { isSandbox, prepareDirectory, sandboxDirectory } from "../../../sandbox/engine/directory";
import { prepareProject } from "../../../sandbox/engine/project";
import { isProtected, recordedResources, runningUpdates, stacksIn, wasCutOff } from "../../../sandbox/engine/state";

describe("sandbox/engine: a sandbox's folder", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "iot-domains-directory-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const write = (file: string, text: string) => {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
    };

    it("is marked, so that nothing else is ever emptied", () => {
        assert.equal(isSandbox(folder), false);
        prepareDirectory(sandboxDirectory(folder));
        assert.equal(isSandbox(folder), true);
    });

    it("is not made of a folder that holds something else", () => {
        write("thesis.txt", "");
        assert.throws(
            () => prepareDirectory(sandboxDirectory(folder)),
            /expected a sandbox or an empty folder, got a folder without sandbox\.json; set IOT_DOMAINS_SANDBOX/,
        );
    });

    it("has a passphrase of its own that stays and that others cannot read", () => {
        const directory = sandboxDirectory(folder);
        prepareDirectory(directory);
        const passphrase = readFileSync(directory.passphrase, "utf8");
        prepareDirectory(directory);
        assert.equal(readFileSync(directory.passphrase, "utf8"), passphrase);
        assert.ok(passphrase.length >= 32);
        assert.equal(statSync(directory.passphrase).mode & 0o077, 0);
    });

    it("lies in the repository unless IOT_DOMAINS_SANDBOX says otherwise", () => {
        assert.equal(userSandboxDirectory({}), path.resolve(".sandbox"));
        assert.equal(userSandboxDirectory({ IOT_DOMAINS_SANDBOX: "" }), path.resolve(".sandbox"));
        assert.equal(userSandboxDirectory({ IOT_DOMAINS_SANDBOX: "/elsewhere" }), "/elsewhere");
    });

    describe("the copy of a project", () => {
        const copyOf = (settings: string) => {
            write("project/Pulumi.yaml", settings);
            const project = prepareProject(path.join(folder, "project"), path.join(folder, "projects"));
            return { project, settings: parse(readFileSync(path.join(project.directory, "Pulumi.yaml"), "utf8")) };
        };

        it("runs the project's own program, with the stand-ins for AWS", () => {
            const { project, settings } = copyOf("name: fleet\nruntime: nodejs\nmain: program/\n");
            assert.equal(project.name, "fleet");
            assert.equal(settings.runtime, "nodejs");
            assert.equal(settings.main, `${path.join(folder, "project", "program")}/`);
            assert.deepEqual(
                settings.plugins.providers.map((plugin: { name: string; path: string }) => [plugin.name, plugin.path]),
                [
                    ...["aws", "tls"].map((name) => [name, path.resolve("sandbox", "providers", name)]),
                    // Dynamic resources are the SDK's own, not a stand-in.
                    ["pulumi-nodejs", path.resolve("node_modules", "@pulumi", "pulumi")],
                ],
            );
        });

        it("keeps other plugins, and runs the folder where no main is named", () => {
            const { settings } = copyOf(
                "name: fleet\nruntime: nodejs\nplugins: {providers: [{name: mine, path: /x}]}\n",
            );
            assert.equal(settings.main, `${path.join(folder, "project")}/`);
            assert.equal(settings.plugins.providers[0].name, "mine");
            assert.equal(settings.plugins.providers.length, 4);
        });

        it("is refused of a folder without a project", () => {
            assert.throws(() => prepareProject(folder, folder), /Pulumi\.yaml: expected a Pulumi project, found none/);
        });
    });

    describe("the state", () => {
        it("of a sandbox without stacks is empty", () => {
            assert.deepEqual(stacksIn(folder), []);
            assert.deepEqual(runningUpdates(folder), []);
        });

        it("is read without the engine, also where it is broken", () => {
            const checkpoint = { checkpoint: { latest: { resources: [{}, { id: "made" }] } } };
            write(".pulumi/stacks/iot-domains/dev.json", JSON.stringify(checkpoint));
            write(".pulumi/stacks/iot-domains/dev.json.bak", "{}");
            write(".pulumi/stacks/iot-domains/prod.json", "{ broken");
            assert.deepEqual(
                stacksIn(folder).sort((one, other) => one.stack.localeCompare(other.stack)),
                [
                    { stack: "dev", resources: 2 },
                    { stack: "prod", resources: 0 },
                ],
            );
            assert.deepEqual(recordedResources(folder), [{}, { id: "made" }]);
        });

        it("tells of protected resources, which have to be let go before a stack is taken down", () => {
            const checkpoint = (stack: string, resources: object[]) =>
                write(
                    `.pulumi/stacks/iot-domains/${stack}.json`,
                    JSON.stringify({ checkpoint: { latest: { resources } } }),
                );
            checkpoint("dev", [{ protect: false }, {}]);
            checkpoint("prod", [{}, { protect: true }]);
            assert.deepEqual(
                ["dev", "prod", "unheard-of"].map((stack) => isProtected(folder, stack)),
                [false, true, false],
            );
        });

        it("was cut off where a killed process left its lock, or operations are pending", () => {
            const checkpoint = (stack: string, pending_operations: object[]) =>
                write(
                    `.pulumi/stacks/iot-domains/${stack}.json`,
                    JSON.stringify({ checkpoint: { latest: { pending_operations } } }),
                );
            checkpoint("pending", [{ type: "creating" }]);
            checkpoint("whole", []);
            const lock = (pid: number) => JSON.stringify({ pid, hostname: hostname() });
            write(".pulumi/locks/organization/iot-domains/killed/1.json", lock(2 ** 30));
            write(".pulumi/locks/organization/iot-domains/whole/1.json", lock(process.pid));
            const stacks = ["pending", "killed", "whole", "unheard-of"];
            assert.deepEqual(
                stacks.filter((stack) => wasCutOff(folder, stack)),
                ["pending", "killed"],
            );
        });

        it("is being updated by processes that live, and not by those that were killed", () => {
            const lock = (stack: string, content: object) =>
                write(`.pulumi/locks/organization/iot-domains/${stack}/1.json`, JSON.stringify(content));
            lock("dev", { pid: process.pid, hostname: hostname() });
            lock("killed", { pid: 2 ** 30, hostname: hostname() });
            lock("elsewhere", { pid: process.pid, hostname: "another-machine" });
            assert.deepEqual(runningUpdates(folder), [{ stack: "dev", pid: process.pid }]);
        });
    });
});
