import type { GeoLocation } from "../../models/route53";

/** Continents. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GeoLocation.html */
const continents = "AF AN AS EU NA OC SA".split(" ");

/**
 * Countries of ISO 3166-1, which is what Route 53 takes, and Kosovo; `*` is the default location.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListGeoLocations.html
 */
const countries = new Set(
    (
        "* AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC " +
        "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB " +
        "GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE " +
        "KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT " +
        "MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU " +
        "RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
        "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
    ).split(" "),
);

/** Subdivisions: the United States' states and territories, and Ukraine's regions. */
const subdivisions: Readonly<Record<string, ReadonlySet<string>>> = {
    US: new Set(
        (
            "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK " +
            "OR PA RI SC SD TN TX UT VA VT WA WI WV WY"
        ).split(" "),
    ),
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
    if (!countries.has(CountryCode ?? "")) {
        return `unknown country code ${CountryCode}`;
    }
    if (SubdivisionCode !== undefined && subdivisions[CountryCode ?? ""]?.has(SubdivisionCode) !== true) {
        return `unknown subdivision code ${SubdivisionCode} of ${CountryCode}`;
    }
    return undefined;
}
