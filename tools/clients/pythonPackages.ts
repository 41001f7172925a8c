import path from "node:path";
import { writeLauncher } from "./launcher";
import { runTool } from "./runTool";

/**
 * Installs the AWS CLI and what it needs into a virtual environment of Python, each file checked against its pinned hash.
 *
 * @param requirements A file beside this one
 * @throws Failure where Python or PyPI are out of reach, with what was said
 */
export async function installAwsCli(
    requirements: string,
    folder: string,
    environment: NodeJS.ProcessEnv,
): Promise<void> {
    const python = path.join(folder, "python");
    await runTool("python3", ["-m", "venv", python], environment);
    await runTool(
        path.join(python, "bin", "python"),
        [
            ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "1"],
            ...["--require-hashes", "--only-binary", ":all:", "--requirement", path.join(__dirname, requirements)],
        ],
        environment,
    );
    // Not python/bin/aws, which names the folder that it was installed into.
    await writeLauncher(folder, "aws", ['exec "$here/../python/bin/python" -m awscli "$@"']);
}
