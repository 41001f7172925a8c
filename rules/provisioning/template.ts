import { certificateIdParameter, type TemplateType } from "./parameters";
import { parametersOf, templateValue } from "./placeholders";

/**
 * What AWS does with a thing that exists already.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html#override-settings
 */
export const overrideSettings = ["FAIL", "DO_NOTHING", "REPLACE"] as const;

/** What a provisioning template makes of a device; texts may hold placeholders such as `{SerialNumber}`. */
export interface TemplateSettings {
    /** The parameters that devices send, with defaults for those that they may leave out. Empty for JITP. */
    readonly parameters: Readonly<Record<string, { readonly default?: string }>>;
    readonly thingName: string;
    readonly thingTypeName?: string;
    readonly thingGroupNames: readonly string[];
    readonly attributes: Readonly<Record<string, string>>;
    readonly overrideSetting: (typeof overrideSettings)[number];
}

/**
 * The body of a provisioning template: a thing, its certificate, and a policy that is there already.
 *
 * The policy is named and not written out, so that the role needs no right to make policies, and one change of the policy
 * reaches every device.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html
 */
export function templateBody(type: TemplateType, settings: TemplateSettings, policyName: string): object {
    const { thingName, thingTypeName, thingGroupNames, attributes } = settings;
    const attributeValues = mapValues(attributes, templateValue);
    const properties = {
        ...(Object.keys(attributes).length > 0 && { AttributePayload: attributeValues }),
        ...(thingTypeName !== undefined && { ThingTypeName: thingTypeName }),
        ...(thingGroupNames.length > 0 && { ThingGroups: [...thingGroupNames] }),
    };
    const overrides = mapValues(properties, () => settings.overrideSetting);
    return {
        Parameters: declaredParameters(type, settings),
        Resources: {
            thing: {
                Type: "AWS::IoT::Thing",
                Properties: { ThingName: templateValue(thingName), ...properties },
                ...(Object.keys(overrides).length > 0 && { OverrideSettings: overrides }),
            },
            certificate: {
                Type: "AWS::IoT::Certificate",
                Properties: { CertificateId: { Ref: certificateIdParameter }, Status: "ACTIVE" },
            },
            policy: { Type: "AWS::IoT::Policy", Properties: { PolicyName: policyName } },
        },
    };
}

/** JITP fails for a certificate without a declared parameter, so only those that are used are declared there. */
function declaredParameters(type: TemplateType, settings: TemplateSettings): object {
    const own = mapValues(settings.parameters, (parameter) => ({
        Type: "String",
        ...(parameter.default !== undefined && { Default: parameter.default }),
    }));
    const used = type === "JITP" ? usedParameters(settings) : [];
    const reserved = [...used, certificateIdParameter].map((name) => [name, { Type: "String" }] as const);
    return { ...own, ...Object.fromEntries(reserved) };
}

function usedParameters({ thingName, attributes }: TemplateSettings): readonly string[] {
    return [thingName, ...Object.values(attributes)].flatMap(parametersOf);
}

function mapValues<Value, Result>(
    values: Readonly<Record<string, Value>>,
    change: (value: Value) => Result,
): Record<string, Result> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
