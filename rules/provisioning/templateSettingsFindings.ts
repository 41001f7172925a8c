import type { Finding } from "../finding";
import { nameFindings, nameLimits, type Named } from "./names";
import { distinguishingParameters, reservedParameters, type TemplateType } from "./parameters";
import { parametersOf, parsePattern } from "./placeholders";
import type { TemplateSettings } from "./template";

const reference = "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html";
const quotas = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html#thing-limits";

/** Most attributes of a thing without and with a thing type. @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#thing-limits */
export const maximumAttributes = { withoutThingType: 3, withThingType: 50 } as const;

/** Most thing groups of one thing. @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html#thing-limits */
export const maximumThingGroups = 10;

/** Longest value of a thing's attribute. @see https://docs.aws.amazon.com/iot/latest/apireference/API_AttributePayload.html */
export const maximumAttributeValueLength = 800;

const attributeValuePattern = /^[a-zA-Z0-9_.,@/:#=[\]-]*$/;

/** Faults of what a template is to be made from. */
export function templateSettingsFindings(settings: TemplateSettings, type: TemplateType, path: string): Finding[] {
    const { thingName, thingTypeName, thingGroupNames, attributes, parameters } = settings;
    return [
        ...Object.keys(parameters).flatMap((name) => parameterFindings(name, type, `${path}.parameters.${name}`)),
        ...patternFindings(thingName, settings, type, `${path}.thingName`),
        ...thingNameFindings(settings, type, `${path}.thingName`),
        ...(thingTypeName === undefined ? [] : nameFindings("thingType", thingTypeName, `${path}.thingTypeName`)),
        ...thingGroupNames.flatMap((name, index) =>
            nameFindings("thingGroup", name, `${path}.thingGroupNames[${index}]`),
        ),
        ...Object.entries(attributes).flatMap(([name, value]) => [
            ...nameFindings("attribute", name, `${path}.attributes.${name}`),
            ...patternFindings(value, settings, type, `${path}.attributes.${name}`),
            ...attributeValueFindings(value, `${path}.attributes.${name}`),
        ]),
        ...countFindings(settings, path),
    ];
}

function finding(path: string, got: string, expected: string, remedy: string, page = reference): Finding {
    return { rule: "provisioning-template", severity: "high", path, got, expected, remedy, reference: page };
}

function parameterFindings(name: string, type: TemplateType, path: string): Finding[] {
    if (type === "JITP") {
        return [
            finding(
                path,
                "a parameter",
                "no parameters: AWS takes them from the device's certificate",
                `remove it; use one of ${reservedParameters.JITP.join(", ")}`,
                "https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html",
            ),
        ];
    }
    return /^[A-Za-z][A-Za-z0-9]{0,127}$/.test(name)
        ? []
        : [finding(path, JSON.stringify(name), "a parameter's name in letters and digits", "choose another name")];
}

/** Faults of the placeholders in a text. */
function patternFindings(pattern: string, settings: TemplateSettings, type: TemplateType, path: string): Finding[] {
    const parts = parsePattern(pattern);
    if (parts === undefined) {
        return [
            finding(
                path,
                JSON.stringify(pattern),
                "a text with placeholders such as {SerialNumber}",
                "close each brace; placeholders have letters, digits and colons",
            ),
        ];
    }
    const known = [...Object.keys(settings.parameters), ...reservedParameters[type]];
    const undeclared = parametersOf(pattern).filter((parameter) => !known.includes(parameter));
    const joined = type === "JITP" && parts.length > 1;
    return [
        ...undeclared.map((parameter) =>
            finding(
                path,
                `the placeholder {${parameter}}`,
                `one of ${known.join(", ")}`,
                type === "JITP" ? "use one of these" : "declare it under parameters, or correct it",
            ),
        ),
        ...(joined
            ? [
                  finding(
                      path,
                      JSON.stringify(pattern),
                      "either a plain text or a single placeholder",
                      "leave the rest out: AWS joins texts in fleet provisioning templates only",
                  ),
              ]
            : []),
    ];
}

function thingNameFindings(settings: TemplateSettings, type: TemplateType, path: string): Finding[] {
    const { thingName } = settings;
    const used = parametersOf(thingName);
    const telling = type === "JITP" ? used.filter((name) => distinguishingParameters.includes(name)) : used;
    return [
        ...(telling.length === 0
            ? [
                  finding(
                      path,
                      JSON.stringify(thingName),
                      "a name that differs from device to device",
                      type === "JITP"
                          ? `use one of ${distinguishingParameters.join(", ")}`
                          : "put a placeholder into it, such as {SerialNumber}",
                  ),
              ]
            : []),
        ...literalFindings("thing", thingName, path),
    ];
}

/** Faults of what stands between the placeholders of a name. */
function literalFindings(named: Named, pattern: string, path: string): Finding[] {
    const text = (parsePattern(pattern) ?? []).map((part) => ("text" in part ? part.text : "")).join("");
    return text === "" ? [] : nameFindings(named, text, path);
}

function attributeValueFindings(pattern: string, path: string): Finding[] {
    const text = (parsePattern(pattern) ?? []).map((part) => ("text" in part ? part.text : "")).join("");
    return text.length <= maximumAttributeValueLength && attributeValuePattern.test(text)
        ? []
        : [
              finding(
                  path,
                  text.length > maximumAttributeValueLength ? `${text.length} characters` : JSON.stringify(text),
                  `at most ${maximumAttributeValueLength} letters, digits and _ . , @ / : # = [ ] -`,
                  "use these characters only",
                  nameLimits.attribute.reference,
              ),
          ];
}

function countFindings({ thingTypeName, thingGroupNames, attributes }: TemplateSettings, path: string): Finding[] {
    const most = maximumAttributes[thingTypeName === undefined ? "withoutThingType" : "withThingType"];
    const count = Object.keys(attributes).length;
    return [
        ...(count > most
            ? [
                  finding(
                      `${path}.attributes`,
                      `${count} attributes`,
                      `at most ${most} attributes for a thing with${thingTypeName === undefined ? "out" : ""} a thing type`,
                      thingTypeName === undefined
                          ? "give a thingTypeName, or fewer attributes"
                          : "give fewer attributes",
                      quotas,
                  ),
              ]
            : []),
        ...(thingGroupNames.length > maximumThingGroups
            ? [
                  finding(
                      `${path}.thingGroupNames`,
                      `${thingGroupNames.length} groups`,
                      `at most ${maximumThingGroups} groups`,
                      "name fewer groups; a group can be the child of another",
                      quotas,
                  ),
              ]
            : []),
    ];
}
