import type { Finding } from "../finding";
import { fault } from "./faults";
import { references } from "./references";
import type { GeoLocation } from "./resourceRecordSet";

/**
 * The countries that Route 53 counts to each continent, by ISO 3166-1 alpha-2 code.
 *
 * Route 53's own list and not a library's, because which continent a country belongs to is Route 53's decision: Turkey and
 * Cyprus are Europe there, Kosovo has a code, and four countries of the standard have no location.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-geo.html#rrsets-values-geo-location
 */
const countriesByContinent = {
    AF:
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE " +
        "RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
    AN: "AQ GS TF",
    AS:
        "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK " +
        "PS QA SA SG SY TH TJ TM TW UZ VN YE",
    EU:
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT " +
        "NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK",
    NA:
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US " +
        "VC VG VI",
    OC: "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS",
    SA: "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
} as const;

/** Countries of ISO 3166-1 of whose addresses Route 53 has no data, so that it takes no location for them. */
const countriesWithoutLocation = ["BV", "CX", "EH", "HM"];

/** States of the United States and the District of Columbia; territories such as Puerto Rico count as countries. */
export const unitedStates: ReadonlySet<string> = new Set(
    (
        "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR " +
        "PA RI SC SD TN TX UT VA VT WA WI WV WY"
    ).split(" "),
);

const continentByCountry: ReadonlyMap<string, string> = new Map(
    Object.entries(countriesByContinent).flatMap(([continent, countries]) =>
        countries.split(" ").map((country) => [country, continent] as const),
    ),
);

/** Codes of the continents. */
export const continents: readonly string[] = Object.keys(countriesByContinent);

/** The codes of all countries that Route 53 takes a location for. */
export const countries: readonly string[] = [...continentByCountry.keys()];

/** The continent that Route 53 counts a country to; `undefined` for a country that it takes no location for. */
export function continentOf(country: string): string | undefined {
    return continentByCountry.get(country);
}

/** The location that stands for every place without a location of its own. */
export const defaultLocation: GeoLocation = { CountryCode: "*" };

/** Reads a location as the configuration writes it: `EU`, `country:TR` or `state:US-CA`; `undefined` where it is none. */
export function parseLocation(text: string): GeoLocation | undefined {
    const { continent, country, state } =
        /^(?:(?<continent>[A-Z]{2})|country:(?<country>[A-Z]{2})|state:US-(?<state>[A-Z]{2}))$/.exec(text)?.groups ??
        {};
    if (continent !== undefined && continents.includes(continent)) {
        return { ContinentCode: continent };
    }
    if (country !== undefined && continentByCountry.has(country)) {
        return { CountryCode: country };
    }
    return state !== undefined && unitedStates.has(state) ? { CountryCode: "US", SubdivisionCode: state } : undefined;
}

/** Faults of a location as the configuration writes it. */
export function locationFindings(text: string, path: string): Finding[] {
    if (parseLocation(text) !== undefined) {
        return [];
    }
    return [
        fault(
            "routing-location",
            path,
            JSON.stringify(text),
            `a continent (${continents.join(", ")}), country:<ISO 3166-1 alpha-2 code> or state:US-<state of the United States>`,
            remedyFor(text),
            references.geolocationLocations,
        ),
    ];
}

function remedyFor(text: string): string {
    const upper = text.toUpperCase();
    const spelt = [
        upper.replace(/^(COUNTRY|STATE):/, (kind) => kind.toLowerCase()),
        `country:${upper}`,
        `state:${upper}`,
    ];
    const meant = spelt.find((spelling) => parseLocation(spelling) !== undefined);
    if (meant !== undefined) {
        return `write ${meant}`;
    }
    return countriesWithoutLocation.includes(upper.replace(/^COUNTRY:/, ""))
        ? "leave it to its continent or to the default; Route 53 has no data on that country's addresses"
        : "correct the code";
}
