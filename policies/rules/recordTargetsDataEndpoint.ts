import { dataEndpointFindings, dataEndpointType, parseIotEndpoint } from "../../rules/dataEndpoints";
import { domainConfiguration, domainRecord } from "../examples";
import { knownRegionOf, type ResourceView } from "../framework/resources";
import { defineRule, type Fault, type StackFault } from "../framework/rule";
import { knownTextAt, quote } from "../framework/values";
import { iotLens } from "../frameworks";
import { comparableName, configurationsByDomain, recordName, recordsByName, recordTargets } from "../records";
import { resourceTypes } from "../resourceTypes";

/** A record of a configured domain leads to the data endpoint of a region that has the domain. */
export const recordTargetsDataEndpoint = defineRule({
    name: "record-targets-data-endpoint",
    title: "Target of a domain's record",
    description:
        "The record of a configured domain name leads to the iot:Data-ATS endpoint of a region that has the domain.",
    rationale:
        "Every custom domain of an account is served at the region's data endpoint. A target in a region without the domain " +
        "answers with AWS's own certificate, which devices refuse; the older endpoints serve no custom domain.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    frameworks: [...iotLens("IOTREL14-BP02")],
    remediation: {
        code: `records: [(await aws.iot.getEndpoint({ endpointType: "${dataEndpointType}", region })).endpointAddress]`,
        cli: `aws iot describe-endpoint --endpoint-type ${dataEndpointType} --region REGION`,
        console:
            "AWS IoT > Connect > Domain configurations > iot:Data-ATS > Domain name; then Route 53 > the record > Value",
    },
    examples: {
        compliant: [domainConfiguration(), domainRecord()],
        violating: [
            domainConfiguration(),
            domainRecord({ records: ["a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com"] }),
        ],
    },
    resource: {
        types: [resourceTypes.record],
        check: (record) => (isName(record) ? recordTargets(record).flatMap(olderEndpointFaults) : []),
    },
    stack: (stack) => {
        const domains = configurationsByDomain(stack);
        const records = recordsByName(stack);
        return [...domains].flatMap(([domain, configurations]) =>
            [...leadingRecords(domain, records)].flatMap((record) =>
                recordTargets(record)
                    .filter(({ target }) => !records.has(comparableName(target)) && !isOlderEndpoint(target))
                    .flatMap((target) => targetFaults(record, target, configurations)),
            ),
        );
    },
});

/** Addresses are no names, so only the types that may hold the name of an endpoint are looked at. */
function isName({ properties }: ResourceView): boolean {
    return knownTextAt(properties, "type") === "CNAME";
}

function isOlderEndpoint(target: string): boolean {
    return (
        /^[^.]+\.iot\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\.?$/i.test(target) &&
        parseIotEndpoint(target)?.isDataEndpoint !== true
    );
}

function olderEndpointFaults({ path, target }: { path: string; target: string }): Fault[] {
    if (!isOlderEndpoint(target)) {
        return [];
    }
    const region = target.split(".")[2] ?? "";
    return dataEndpointFindings(target, region.toLowerCase(), path);
}

/** The CNAME records of a domain, and those that they lead to within the stack. */
function leadingRecords(domain: string, records: ReadonlyMap<string, readonly ResourceView[]>): Set<ResourceView> {
    const found = new Set<ResourceView>();
    const names = [domain];
    for (const name of names) {
        for (const record of records.get(name) ?? []) {
            if (isName(record) && !found.has(record)) {
                found.add(record);
                names.push(...recordTargets(record).map(({ target }) => comparableName(target)));
            }
        }
    }
    return found;
}

function targetFaults(
    record: ResourceView,
    { path, target }: { path: string; target: string },
    configurations: readonly ResourceView[],
): StackFault[] {
    const regions = configurations.map(knownRegionOf);
    const endpoint = parseIotEndpoint(target);
    if (endpoint !== undefined && regions.includes(endpoint.region)) {
        return [];
    }
    if (endpoint !== undefined && regions.includes(undefined)) {
        // The domain may well be in that region: it is known after the deployment.
        return [];
    }
    const known = [...new Set(regions.filter((region) => region !== undefined))];
    return [
        {
            resource: record,
            path,
            got: quote(target),
            expected:
                `the ${dataEndpointType} endpoint of ${known.length === 0 ? "the domain's region" : known.join(" or ")}` +
                `, where ${recordName(record) ?? "the domain"} is configured`,
            remedy: `use the answer of: aws iot describe-endpoint --endpoint-type ${dataEndpointType} --region ${known[0] ?? "REGION"}`,
        },
    ];
}
