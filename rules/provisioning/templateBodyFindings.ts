import type { Finding } from "../finding";
import { iotPolicyFindings } from "./iotPolicy";
import { certificateIdParameter, reservedParameters, type TemplateType } from "./parameters";

/** Largest body of a provisioning template in characters. @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html */
export const maximumTemplateBodyLength = 10_240;

const api = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html";
const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html";

/** Types of resources that a template may declare. */
const resourceTypes: readonly string[] = ["AWS::IoT::Thing", "AWS::IoT::Certificate", "AWS::IoT::Policy"];

type Json = Readonly<Record<string, unknown>>;

/**
 * Faults of a template's body, whoever wrote it.
 *
 * @param region The region in which the template is, if it is known; policies in the body must name it.
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html
 */
export function templateBodyFindings(body: string, type: TemplateType, path: string, region?: string): Finding[] {
    const length =
        body.length > maximumTemplateBodyLength
            ? [
                  finding(
                      path,
                      `${body.length} characters`,
                      `at most ${maximumTemplateBodyLength} characters`,
                      "leave out white space, and name a policy instead of writing it out",
                      api,
                  ),
              ]
            : [];
    const template = parse(body);
    if (template === undefined) {
        return [
            ...length,
            finding(path, "a text that is no JSON object", "JSON with Parameters and Resources", "correct the JSON"),
        ];
    }
    const resources = Object.entries(objectAt(template, "Resources"));
    return [
        ...length,
        ...referenceFindings(template, type, path),
        ...resources.flatMap(([name, resource]) => resourceFindings(resource, `${path}.Resources.${name}`, region)),
        ...missingFindings(resources, path),
    ];
}

function finding(path: string, got: string, expected: string, remedy: string, reference = guide): Finding {
    return { rule: "provisioning-template-body", severity: "high", path, got, expected, remedy, reference };
}

function parse(body: string): Json | undefined {
    try {
        const value: unknown = JSON.parse(body);
        return isObject(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

function isObject(value: unknown): value is Json {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(value: unknown, name: string): Json {
    const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return isObject(member) ? member : {};
}

interface Use {
    /** `Ref`, or the name of a function. */
    readonly name: string;
    readonly argument: unknown;
    readonly path: string;
}

/** Everything that refers to a parameter or calls a function, with its path. Not recursive: JSON may be deep. */
function usesIn(root: unknown, rootPath: string): Use[] {
    const found: Use[] = [];
    const open: Array<{ readonly value: unknown; readonly path: string }> = [{ value: root, path: rootPath }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { value, path } = next;
        if (typeof value !== "object" || value === null) {
            continue;
        }
        for (const [name, member] of Object.entries(value)) {
            const isUse = isObject(value) && (name === "Ref" || name.startsWith("Fn::"));
            if (isUse) {
                found.push({ name, argument: member, path });
            }
            open.push({
                value: member,
                path: isUse ? path : Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`,
            });
        }
    }
    return found.reverse();
}

function referenceFindings(template: Json, type: TemplateType, path: string): Finding[] {
    const declared = Object.keys(objectAt(template, "Parameters"));
    const reserved = reservedParameters[type];
    const known = new Set([...declared, ...reserved]);
    const foreign = type === "JITP" ? declared.filter((name) => !reserved.includes(name)) : [];
    return [
        ...foreign.map((name) =>
            finding(
                `${path}.Parameters.${name}`,
                "a parameter that nobody gives a value",
                `only ${reserved.join(", ")}`,
                "remove it: AWS takes the values from the device's certificate",
                "https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html",
            ),
        ),
        ...usesIn(objectAt(template, "Resources"), `${path}.Resources`).flatMap(({ name, argument, path: at }) => {
            if (name === "Ref") {
                return known.has(String(argument))
                    ? []
                    : [
                          finding(
                              at,
                              `a reference to ${JSON.stringify(argument)}`,
                              `one of ${[...known].join(", ")}`,
                              "declare it under Parameters, or correct it",
                          ),
                      ];
            }
            return type === "JITP"
                ? [finding(at, name, "no functions", "use a plain text or a Ref: functions are for fleet provisioning")]
                : [];
        }),
    ];
}

function resourceFindings(resource: unknown, path: string, region: string | undefined): Finding[] {
    const type = isObject(resource) ? resource["Type"] : undefined;
    if (typeof type !== "string" || !resourceTypes.includes(type)) {
        return [
            finding(
                `${path}.Type`,
                JSON.stringify(type) ?? "nothing",
                `one of ${resourceTypes.join(", ")}`,
                "correct it",
            ),
        ];
    }
    const properties = objectAt(resource, "Properties");
    const at = `${path}.Properties`;
    if (type === "AWS::IoT::Certificate") {
        return objectAt(properties, "CertificateId")["Ref"] === certificateIdParameter
            ? []
            : [
                  finding(
                      `${at}.CertificateId`,
                      JSON.stringify(properties["CertificateId"]) ?? "nothing",
                      `{"Ref": "${certificateIdParameter}"}`,
                      "provision the certificate with which the device has come",
                  ),
              ];
    }
    return type === "AWS::IoT::Policy" ? policyFindings(properties, at, region) : [];
}

function policyFindings(properties: Json, path: string, region: string | undefined): Finding[] {
    const hasName = properties["PolicyName"] !== undefined;
    const hasDocument = properties["PolicyDocument"] !== undefined;
    if (hasName === hasDocument) {
        return [
            finding(
                path,
                hasName ? "PolicyName and PolicyDocument" : "neither PolicyName nor PolicyDocument",
                "one of PolicyName and PolicyDocument",
                "name a policy that is there already",
            ),
        ];
    }
    const document = properties["PolicyDocument"];
    // What a function makes of a policy is known per device only.
    return hasDocument && usesIn(document, "").length === 0
        ? iotPolicyFindings(document, `${path}.PolicyDocument`, region)
        : [];
}

const needed = [
    {
        type: "AWS::IoT::Certificate",
        severity: "high",
        remedy: "add it: without it no certificate becomes active",
    },
    {
        type: "AWS::IoT::Policy",
        severity: "low",
        remedy: "add it, or attach a policy to the thing group: without any the device may not even connect",
    },
] as const;

function missingFindings(resources: ReadonlyArray<readonly [string, unknown]>, path: string): Finding[] {
    return needed
        .filter(({ type }) => !resources.some(([, resource]) => isObject(resource) && resource["Type"] === type))
        .map(({ type, severity, remedy }) => ({
            ...finding(`${path}.Resources`, `no ${type}`, `a resource of type ${type}`, remedy),
            severity,
        }));
}
