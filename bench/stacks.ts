import type { Sandbox } from "../sandbox";

/** The stack that every measurement deploys or previews. */
export const stack = "bench";

/** The configuration of a program that has none of its own. */
export const bareConfiguration = { config: { "aws:region": "us-east-1" } };

/** A stack of this program with as many domains, each in every one of the regions; latency decides where there are several. */
export function programConfiguration(domains: number, regions: readonly string[]) {
    const routing = { policy: regions.length > 1 ? "latency" : "simple" };
    const named = Array.from({ length: domains }, (_, index) => [
        `device-${index}`,
        // Objects of its own for each: shared ones become aliases in YAML, of which only so many are read.
        {
            domainName: `device-${index}.example.com`,
            // The sandbox makes real keys: with RSA, a deployment would mostly measure how long that takes.
            certificate: { source: "acm", keyAlgorithm: "EC_prime256v1" },
            routing: { ...routing },
        },
    ]);
    return {
        config: {
            "aws:region": "us-east-1",
            "iot-domains:environment": "development",
            "iot-domains:hostedZone": "example.com",
            "iot-domains:regions": Object.fromEntries(regions.map((region) => [region, {}])),
            "iot-domains:domains": Object.fromEntries(named) as Record<string, unknown>,
            "iot-domains:alerts": { emails: ["ops@example.com"] },
        },
    };
}

/** The resources that the engine registers, the stack itself left out; the floor gets as many. */
export async function countResources(sandbox: Sandbox): Promise<number> {
    const { stdout, stderr, exitCode } = await sandbox.pulumi(["preview", "--json"], { stack });
    if (exitCode !== 0) {
        throw new Error(`the preview failed:\n${stderr}${stdout}`);
    }
    const { changeSummary } = JSON.parse(stdout) as { changeSummary: Record<string, number> };
    return Object.values(changeSummary).reduce((sum, count) => sum + count, 0) - 1;
}
