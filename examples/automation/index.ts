import { LocalWorkspace } from "@pulumi/pulumi/automation";
import path from "node:path";
import { parseDomains } from "../../outputs";

/**
 * The same outputs, read without a Pulumi program of one's own: by the Automation API, as a script or a service would.
 *
 * Prints a line for each domain and region, with the days that its certificate has left, and ends with exit status 1 when one
 * has fewer than 14: something for a nightly job.
 *
 *     node --require ./tools/typescript.cjs examples/automation/index.ts prod
 */
async function main(stackName: string): Promise<number> {
    const workspace = await LocalWorkspace.create({ workDir: path.resolve(__dirname, "..", "..") });
    const outputs = await workspace.stackOutputs(stackName);
    const domains = parseDomains(outputs["domains"]?.value, `stack ${stackName}`);

    const lines = Object.values(domains).flatMap(({ domainName, regions }) =>
        Object.entries(regions).map(([region, { certificateExpiry, drained }]) => ({
            domainName,
            region,
            days: Math.floor((Date.parse(certificateExpiry) - Date.now()) / 86_400_000),
            drained: drained === true,
        })),
    );
    for (const { domainName, region, days, drained } of lines) {
        console.log(`${domainName} in ${region}: ${days} days left${drained ? ", drained" : ""}`);
    }
    return lines.some(({ days }) => days < 14) ? 1 : 0;
}

void main(process.argv[2] ?? "dev").then(
    (status) => (process.exitCode = status),
    (error: Error) => {
        console.error(error.message);
        process.exitCode = 2;
    },
);
