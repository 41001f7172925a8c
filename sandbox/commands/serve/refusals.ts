import { Failure } from "../..";
import type { Cloud } from "../../cloud";
import { globalRegion } from "../../cloud/tables";

/** Refuses regions in which nothing is deployed: stopping one would show nowhere. @throws Failure with all of them */
export async function refuseUnknownRegions(cloud: Cloud, regions: readonly string[]): Promise<void> {
    const known = await cloud.observe({ region: globalRegion }, (context) =>
        context.regions().filter((region) => region !== globalRegion),
    );
    const unknown = regions.filter((region) => !known.includes(region));
    if (unknown.length > 0) {
        throw new Failure(
            `--stop-region, --start-region: expected regions in which something is deployed, which are ${known.join(", ") || "none"}, ` +
                `got ${unknown.join(", ")}; correct the name, or deploy first`,
        );
    }
}

/** Says of a port that cannot be listened on what to do about it; any other error is handed back. */
export function explainPort(error: unknown): unknown {
    const { code = "", port } = error as NodeJS.ErrnoException & { readonly port?: number };
    return ["EADDRINUSE", "EACCES"].includes(code)
        ? new Failure(
              `--port-base: expected free ports, got ${port}: ${code}; choose another port, or leave the option out for ports that are free`,
          )
        : error;
}
