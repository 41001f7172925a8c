import type { Observation } from "../look";

/** What one line of the table is about. */
export type About = Omit<Observation, "outcome" | "findings">;

/** A line on a domain's DNS. */
export function aboutDns(domain: string, what: string, detail: string, milliseconds?: number): About {
    return { look: "dns", domain, what, detail, ...(milliseconds !== undefined && { milliseconds }) };
}
