import { maximumNameLength } from "../domainNames";
import type { Finding } from "../finding";
import { fault } from "./faults";
import { planRouting, type RoutedDomain } from "./plan";
import { references } from "./references";

/**
 * Most records of one name and type.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-records
 */
const maximumRecordsOfName = { geoproximity: 30, others: 100 } as const;

/** Faults that show only in the records that a sound configuration comes to: too many of one name, or names too long. */
export function planSizeFindings(domain: RoutedDomain, path: string): Finding[] {
    if (domain.regions.length === 0) {
        return [];
    }
    const { records } = planRouting(domain);
    const names = [...new Set(records.map(({ name }) => name))];
    const longest = names.reduce((one, other) => (other.length > one.length ? other : one));
    const policy = domain.routing.policy;
    const maximum = policy === "geoproximity" ? maximumRecordsOfName.geoproximity : maximumRecordsOfName.others;
    const most = Math.max(...names.map((name) => records.filter((record) => record.name === name).length));
    return [
        ...(longest.length <= maximumNameLength
            ? []
            : [
                  fault(
                      "routing-record-name",
                      path,
                      `a record named ${longest.slice(0, 60)}... of ${longest.length} characters`,
                      `names of at most ${maximumNameLength} characters`,
                      "name fewer regions in one list, or shorten the domain name; a list's regions become a name",
                      references.domainNames,
                  ),
              ]),
        ...(most <= maximum
            ? []
            : [
                  fault(
                      "routing-record-count",
                      path,
                      `${most} ${policy} records`,
                      `at most ${maximum} of one name`,
                      "join locations, such as countries into their continent",
                      references.quotas,
                  ),
              ]),
    ];
}
