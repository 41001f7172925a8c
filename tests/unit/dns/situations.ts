import fc from "fast-check";
import { samplePlaces } from "../../../rules/routing/samplePlaces";
import { settings } from "../routing/domain";

export const allRegions = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1", "sa-east-1"];
const blocks = ["141.20.0.0/16", "133.11.0.0/16", "192.0.2.0/24", "128.0.0.0/8", "144.122.0.0/20"];
const locations = ["EU", "AS", "AF", "NA", "country:TR", "country:JP", "country:US", "state:US-CA", "state:US-HI"];

const regionsOf = fc.shuffledSubarray(allRegions, { minLength: 2 });

/** Gives every element of a list to one of the regions. */
const placedAmong = (regions: readonly string[], list: readonly string[]) =>
    fc
        .subarray([...list], { minLength: 1 })
        .chain((chosen) => fc.tuple(...chosen.map((each) => fc.tuple(fc.constant(each), fc.constantFrom(...regions)))));

/** For some of the regions two others that stand in, in different orders. */
const fallbacksAmong = (regions: readonly string[]) =>
    fc.subarray([...regions]).map((keys) =>
        Object.fromEntries(
            keys.map((region) => {
                const own = regions.indexOf(region);
                return [region, [...regions.slice(own + 1), ...regions.slice(0, own)].slice(0, 2)];
            }),
        ),
    );

const grouped = (placed: ReadonlyArray<readonly [string, string]>) =>
    Object.fromEntries(
        placed.map(([, region]) => [region, placed.filter(([, of]) => of === region).map(([text]) => text)]),
    );

/** What each routing policy needs beside its name, over some regions. */
export const policies: Readonly<Record<string, (regions: readonly string[]) => fc.Arbitrary<object>>> = {
    simple: () => fc.constant({}),
    latency: () => fc.constant({}),
    failover: (regions) => fc.constant({ order: regions }),
    geoproximity: (regions) =>
        fc
            .array(fc.integer({ min: -99, max: 99 }), { minLength: regions.length, maxLength: regions.length })
            .map((biases) => ({ bias: Object.fromEntries(regions.map((region, index) => [region, biases[index]])) })),
    weighted: (regions) =>
        fc
            .array(fc.constantFrom(0, 0, 1, 5, 255), { minLength: regions.length, maxLength: regions.length })
            .map((weights) => ({
                weights: Object.fromEntries(regions.map((region, index) => [region, weights[index]])),
            })),
    geolocation: (regions) =>
        fc.tuple(placedAmong(regions, locations), fallbacksAmong(regions)).map(([placed, fallbacks]) => ({
            default: regions[0],
            locations: grouped(placed),
            fallbacks,
        })),
    "ip-based": (regions) =>
        fc.tuple(placedAmong(regions, blocks), fallbacksAmong(regions)).map(([placed, fallbacks]) => ({
            default: regions[0],
            locations: Object.fromEntries(
                Object.entries(grouped(placed)).map(([region, list]) => [region, { [region]: list }]),
            ),
            fallbacks,
        })),
};

/** A domain with a routing policy, and the world it is in. */
export const situation = (policy: string, of: (regions: readonly string[]) => fc.Arbitrary<object>) =>
    regionsOf.chain((regions) =>
        fc.record({
            regions: fc.constant(regions),
            routing: of(regions).map((raw) => settings({ policy, ...raw })),
            drained: fc.option(fc.constantFrom(...regions.slice(1)), { nil: undefined }),
            unhealthy: fc.subarray([...regions]),
            places: fc.subarray([...samplePlaces], { minLength: 8, maxLength: 8 }),
            draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
    );

/** A domain, and the world it is in. */
export type Situation = typeof situation extends (...parameters: never[]) => fc.Arbitrary<infer Value> ? Value : never;
