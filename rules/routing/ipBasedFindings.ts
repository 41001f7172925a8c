import type { Finding } from "../finding";
import {
    cidrBlockFindings,
    cidrLocationNamePattern,
    maximumBlocksInCollection,
    parseCidrBlock,
    rangeOf,
} from "./cidrBlocks";
import { locatedFindings } from "./fallbackFindings";
import { fault, regionMapFindings } from "./faults";
import type { RoutedDomain } from "./plan";
import { references } from "./references";
import { defaultFallbacks, type IpBasedRouting } from "./settings";

interface PlacedBlock {
    readonly text: string;
    readonly path: string;
}

/** Faults of IP-based routing. */
export function ipBasedFindings(
    routing: IpBasedRouting,
    judged: RoutedDomain & { readonly path: string },
    regions: readonly string[],
): Finding[] {
    const { path } = judged;
    const locations = Object.entries(routing.locations).flatMap(([region, byName]) =>
        Object.entries(byName).map(([name, blocks]) => ({
            region,
            name,
            path: `${path}.locations.${region}.${name}`,
            blocks: blocks.map((text, index) => ({ text, path: `${path}.locations.${region}.${name}[${index}]` })),
        })),
    );
    const first = new Map([...locations].reverse().map((each) => [each.name, each]));
    const blocks = locations.flatMap((each) => each.blocks);
    return [
        ...regionMapFindings(routing.locations, regions, `${path}.locations`),
        ...locations.flatMap((each) => [
            ...locationNameFindings(each.name, regions, each.path),
            ...sameLocationFindings(each.name, first.get(each.name)?.path ?? "", each.path),
        ]),
        ...blocks.flatMap((block) => cidrBlockFindings(block.text, block.path)),
        ...sameBlockFindings(blocks),
        ...(blocks.length <= maximumBlocksInCollection
            ? []
            : [
                  fault(
                      "routing-cidr-blocks",
                      `${path}.locations`,
                      `${blocks.length} CIDR blocks`,
                      `at most ${maximumBlocksInCollection} in a CIDR collection`,
                      "join neighbouring blocks into shorter prefixes",
                      references.quotas,
                  ),
              ]),
        ...locatedFindings({
            routing,
            domain: judged,
            regions,
            regionByLocation: new Map([...first].map(([name, { region }]) => [name, region])),
            path,
            reference: references.ipBased,
        }),
    ];
}

function locationNameFindings(name: string, regions: readonly string[], path: string): Finding[] {
    const taken = name === defaultFallbacks || regions.includes(name);
    return cidrLocationNamePattern.test(name) && !taken
        ? []
        : [
              fault(
                  "routing-cidr-location",
                  path,
                  JSON.stringify(name),
                  `1 to 16 letters, digits, underscores or hyphens, neither a region nor ${defaultFallbacks}`,
                  "choose another name for the location; under it fallbacks may name the regions that stand in",
                  "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CidrRoutingConfig.html",
              ),
          ];
}

function sameLocationFindings(name: string, firstPath: string, path: string): Finding[] {
    return firstPath === path
        ? []
        : [
              fault(
                  "routing-location-twice",
                  path,
                  `${name}, as in ${firstPath}`,
                  "each location once",
                  "give one of them another name; a location belongs to one region",
                  references.ipBased,
              ),
          ];
}

function sameBlockFindings(blocks: readonly PlacedBlock[]): Finding[] {
    const firstPaths = new Map<string, string>();
    return blocks.flatMap(({ text, path }) => {
        const block = parseCidrBlock(text);
        if (block === undefined) {
            return [];
        }
        const range = rangeOf(block);
        const first = firstPaths.get(range);
        firstPaths.set(range, first ?? path);
        return first === undefined
            ? []
            : [
                  fault(
                      "routing-cidr-block-twice",
                      path,
                      `${text}, the same range as in ${first}`,
                      "each range once",
                      "remove one of them; Route 53 could not tell which location is meant",
                      references.ipBased,
                  ),
              ];
    });
}
