import assert from "node:assert/strict";
import { continentOf, continents, countries, parseLocation } from "../../../rules/routing/locations";

describe("rules/routing/locations", () => {
    for (const [text, location] of Object.entries({
        EU: { ContinentCode: "EU" },
        AF: { ContinentCode: "AF" },
        "country:AF": { CountryCode: "AF" },
        "country:TR": { CountryCode: "TR" },
        "country:XK": { CountryCode: "XK" },
        "state:US-CA": { CountryCode: "US", SubdivisionCode: "CA" },
        "state:US-DC": { CountryCode: "US", SubdivisionCode: "DC" },
        TR: undefined,
        eu: undefined,
        "country:EU": undefined,
        "country:*": undefined,
        "*": undefined,
        "state:CA": undefined,
        "state:US-PR": undefined,
        "state:CA-ON": undefined,
        "": undefined,
    })) {
        it(`reads ${JSON.stringify(text)} as ${JSON.stringify(location) ?? "none"}`, () => {
            assert.deepEqual(parseLocation(text), location);
        });
    }

    it("counts every country to one continent", () => {
        assert.equal(new Set(countries).size, countries.length);
        assert.ok(countries.every((country) => continents.includes(continentOf(country) ?? "")));
    });

    it("knows the countries that Node's copy of the standard knows, but for the four without location", () => {
        const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
        assert.deepEqual(
            countries.filter((country) => names.of(country) === undefined),
            [],
        );
        assert.deepEqual(
            ["BV", "CX", "EH", "HM"].map((country) => [names.of(country) === undefined, continentOf(country)]),
            Array(4).fill([false, undefined]),
        );
    });

    it("counts countries to continents as Route 53 does", () => {
        assert.deepEqual(
            ["TR", "CY", "RU", "EG", "KZ", "PR", "GS"].map((country) => continentOf(country)),
            ["EU", "EU", "EU", "AF", "AS", "NA", "AN"],
        );
    });
});
