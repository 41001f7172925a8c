import type { Cloud } from "../cloud";
import { defineTable, globalRegion } from "../cloud/tables";

/** Regions whose endpoints answer nobody, by their names: kept with the account, so that any process can have one fail. */
const outages = defineTable<true>("network", "outage", false);

/** Has a region's endpoints answer nobody, wherever the account is served, until {@link endOutage}. */
export function beginOutage(cloud: Cloud, region: string): Promise<void> {
    return cloud.observe({ region: globalRegion }, (context) => context.table(outages).put(region, true));
}

/** Has a region's endpoints answer again. */
export function endOutage(cloud: Cloud, region: string): Promise<boolean> {
    return cloud.observe({ region: globalRegion }, (context) => context.table(outages).delete(region));
}

/** Has every region's endpoints answer again. */
export function endOutages(cloud: Cloud): Promise<void> {
    return cloud.observe({ region: globalRegion }, (context) => {
        context.regions().forEach((region) => context.table(outages).delete(region));
    });
}

/** Whether a region's endpoints answer nobody. */
export function isOut(cloud: Cloud, region: string): Promise<boolean> {
    return cloud.observe({ region: globalRegion }, (context) => context.table(outages).get(region) === true);
}
