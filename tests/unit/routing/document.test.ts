import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import * as prettier from "prettier";
import { parse } from "yaml";
import { routingFindings } from "../../../rules/routing/findings";
import type { Place } from "../../../rules/routing/simulator";
import { domainName, routed, settings } from "./domain";
import { places } from "./places";

const file = path.resolve(__dirname, "../../../docs/routing.md");
const text = fs.readFileSync(file, "utf8");
const regions = ["us-east-1", "eu-central-1", "ap-southeast-1"];

/** Every example of a `routing` in the document. */
const examples = [...text.matchAll(/```yaml\n(routing:\n[\s\S]*?)```/g)].map(
    ([, yaml = ""]) => (parse(yaml) as { routing: { policy: string } }).routing,
);

function table(): string {
    const geolocation = examples.find(({ policy }) => policy === "geolocation");
    const name = routed(geolocation, regions);
    const drained = routed(geolocation, regions, { drained: ["eu-central-1"] });
    const columns: ReadonlyArray<readonly [string, (place: Place) => string]> = [
        ["every region healthy", (place) => name.regionFor(place)],
        ["eu-central-1 unhealthy", (place) => name.regionFor(place, ["us-east-1", "ap-southeast-1"])],
        ["ap-southeast-1 unhealthy", (place) => name.regionFor(place, ["us-east-1", "eu-central-1"])],
        ["every region unhealthy", (place) => name.regionFor(place, [])],
        ["eu-central-1 drained", (place) => drained.regionFor(place)],
    ];
    const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    return [
        row(["place", ...columns.map(([title]) => title)]),
        row(["place", ...columns.map(() => "")].map(() => "---")),
        ...Object.entries(places).map(([title, place]) => row([title, ...columns.map(([, answer]) => answer(place))])),
    ].join("\n");
}

describe("docs/routing.md", () => {
    it("shows the thirty places as the simulator answers them", async () => {
        assert.equal(Object.keys(places).length, 30);
        const [, shown] = /<!-- places -->([\s\S]*)<!-- \/places -->/.exec(text) ?? [];
        const options = await prettier.resolveConfig(file);
        const expected = await prettier.format(table(), { ...options, filepath: file });
        assert.equal(shown?.trim(), expected.trim());
    });

    it("has an example of every policy but simple", () => {
        assert.deepEqual(examples.map(({ policy }) => policy).sort(), [
            "failover",
            "geolocation",
            "geoproximity",
            "ip-based",
            "latency",
            "weighted",
        ]);
    });

    for (const example of examples) {
        it(`has a sound example of ${example.policy}`, () => {
            const findings = routingFindings({
                path: "routing",
                domainName,
                routing: settings(example),
                regions: regions.map((name) => ({ name, drained: false })),
                securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10",
            });
            assert.deepEqual(findings, []);
        });
    }

    it("names every set of records that the example comes to", () => {
        const geolocation = examples.find(({ policy }) => policy === "geolocation");
        const lists = routed(geolocation, regions)
            .recordSets.map(({ Name }) => Name)
            .filter((name) => name.split(".").length === 7);
        for (const name of new Set(lists)) {
            assert.ok(text.includes(`{{"${name.split("._failover")[0]?.replaceAll(".", " . ")}"}}`), name);
        }
    });
});
