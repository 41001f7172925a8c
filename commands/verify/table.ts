import Table from "cli-table3";
import type { Observation, Outcome } from "../../verify/look";

const words: Readonly<Record<Outcome, string>> = {
    sound: "ok",
    fault: "FAULT",
    advice: "advice",
    unseen: "not seen",
};

/** What was seen, one table a domain and in it one line for each thing, region by region. */
export function observationTable(observations: readonly Observation[]): string {
    const domains = [...new Set(observations.map(({ domain }) => domain))];
    return domains
        .map((domain) => {
            const rows = observations.filter((observation) => observation.domain === domain);
            return `${domain}\n${tableOf(rows)}`;
        })
        .join("\n\n");
}

function tableOf(observations: readonly Observation[]): string {
    const table = new Table({
        head: ["region", "look", "what", "", "seen", "ms"],
        style: { head: [], border: [], compact: true },
        colWidths: [null, null, 34, null, 74, null],
        colAligns: ["left", "left", "left", "left", "left", "right"],
        wordWrap: true,
        wrapOnWordBoundary: true,
    });
    const byRegion = observations.toSorted((one, other) => (one.region ?? "").localeCompare(other.region ?? ""));
    for (const { region = "everywhere", look, what, outcome, detail, milliseconds } of byRegion) {
        table.push([region, look, what, words[outcome], detail, milliseconds ?? ""]);
    }
    return table.toString();
}
