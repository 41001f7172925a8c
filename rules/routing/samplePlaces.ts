import type { Place } from "./candidates";

/** A place of the world, and a public network whose addresses are there. */
export interface SamplePlace extends Pick<Place, "country" | "subdivision"> {
    readonly name: string;
    /** CIDR block, allocated to {@link holder}. */
    readonly network: string;
    /** Who has the network: somebody who is at the place and nowhere else, so that the network does not wander. */
    readonly holder: string;
    /** The registry whose public database says so. */
    readonly registry: "AFRINIC" | "APNIC" | "ARIN" | "LACNIC" | "RIPE NCC" | "IANA";
    /** Latitude and longitude in degrees; absent where the place is unknown. */
    readonly coordinates?: Coordinates;
}

/** Degrees north and east. */
export type Coordinates = readonly [latitude: number, longitude: number];

type Row = readonly [
    name: string,
    location: string,
    coordinates: Coordinates,
    network: string,
    holder: string,
    registry: SamplePlace["registry"],
];

// prettier-ignore
const rows: readonly Row[] = [
    ["Germany", "DE", [52.5, 13.4], "141.20.0.0/16", "Humboldt-Universität zu Berlin", "RIPE NCC"],
    ["United Kingdom", "GB", [51.8, -1.3], "129.67.0.0/16", "University of Oxford", "RIPE NCC"],
    ["Iceland", "IS", [64.1, -21.9], "130.208.0.0/16", "University of Iceland", "RIPE NCC"],
    ["Sweden", "SE", [59.3, 18.1], "130.237.0.0/16", "KTH and universities of Stockholm", "RIPE NCC"],
    ["Spain", "ES", [41.4, 2.1], "147.83.0.0/16", "Universitat Politècnica de Catalunya", "RIPE NCC"],
    ["Italy", "IT", [44.5, 11.3], "137.204.0.0/16", "Università di Bologna", "RIPE NCC"],
    ["Turkey", "TR", [39.9, 32.8], "144.122.0.0/16", "Middle East Technical University", "RIPE NCC"],
    ["Israel", "IL", [31.8, 35.2], "132.64.0.0/16", "Hebrew University of Jerusalem", "RIPE NCC"],
    ["Egypt", "EG", [30.0, 31.2], "193.227.0.0/18", "Egyptian Universities Network", "AFRINIC"],
    ["Kenya", "KE", [-1.3, 36.8], "41.89.0.0/16", "Kenya Education Network", "AFRINIC"],
    ["Nigeria", "NG", [6.5, 3.4], "197.210.0.0/16", "MTN Nigeria", "AFRINIC"],
    ["South Africa", "ZA", [-34.0, 18.5], "137.158.0.0/16", "University of Cape Town", "AFRINIC"],
    ["United Arab Emirates", "AE", [25.2, 55.3], "86.96.0.0/16", "Emirates Telecommunications", "RIPE NCC"],
    ["Kazakhstan", "KZ", [51.2, 71.4], "95.56.0.0/16", "Kazakhtelecom", "RIPE NCC"],
    ["India", "IN", [28.6, 77.2], "164.100.0.0/16", "National Informatics Centre", "APNIC"],
    ["China", "CN", [40.0, 116.3], "166.111.0.0/16", "Tsinghua University", "APNIC"],
    ["Japan", "JP", [35.7, 139.8], "133.11.0.0/16", "University of Tokyo", "APNIC"],
    ["South Korea", "KR", [36.4, 127.4], "143.248.0.0/16", "KAIST", "APNIC"],
    ["Singapore", "SG", [1.3, 103.8], "137.132.0.0/16", "National University of Singapore", "APNIC"],
    ["Indonesia", "ID", [-6.4, 106.8], "152.118.0.0/16", "Universitas Indonesia", "APNIC"],
    ["Australia", "AU", [-37.8, 145.0], "128.250.0.0/16", "University of Melbourne", "APNIC"],
    ["New Zealand", "NZ", [-36.9, 174.8], "130.216.0.0/16", "University of Auckland", "APNIC"],
    ["Fiji", "FJ", [-18.1, 178.4], "144.120.0.0/16", "University of the South Pacific", "APNIC"],
    ["Hawaii", "US-HI", [21.3, -157.8], "128.171.0.0/16", "University of Hawaii", "ARIN"],
    ["California", "US-CA", [37.9, -122.3], "128.32.0.0/16", "University of California at Berkeley", "ARIN"],
    ["Texas", "US-TX", [30.3, -97.7], "128.83.0.0/16", "University of Texas at Austin", "ARIN"],
    ["New York", "US-NY", [40.8, -74.0], "128.59.0.0/16", "Columbia University", "ARIN"],
    ["Alaska", "US-AK", [64.9, -147.8], "137.229.0.0/16", "University of Alaska", "ARIN"],
    ["Puerto Rico", "PR", [18.4, -66.1], "136.145.0.0/16", "Universidad de Puerto Rico", "ARIN"],
    ["Canada", "CA", [43.7, -79.4], "128.100.0.0/16", "University of Toronto", "ARIN"],
    ["Mexico", "MX", [19.3, -99.2], "132.248.0.0/16", "Universidad Nacional Autónoma de México", "LACNIC"],
    ["Brazil", "BR", [-23.6, -46.7], "143.107.0.0/16", "Universidade de São Paulo", "LACNIC"],
    ["Argentina", "AR", [-34.6, -58.4], "157.92.0.0/16", "Universidad de Buenos Aires", "LACNIC"],
    ["Colombia", "CO", [4.6, -74.1], "168.176.0.0/16", "Universidad Nacional de Colombia", "LACNIC"],
];

/**
 * An address that nobody can place: documentation's own network, which no router announces.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5737
 */
const nowhere: SamplePlace = {
    name: "an address of no known place",
    network: "192.0.2.0/24",
    holder: "TEST-NET-1",
    registry: "IANA",
};

/**
 * Places all over the world, each with a network to ask DNS from by EDNS Client Subnet; the last one has no known place.
 *
 * Where an address is, is Route 53's judgement in the end, and nobody publishes its table. So these are networks that have
 * been with one university or one country's provider for long.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc7871
 */
export const samplePlaces: readonly SamplePlace[] = [
    ...rows.map(([name, location, coordinates, network, holder, registry]) => {
        const [country = "", subdivision] = location.split("-");
        return { name, country, subdivision, coordinates, network, holder, registry };
    }),
    nowhere,
];
