import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runTool } from "./runTool";
import { writeLauncher } from "./launcher";

/**
 * Unpacks the programs of a Debian package, with the libraries that this machine lacks for them, into a folder.
 *
 * apt chooses the versions and checks their signatures. It works on lists and a cache of its own, so that nothing of the
 * system changes and nobody has to be root.
 *
 * @throws Failure where apt cannot get the packages, with what it said
 */
export async function unpackDebianPackage(
    debianPackage: string,
    programs: readonly string[],
    folder: string,
    environment: NodeJS.ProcessEnv,
): Promise<void> {
    const work = await mkdtemp(path.join(os.tmpdir(), "iot-domains-apt-"));
    try {
        await mkdir(path.join(work, "lists", "partial"), { recursive: true });
        await mkdir(path.join(work, "archives", "partial"), { recursive: true });
        const configuration = path.join(work, "apt.conf");
        await writeFile(configuration, aptConfiguration(work));
        const apt = (...args: string[]) => runTool("apt-get", [...args, "--config-file", configuration], environment);
        await apt("update");
        await apt("install", debianPackage, "--yes", "--no-install-recommends", "--download-only", "--reinstall");
        const root = path.join(folder, "root");
        await mkdir(root, { recursive: true });
        const archives = (await readdir(path.join(work, "archives"))).filter((name) => name.endsWith(".deb"));
        for (const archive of archives) {
            await runTool("dpkg-deb", ["--extract", path.join(work, "archives", archive), root], environment);
        }
        const libraries = await libraryFolders(root);
        await Promise.all(
            programs.map((program) =>
                writeLauncher(folder, program, [
                    `export LD_LIBRARY_PATH="${libraries.map((each) => `$here/../root/${each}`).join(":")}"`,
                    `exec "$here/../root/usr/bin/${program}" "$@"`,
                ]),
            ),
        );
    } finally {
        await rm(work, { recursive: true, force: true });
    }
}

/** Read after the machine's own settings, of which sources and proxies stay in force. */
function aptConfiguration(work: string): string {
    return [
        `Dir::State::lists "${work}/lists";`,
        `Dir::Cache "${work}";`,
        // The locks are the system's, and nothing of the system changes.
        'Debug::NoLocking "true";',
        // The user that apt downloads as when it is root cannot write here.
        'APT::Sandbox::User "";',
        'Acquire::Languages "none";',
        // A machine without a network is to say so soon.
        'Acquire::Retries "1";',
        'Acquire::http::Timeout "20";',
        // Hooks of container images tidy the system's cache up.
        "#clear APT::Update::Post-Invoke;",
        "#clear APT::Update::Post-Invoke-Success;",
        "",
    ].join("\n");
}

/** Where Debian puts libraries: in a folder for the machine's architecture. */
async function libraryFolders(root: string): Promise<string[]> {
    const found = await Promise.all(
        ["lib", "usr/lib"].map(async (parent) => {
            const names = await readdir(path.join(root, parent)).catch(() => []);
            return names.filter((name) => name.includes("-linux-")).map((name) => `${parent}/${name}`);
        }),
    );
    return found.flat();
}
