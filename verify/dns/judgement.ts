import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { pathOf, type LookedAtDomain } from "../look";
import type { ExpectedAnswers } from "./expectation";
import { explain, isRight, type Explanation, type RegionOf } from "./explanation";
import { dnsFaults } from "./faults";
import { unknownPlace } from "./places";
import type { Sighting } from "./sighting";
import type { Survey } from "./survey";

/** What answers are held against. */
export interface Judged {
    readonly subject: LookedAtDomain;
    readonly expected: ExpectedAnswers;
    readonly regionOf: RegionOf;
    /** Hosts that lead around in a circle, which is a fault of its own. */
    readonly circles: ReadonlySet<string>;
    /** The regions that are unhealthy, where somebody knows. */
    readonly unhealthy?: ReadonlySet<string>;
}

/** The answers of the server that is right most, and what follows from them for the domain. */
export interface Judgement {
    readonly survey: Survey;
    readonly explanation: Explanation;
    readonly findings: readonly Finding[];
}

const fault = faultsOf(dnsFaults);

/** Judges what the zone's servers answer: the domain by the server that is right most, the others by that one. */
export function judge(surveys: readonly Survey[], judged: Judged): Judgement | undefined {
    const explained = surveys
        .filter(({ sightings }) => sightings.length > 0)
        .map((survey) => ({
            survey,
            explanation: explain(survey.sightings, judged.expected, judged.regionOf, judged.unhealthy),
        }))
        .sort((one, other) => doubtsOf(one.explanation) - doubtsOf(other.explanation));
    const [best, ...others] = explained;
    if (best === undefined) {
        return undefined;
    }
    const differences = new Map(others.map(({ survey }) => [survey, differenceFindings(survey, best, judged)]));
    const agreeing = surveys.filter((survey) => (differences.get(survey) ?? []).length === 0);
    return {
        ...best,
        findings: [
            ...answerFindings(best.survey.sightings, best.explanation, judged),
            ...[...differences.values()].flat(),
            ...timeToLiveFindings(agreeing, judged),
            ...scopeFindings(agreeing, judged),
        ],
    };
}

/** How much has to be wrong for a server to answer so. */
function doubtsOf({ unexplained, unhealthy }: Explanation): number {
    return unexplained.length + unhealthy.size;
}

/** What is wrong with the answers of one server, each cause once. */
function answerFindings(sightings: readonly Sighting[], explanation: Explanation, judged: Judged): Finding[] {
    const { key, domain } = judged.subject;
    const path = pathOf(key);
    if (sightings.every(({ doesNotExist }) => doesNotExist)) {
        return [fault("dns-name-missing", { path, got: `NXDOMAIN for ${domain.domainName}` })];
    }
    const { unhealthy, unexplained } = explanation;
    const unanswered = unexplained.filter(({ target }) => target === undefined);
    const lost = unexplained.filter(({ target }) => target !== undefined && judged.regionOf(target) === undefined);
    const foreign = lost.filter(({ target = "" }) => !judged.circles.has(target));
    const drained = sightings.filter((sighting) => isDrained(sighting, judged));
    const misled = unexplained.filter((each) => ![...unanswered, ...lost, ...drained].includes(each));
    return [
        ...unansweredFindings(unanswered, judged),
        ...grouped(foreign, ({ target = "" }) => target).map(([target, group]) =>
            fault("dns-answer-foreign", { path, got: `${target} for ${placesOf(group)}` }),
        ),
        ...grouped(drained, ({ target = "" }) => judged.regionOf(target) ?? "").map(([region, group]) =>
            fault("dns-drained-answered", { path: pathOf(key, region), got: `${region} for ${placesOf(group)}` }),
        ),
        ...grouped(misled, (sighting) => wordsOf(sighting, explanation, judged)).map(([words, group]) => {
            const [got = "", expected = ""] = words.split("\n");
            return fault("dns-answer-unexpected", { path, got: `${got} for ${placesOf(group)}`, expected });
        }),
        ...(judged.unhealthy === undefined
            ? [...unhealthy].map((region) =>
                  fault("dns-region-avoided", { path: pathOf(key, region), got: avoided(sightings, region, judged) }),
              )
            : []),
    ];
}

function isDrained({ target = "" }: Sighting, { subject, regionOf }: Judged): boolean {
    return subject.domain.regions[regionOf(target) ?? ""]?.drained === true;
}

/** What a wrong answer and the right one are, on two lines. */
function wordsOf({ place, target = "" }: Sighting, { unhealthy }: Explanation, { expected, regionOf }: Judged): string {
    const regions = [...expected.regionsFor(place.place, unhealthy)];
    return `${regionOf(target)}\n${regions.join(" or ") || "no answer"}`;
}

function avoided(sightings: readonly Sighting[], region: string, { expected, regionOf }: Judged): string {
    const moved = sightings.filter(({ place }) => expected.regionsFor(place.place, new Set()).has(region));
    const elsewhere = new Set(moved.flatMap(({ target = "" }) => regionOf(target) ?? []));
    return `${[...elsewhere].join(", ")} in the place of ${region} for ${placesOf(moved)}`;
}

function unansweredFindings(unanswered: readonly Sighting[], { subject }: Judged): Finding[] {
    const path = pathOf(subject.key);
    if (unanswered.length === 0) {
        return [];
    }
    const isDefault = unanswered.some(({ place }) => place.name === unknownPlace);
    const rule = isDefault ? "dns-default-missing" : "dns-place-unanswered";
    return [fault(rule, { path, got: `no answer for ${placesOf(unanswered)}` })];
}

/** What a server says otherwise than the one that is right most. */
function differenceFindings(
    { server, sightings }: Survey,
    { survey: best, explanation }: Omit<Judgement, "findings">,
    { subject, expected, regionOf }: Judged,
): Finding[] {
    const wrong = (sighting: Sighting) => !isRight(sighting, expected, regionOf, explanation.unhealthy);
    const common = new Set(explanation.unexplained.map(({ place, target }) => `${place.name} ${target}`));
    const differing = sightings.filter((each) => wrong(each) && !common.has(`${each.place.name} ${each.target}`));
    if (differing.length === 0) {
        return [];
    }
    const answers = grouped(
        differing,
        ({ target, doesNotExist }) => target ?? (doesNotExist ? "NXDOMAIN" : "no answer"),
    );
    const words = answers.map(([answer, group]) => `${answer} for ${placesOf(group)}`).join("; ");
    const got = `${server.name} says ${words}; ${best.server.name} does not`;
    return [fault("dns-servers-differ", { path: pathOf(subject.key), got })];
}

/** Only the zone's own servers tell the whole time; what a cache tells can be shorter, and never longer. */
function timeToLiveFindings(
    surveys: readonly Survey[],
    { subject, expected: { timeToLive: expected } }: Judged,
): Finding[] {
    const wrong = surveys
        .flatMap(({ sightings }) => sightings)
        .filter(
            ({ timeToLive = expected, isAuthoritative }) =>
                timeToLive > expected || (isAuthoritative && timeToLive !== expected),
        );
    return grouped(wrong, ({ timeToLive }) => String(timeToLive)).map(([seconds, group]) =>
        fault("dns-time-to-live", {
            path: pathOf(subject.key),
            got: `${seconds} seconds for ${placesOf(group)}`,
            expected: `${expected} seconds`,
        }),
    );
}

function scopeFindings(surveys: readonly Survey[], { subject, expected }: Judged): Finding[] {
    const wide = surveys
        .flatMap(({ sightings }) => sightings)
        .filter(
            ({ scopePrefixLength, target }) => expected.isByPlace && target !== undefined && scopePrefixLength === 0,
        );
    return wide.length === 0
        ? []
        : [fault("dns-client-subnet-scope", { path: pathOf(subject.key), got: `a scope of 0 for ${placesOf(wide)}` })];
}

/** So many places are named; of more, the number is told. */
const namedPlaces = 4;

/** Places in words. */
export function placesOf(sightings: readonly Sighting[]): string {
    const names = [...new Set(sightings.map(({ place }) => place.name))];
    const more = names.length - namedPlaces;
    return more > 0 ? `${names.slice(0, namedPlaces).join(", ")} and ${more} more` : names.join(", ");
}

/** Puts together what has the same key, in the order in which keys first appear. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Array<[string, Item[]]> {
    const groups = new Map<string, Item[]>();
    items.forEach((item) => groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]));
    return [...groups];
}
