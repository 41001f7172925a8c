import { continents, countries, defaultLocation, unitedStates } from "../../../../rules/routing/locations";
import type { GeoLocation } from "../../models/route53";

const knownCountries: ReadonlySet<string | undefined> = new Set([defaultLocation.CountryCode, ...countries]);

/** Subdivisions: the United States' states, and Ukraine's regions, which nothing but Route 53's own check has to know. */
const subdivisions: Readonly<Record<string, ReadonlySet<string>>> = {
    US: unitedStates,
    UA: new Set("05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 68 71 74 77".split(" ")),
};

/** What is wrong with a geographic location, in words that follow "is not valid:". */
export function geoLocationFault({ ContinentCode, CountryCode, SubdivisionCode }: GeoLocation): string | undefined {
    if ((ContinentCode === undefined) === (CountryCode === undefined)) {
        return "either a continent code or a country code must be given";
    }
    if (ContinentCode !== undefined) {
        return SubdivisionCode !== undefined
            ? "a continent takes no subdivision"
            : continents.includes(ContinentCode)
              ? undefined
              : `unknown continent code ${ContinentCode}`;
    }
    if (!knownCountries.has(CountryCode)) {
        return `unknown country code ${CountryCode}`;
    }
    if (SubdivisionCode !== undefined && subdivisions[CountryCode ?? ""]?.has(SubdivisionCode) !== true) {
        return `unknown subdivision code ${SubdivisionCode} of ${CountryCode}`;
    }
    return undefined;
}
