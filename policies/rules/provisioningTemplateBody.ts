import { nameFindings } from "../../rules/provisioning/names";
import { templateTypes, type TemplateType } from "../../rules/provisioning/parameters";
import { templateBodyFindings } from "../../rules/provisioning/templateBodyFindings";
import { provisioningTemplate } from "../examples";
import { knownRegionOf, type ResourceView } from "../framework/resources";
import { defineRule, type Fault } from "../framework/rule";
import { isUnknown, knownTextAt, valueAt } from "../framework/values";
import { resourceTypes } from "../resourceTypes";

/** A provisioning template is one that AWS takes, and that provisions. */
export const provisioningTemplateBody = defineRule({
    name: "provisioning-template-body",
    title: "Name and body of a provisioning template",
    description: "A provisioning template has a name of at most 36 characters and a body that AWS IoT Core can use.",
    rationale: "AWS tells some faults of a template only when the first device asks to be provisioned, in the field.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html",
    remediation: {
        code: "templateBody: JSON.stringify({ Parameters, Resources })",
        cli: "aws iot create-provisioning-template-version --template-name NAME --template-body file://template.json --set-as-default",
        console: "AWS IoT > Connect > Connect many devices > the template > Create version",
    },
    examples: {
        compliant: [provisioningTemplate()],
        violating: [provisioningTemplate({ templateBody: "{}" })],
    },
    resource: {
        types: [resourceTypes.provisioningTemplate],
        check: (resource) => [...templateNameFaults(resource), ...bodyFaults(resource)],
    },
});

function templateNameFaults({ properties }: ResourceView): Fault[] {
    const name = knownTextAt(properties, "name");
    return name === undefined ? [] : nameFindings("provisioningTemplate", name, "name");
}

function bodyFaults(resource: ResourceView): Fault[] {
    const body = knownTextAt(resource.properties, "templateBody");
    // AWS takes a template without a type for one of fleet provisioning.
    const type = valueAt(resource.properties, "type") ?? "FLEET_PROVISIONING";
    return body === undefined || isUnknown(type) || !(templateTypes as readonly unknown[]).includes(type)
        ? []
        : templateBodyFindings(body, type as TemplateType, "templateBody", knownRegionOf(resource));
}
