import type { Finding, Severity } from "../finding";
import { bindingOf, thingNameVariable, type Binding } from "./identity";
import { actionsOf, iotActions, isActionPattern, parseResource, type ResourceKind } from "./iotActions";
import { locationFindings } from "./policyLocation";
import { allowStatements, asList, type PolicyDocument, type PolicyStatement } from "./policyDocument";

const permissive =
    "https://docs.aws.amazon.com/iot-device-defender/latest/devguide/audit-chk-iot-policy-permissive.html";

/** What a rule says of a kind of resource. */
interface KindRule {
    readonly rule: string;
    /** What a device with the policy can do, in words that follow the resource. */
    readonly consequence: string;
    readonly expected: string;
}

const kindRules: Readonly<Record<ResourceKind, KindRule>> = {
    client: {
        rule: "device-policy-client-id",
        consequence: "lets a device connect as another one",
        expected: `client/${thingNameVariable}`,
    },
    topic: {
        rule: "device-policy-topic",
        consequence: "lets a device speak for another one",
        expected: `a topic with ${thingNameVariable} before any wildcard`,
    },
    topicfilter: {
        rule: "device-policy-topic",
        consequence: "lets a device listen to another one",
        expected: `a topic filter with ${thingNameVariable} before any wildcard`,
    },
    thing: {
        rule: "device-policy-thing",
        consequence: "lets a device change another one's shadows and jobs",
        expected: `thing/${thingNameVariable}`,
    },
    rolealias: {
        rule: "device-policy-role-alias",
        consequence: "lets a device take any role that has an alias",
        expected: "the role alias that the device needs, by its name",
    },
};

const remedies: Readonly<Partial<Record<Binding, string>>> = {
    open: `put ${thingNameVariable} into it, before any wildcard`,
    "open-before": `leave wildcards out before ${thingNameVariable}`,
    "open-beside": `end the level after ${thingNameVariable}; with a wildcard there, sensor-1 is also sensor-10`,
};

/**
 * Faults of a policy that devices have: whatever lets one device act as another.
 *
 * Statements that deny are left out of account: what a policy allows should not have to be taken back.
 *
 * @param region The region in which the policy is, if it is known.
 */
export function devicePolicyFindings(document: PolicyDocument, path: string, region?: string): Finding[] {
    return allowStatements(document, path).flatMap(({ statement, path: at }) => [
        ...negationFindings(statement, at),
        ...actionFindings(statement, at),
        ...resourceFindings(statement, at),
        ...locationFindings(statement, at, region),
    ]);
}

/** Faults of statements that allow everything but what they name. */
export function negationFindings(statement: PolicyStatement, path: string): Finding[] {
    return (["NotAction", "NotResource"] as const)
        .filter((member) => statement[member] !== undefined)
        .map((member) => ({
            rule: "iot-policy-negation",
            severity: "high",
            path: `${path}.${member}`,
            got: `${member} in a statement that allows`,
            expected: member.slice("Not".length),
            remedy: "name what is allowed; everything else is denied anyway",
            reference: permissive,
        }));
}

function actionFindings(statement: PolicyStatement, path: string): Finding[] {
    return asList(statement.Action)
        .filter(isActionPattern)
        .map((action) => ({
            rule: "device-policy-action",
            severity: "high",
            path: `${path}.Action`,
            got: JSON.stringify(action),
            expected: "actions by their names",
            remedy: "name the actions that a device needs, such as iot:Connect and iot:Publish",
            reference: permissive,
        }));
}

/** Receiving needs a subscription first, so AWS takes any topic there for sound. */
const unjudged: readonly string[] = ["iot:Receive"];

function resourceFindings(statement: PolicyStatement, path: string): Finding[] {
    const kinds = new Set(
        asList(statement.Action)
            .flatMap(actionsOf)
            .filter((action) => !unjudged.includes(action))
            .flatMap((action) => iotActions[action] ?? []),
    );
    const isList = Array.isArray(statement.Resource);
    return asList(statement.Resource).flatMap((resource, index) => {
        const at = isList ? `${path}.Resource[${index}]` : `${path}.Resource`;
        const { kind, name } = parseResource(resource);
        const reached = [...kinds].filter((each) => kind === undefined || each === kind);
        return reached.slice(0, 1).flatMap((each) => judge(each, { resource, name, statement }, at));
    });
}

interface Judged {
    readonly resource: string;
    readonly name: string;
    readonly statement: PolicyStatement;
}

function judge(kind: ResourceKind, { resource, name, statement }: Judged, path: string): Finding[] {
    const { rule, consequence, expected } = kindRules[kind];
    const finding = (severity: Severity, got: string, remedy: string): Finding[] => [
        { rule, severity, path, got, expected, remedy, reference: permissive },
    ];
    const quoted = JSON.stringify(resource.length > 256 ? `${resource.slice(0, 256)}...` : resource);
    const binding = bindingOf(name, kind === "topicfilter");
    const remedy = remedies[binding];
    if (remedy !== undefined) {
        return kind === "rolealias"
            ? finding("high", `${quoted}, which ${consequence}`, "name the role alias")
            : finding("high", `${quoted}, which ${consequence}`, remedy);
    }
    if (kind === "client") {
        return clientFindings(name, requiresAttachment(statement), quoted, finding);
    }
    if (kind === "topic" && /[+#]/.test(name)) {
        return finding(
            "medium",
            `${quoted}, which no topic matches`,
            "use *; + and # are plain characters in a policy",
        );
    }
    return binding === "fixed" && kind !== "rolealias"
        ? finding("low", `${quoted}, the same for every device with the policy`, `put ${thingNameVariable} into it`)
        : [];
}

function clientFindings(
    name: string,
    attached: boolean,
    quoted: string,
    finding: (severity: Severity, got: string, remedy: string) => Finding[],
): Finding[] {
    if (attached) {
        return [];
    }
    if (name.includes("${iot:ClientId}")) {
        return finding(
            "high",
            `${quoted} without the condition iot:Connection.Thing.IsAttached, which is any client ID`,
            `use client/${thingNameVariable}`,
        );
    }
    return finding(
        "low",
        `${quoted} without the condition iot:Connection.Thing.IsAttached`,
        'add the condition {"Bool": {"iot:Connection.Thing.IsAttached": ["true"]}}',
    );
}

function requiresAttachment({ Condition }: PolicyStatement): boolean {
    return asList(Condition?.["Bool"]?.["iot:Connection.Thing.IsAttached"]).includes("true");
}
