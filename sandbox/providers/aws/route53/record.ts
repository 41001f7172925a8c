import { block, flag, integer, list, set, text, type Inputs, type State } from "../../framework/properties";
import { during } from "../../framework/failures";
import { ApiError, type Aws } from "../client";
import { defineResource } from "../resource";
import { changeRecords, listRecords } from "./changes";
import { fullName, normalizeName, unescapeName } from "./names";
import { policiesOf, policyParameters, policyProperties, routingPolicies, type PolicyFields } from "./routingPolicies";

export const recordTypes = [
    ...["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS"],
    ...["PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"],
];

const properties = {
    zoneId: text({ required: true, replaces: true }),
    name: text({ required: true, replaces: true, normalize: normalizeName }),
    type: text({ required: true, oneOf: recordTypes }),
    ttl: integer(),
    records: set(text()),
    aliases: list(
        block({
            name: text({ required: true, normalize: normalizeName }),
            zoneId: text({ required: true }),
            evaluateTargetHealth: flag({ required: true }),
        }),
    ),
    setIdentifier: text(),
    healthCheckId: text(),
    multivalueAnswerRoutingPolicy: flag(),
    allowOverwrite: flag({ computed: true }),
    ...policyProperties,
    fqdn: text({ readOnly: true }),
};

type RecordInputs = Inputs<typeof properties>;
type RecordState = State<typeof properties>;

/** AWS's record set. */
export interface RecordSet extends PolicyFields {
    readonly Name: string;
    readonly Type: string;
    readonly SetIdentifier?: string;
    readonly TTL?: number;
    readonly ResourceRecords?: Array<{ readonly Value: string }>;
    readonly AliasTarget?: {
        readonly DNSName: string;
        readonly HostedZoneId: string;
        readonly EvaluateTargetHealth: boolean;
    };
    readonly HealthCheckId?: string;
    readonly MultiValueAnswer?: boolean;
}

export const record = defineResource({
    title: "Route53 Record",
    scope: "global",
    properties,
    relations: {
        exactlyOneOf: [["records", "aliases"]],
        conflicts: { ttl: ["aliases"], ...routingPolicies.conflicts },
        needs: { ttl: ["records"], ...routingPolicies.needs },
    },
    async create(aws, inputs) {
        const zone = await zoneName(aws, inputs.zoneId);
        const Action = inputs.allowOverwrite === true ? "UPSERT" : "CREATE";
        await during(
            "creating Route53 Record",
            changeRecords(aws, inputs.zoneId, [{ Action, ResourceRecordSet: recordSet(inputs, zone) }]),
        );
        const identity = [inputs.zoneId, inputs.name.toLowerCase(), inputs.type, inputs.setIdentifier];
        return { id: identity.filter((part) => part !== undefined && part !== "").join("_") };
    },
    async read(aws, id, state) {
        const identity = state.zoneId === undefined ? parseId(id) : state;
        const { zoneId = "", name = "", type = "", setIdentifier } = identity;
        const zone = await findZoneName(aws, zoneId);
        if (zone === undefined) {
            return undefined;
        }
        const found = await findRecordSet(aws, zoneId, fullName(name, zone), type, setIdentifier);
        return (
            found && {
                zoneId,
                name: normalizeName(name),
                type: found.Type,
                ttl: found.TTL,
                records: found.ResourceRecords?.map(({ Value }) => fromText(found.Type, Value)),
                aliases: found.AliasTarget && [
                    {
                        name: normalizeName(found.AliasTarget.DNSName),
                        zoneId: found.AliasTarget.HostedZoneId,
                        evaluateTargetHealth: found.AliasTarget.EvaluateTargetHealth,
                    },
                ],
                setIdentifier: found.SetIdentifier,
                healthCheckId: found.HealthCheckId,
                multivalueAnswerRoutingPolicy: found.MultiValueAnswer,
                allowOverwrite: state.allowOverwrite ?? false,
                ...policiesOf(found),
                fqdn: unescapeName(found.Name),
            }
        );
    },
    async update(aws, _id, { inputs, state, changed }) {
        const zone = await zoneName(aws, inputs.zoneId);
        const ResourceRecordSet = recordSet(inputs, zone);
        // Route 53 finds a record by name, type and set identifier: where one of these changes, it is another record.
        const changes = changed("type", "setIdentifier")
            ? [
                  { Action: "DELETE", ResourceRecordSet: recordSet(state as RecordInputs, zone) } as const,
                  { Action: inputs.allowOverwrite === true ? "UPSERT" : "CREATE", ResourceRecordSet } as const,
              ]
            : [{ Action: "UPSERT", ResourceRecordSet } as const];
        await changeRecords(aws, inputs.zoneId, changes);
    },
    async delete(aws, _id, state) {
        const { zoneId = "", name = "", type = "", setIdentifier } = state;
        const zone = await findZoneName(aws, zoneId);
        const found = zone && (await findRecordSet(aws, zoneId, fullName(name, zone), type, setIdentifier));
        if (found === undefined || found === "") {
            return;
        }
        try {
            await changeRecords(aws, zoneId, [{ Action: "DELETE", ResourceRecordSet: found }]);
        } catch (error) {
            // Somebody else was faster.
            if (!(error instanceof ApiError && error.code === "InvalidChangeBatch")) {
                throw error;
            }
        }
    },
});

/** The record set that the inputs ask for. */
function recordSet(inputs: RecordInputs, zone: string): RecordSet {
    const alias = inputs.aliases?.[0];
    const fields = {
        Name: fullName(inputs.name, zone),
        Type: inputs.type,
        SetIdentifier: inputs.setIdentifier,
        TTL: inputs.ttl,
        ResourceRecords: inputs.records?.map((value) => ({ Value: toText(inputs.type, value) })),
        AliasTarget: alias && {
            DNSName: alias.name,
            HostedZoneId: alias.zoneId,
            EvaluateTargetHealth: alias.evaluateTargetHealth,
        },
        HealthCheckId: inputs.healthCheckId,
        MultiValueAnswer: inputs.multivalueAnswerRoutingPolicy === true ? true : undefined,
        ...policyParameters(inputs),
    };
    return Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined),
    ) as unknown as RecordSet;
}

async function findRecordSet(
    aws: Aws,
    zoneId: string,
    name: string,
    type: string,
    setIdentifier: string | undefined,
): Promise<RecordSet | undefined> {
    const found = await listRecords<RecordSet>(aws, zoneId, { StartRecordName: name, StartRecordType: type });
    return found.find(
        (one) =>
            unescapeName(one.Name) === name && one.Type === type && (one.SetIdentifier ?? "") === (setIdentifier ?? ""),
    );
}

async function findZoneName(aws: Aws, Id: string): Promise<string | undefined> {
    const answer = await aws.find("route53", "GetHostedZone", { Id }, ["NoSuchHostedZone"]);
    return answer?.HostedZone.Name;
}

async function zoneName(aws: Aws, Id: string): Promise<string> {
    const answer = await during(`reading Route 53 Hosted Zone (${Id})`, aws.call("route53", "GetHostedZone", { Id }));
    return answer.HostedZone.Name;
}

/** Takes an identifier apart; a name may contain underscores, so its end is where the first record type stands. */
function parseId(id: string): Pick<RecordState, "zoneId" | "name" | "type" | "setIdentifier"> {
    const [zoneId = "", ...parts] = id.split("_");
    const index = parts.findIndex((part, position) => position > 0 && recordTypes.includes(part));
    if (zoneId === "" || index < 0) {
        throw new Error(
            `unexpected format of ID ("${id}"), expected ZONEID_RECORDNAME_TYPE_SET-IDENTIFIER ` +
                "(e.g. Z4KAPRWWNC7JR_dev.example.com_NS_dev), where SET-IDENTIFIER is optional",
        );
    }
    return {
        zoneId,
        name: parts.slice(0, index).join("_"),
        type: parts[index],
        setIdentifier: parts.slice(index + 1).join("_") || undefined,
    };
}

const quoted = new Set(["TXT", "SPF"]);

/** Route 53 keeps texts in quotes, the provider without. */
function toText(type: string, value: string): string {
    return quoted.has(type) ? `"${value}"` : value;
}

function fromText(type: string, value: string): string {
    return quoted.has(type) ? value.replace(/^"(.*)"$/s, "$1") : value;
}
