import { literalBeginning } from "../rules/provisioning/placeholders";
import type { ProvisionedResources } from "../rules/provisioning/role";
import type { MaterialSource } from "./material";
import type { ReadProvisioningSettings } from "./provisioning";

/** What surrounds the settings that are judged. */
export interface ProvisioningContext {
    readonly stack: string;
    readonly regions: readonly string[];
    readonly material: MaterialSource;
    readonly at: Date;
}

/** The names of what the stack makes in each region. */
export interface ProvisioningNames {
    readonly devicePolicy: string;
    readonly claimPolicy: string;
    readonly provisioningTemplate: string;
    readonly authorizer: string;
}

/** The names that the configuration gives, and where it gives none those that follow from the stack's name. */
export function provisioningNames(settings: ReadProvisioningSettings, stack: string): ProvisioningNames {
    const provisioningTemplate = settings.claim?.templateName ?? `${stack}-fleet`;
    return {
        devicePolicy: settings.devicePolicy.name ?? `${stack}-device`,
        claimPolicy: `${provisioningTemplate}-claim`,
        provisioningTemplate,
        authorizer: settings.authorizer?.name ?? `${stack}-authorizer`,
    };
}

/** What the templates of a configuration make and touch. */
export function provisionedResources(
    settings: ReadProvisioningSettings,
    names: ProvisioningNames,
): ProvisionedResources {
    const templates = [settings.claim?.template, settings.justInTime?.template].filter((each) => each !== undefined);
    return {
        thingNameBeginnings: templates.map(({ thingName }) => literalBeginning(thingName)),
        thingTypeNames: distinct(templates.flatMap(({ thingTypeName }) => thingTypeName ?? [])),
        thingGroupNames: distinct(templates.flatMap(({ thingGroupNames }) => thingGroupNames)),
        policyNames: [names.devicePolicy],
    };
}

function distinct(names: readonly string[]): string[] {
    return [...new Set(names)];
}
