import { LocalWorkspace } from "@pulumi/pulumi/automation";
import path from "node:path";
import { parseDomains, parseProvisioning } from "../../outputs";

/**
 * The same outputs, read without a Pulumi program of one's own: by the Automation API, as a script or a service would.
 *
 * Prints a line for each domain and region, with the days that its certificate has left and the regions that stand in for it,
 * and one for each region that provisions devices. Ends with exit status 1 when a certificate has fewer than 14 days left:
 * something for a nightly job.
 *
 *     node --require ./tools/typescript.cjs examples/automation/index.ts prod
 */
async function main(stackName: string): Promise<number> {
    const workspace = await LocalWorkspace.create({ workDir: path.resolve(__dirname, "..", "..") });
    const outputs = await workspace.stackOutputs(stackName);
    const domains = parseDomains(outputs["domains"]?.value, `stack ${stackName}`);

    const lines = Object.values(domains).flatMap(({ domainName, regions, routing }) =>
        Object.entries(regions).map(([region, { certificateExpiry, drained }]) => ({
            domainName,
            region,
            days: Math.floor((Date.parse(certificateExpiry) - Date.now()) / 86_400_000),
            drained: drained === true,
            standIns: (routing !== undefined && "fallbacks" in routing && routing.fallbacks[region]) || [],
        })),
    );
    for (const { domainName, region, days, drained, standIns } of lines) {
        const words = [
            `${days} days left`,
            ...(drained ? ["drained"] : []),
            ...(standIns.length > 0 ? [`${standIns.join(", then ")} stands in`] : []),
        ];
        console.log(`${domainName} in ${region}: ${words.join("; ")}`);
    }

    const provisioning = outputs["provisioning"]?.value as unknown;
    if (provisioning !== undefined) {
        const { regions } = parseProvisioning(provisioning, `stack ${stackName}`);
        for (const [region, { claim, justInTime, authorizer }] of Object.entries(regions)) {
            const ways = Object.entries({ "by claim": claim, "just in time": justInTime, "by token": authorizer });
            const used = ways.filter(([, way]) => way !== undefined).map(([name]) => name);
            console.log(`provisioning in ${region}: ${used.join(", ") || "none"}`);
        }
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
