import { candidatesOf, type Preferences } from "./candidates";
import { listedName, type ResourceRecordSet } from "./resourceRecordSet";

export type { Place } from "./candidates";

/** A DNS question, with everything that Route 53 would know of the world at that moment. */
export interface Question extends Preferences {
    /** The name that is asked for. */
    readonly name: string;
    /** @default CNAME */
    readonly type?: string;
    /** Identifiers of the health checks that pass; every other one fails. */
    readonly healthyHealthChecks: ReadonlySet<string>;
}

/** What Route 53 answers. */
export interface Answer {
    /** The record's value: a region's data endpoint. */
    readonly endpoint: string;
    /** Seconds. */
    readonly timeToLive: number;
    /** The records that led there, from the one at the name that was asked for to the one that holds the value. */
    readonly path: readonly ResourceRecordSet[];
}

/**
 * Answers a question from a zone's record sets as Route 53 does; `undefined` is "no answer".
 *
 * The record sets may come from a plan or from ListResourceRecordSets. Modelled are all routing policies, aliases to records
 * of the same zone, health checks, `EvaluateTargetHealth` in trees, and "if no record is healthy, all records are"; wildcard
 * names and aliases that leave the zone are not.
 *
 * @throws {Error} when aliases lead in a circle, which Route 53 has no answer for either.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
 */
export function ask(recordSets: readonly ResourceRecordSet[], question: Question): Answer | undefined {
    const branch = branchAt(question.name, { recordSets, question, visited: [] });
    return branch.answer();
}

/** What a name comes to: whether anything there is healthy, and what it answers, healthy or not. */
interface Branch {
    readonly isHealthy: boolean;
    readonly answer: () => Answer | undefined;
}

interface Search {
    readonly recordSets: readonly ResourceRecordSet[];
    readonly question: Question;
    readonly visited: readonly string[];
}

function branchAt(name: string, search: Search): Branch {
    const here = listedName(name);
    if (search.visited.includes(here)) {
        throw new Error(`aliases lead in a circle: ${[...search.visited, here].join(" -> ")}`);
    }
    const { type = "CNAME" } = search.question;
    const group = search.recordSets.filter((record) => listedName(record.Name) === here && record.Type === type);
    const branches = candidatesOf(group, search.question).map((record) =>
        branchOf(record, { ...search, visited: [...search.visited, here] }),
    );
    const healthy = branches.find(({ isHealthy }) => isHealthy);
    return { isHealthy: healthy !== undefined, answer: () => (healthy ?? branches[0])?.answer() };
}

function branchOf(record: ResourceRecordSet, search: Search): Branch {
    const { HealthCheckId: check, AliasTarget: alias, ResourceRecords: values = [], TTL: timeToLive = 0 } = record;
    const passes = check === undefined || search.question.healthyHealthChecks.has(check);
    if (alias === undefined) {
        const endpoint = values[0]?.Value;
        return {
            isHealthy: passes,
            answer: () => (endpoint === undefined ? undefined : { endpoint, timeToLive, path: [record] }),
        };
    }
    const target = branchAt(alias.DNSName, search);
    return {
        isHealthy: passes && (!alias.EvaluateTargetHealth || target.isHealthy),
        answer: () => {
            const answer = target.answer();
            return answer && { ...answer, path: [record, ...answer.path] };
        },
    };
}
