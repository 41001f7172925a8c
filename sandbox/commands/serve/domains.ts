import type { Cloud } from "../../cloud";
import { globalRegion } from "../../cloud/tables";
import { domainConfigurations } from "../../cloud/services/iot/domainConfigurationTable";

/** A domain that devices connect to, and where. */
export interface ServedDomain {
    readonly domainName: string;
    readonly regions: readonly string[];
}

/**
 * The domains of the account.
 *
 * @param stack Only those whose domain configurations are named after this stack
 */
export function domainsIn(cloud: Cloud, stack?: string): Promise<ServedDomain[]> {
    return cloud.observe({ region: globalRegion }, (context) => {
        const regions = new Map<string, string[]>();
        for (const region of context.regions()) {
            for (const { domainName, name } of context.within({ region }).table(domainConfigurations).list()) {
                if (stack === undefined || name.startsWith(`${stack}-`)) {
                    regions.set(domainName, [...(regions.get(domainName) ?? []), region]);
                }
            }
        }
        return [...regions].map(([domainName, where]) => ({ domainName, regions: where }));
    });
}
