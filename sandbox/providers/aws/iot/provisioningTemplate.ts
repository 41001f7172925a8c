import { block, flag, integer, json, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { missingResource } from "./missing";

/** A new body is a new version; older versions stay until AWS's limit of them is reached. */
export const provisioningTemplate = defineResource({
    title: "IoT Provisioning Template",
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        description: text(),
        enabled: flag({ default: false }),
        preProvisioningHook: block({
            payloadVersion: text({ default: "2020-04-01" }),
            targetArn: text({ required: true, refuse: arnFault }),
        }),
        provisioningRoleArn: text({ required: true, refuse: arnFault }),
        templateBody: json({ required: true }),
        type: text({ replaces: true, computed: true, oneOf: ["FLEET_PROVISIONING", "JITP"] }),
        arn: text({ readOnly: true }),
        defaultVersionId: integer({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { templateName } = await aws.call("iot", "CreateProvisioningTemplate", {
            templateName: inputs.name,
            description: inputs.description,
            enabled: inputs.enabled,
            preProvisioningHook: inputs.preProvisioningHook,
            provisioningRoleArn: inputs.provisioningRoleArn,
            templateBody: inputs.templateBody,
            type: inputs.type,
            tags: tagList(inputs.tagsAll),
        });
        return { id: templateName };
    },
    async read(aws, templateName) {
        const found = await aws.find("iot", "DescribeProvisioningTemplate", { templateName }, missingResource);
        return (
            found && {
                name: found.templateName,
                description: found.description ?? "",
                enabled: found.enabled ?? false,
                preProvisioningHook: found.preProvisioningHook,
                provisioningRoleArn: found.provisioningRoleArn,
                templateBody: found.templateBody,
                type: found.type,
                arn: found.templateArn,
                defaultVersionId: found.defaultVersionId,
            }
        );
    },
    async update(aws, templateName, { inputs, changed }) {
        if (changed("templateBody")) {
            const version = { templateName, templateBody: inputs.templateBody, setAsDefault: true };
            await aws.call("iot", "CreateProvisioningTemplateVersion", version);
        }
        if (changed("description", "enabled", "provisioningRoleArn", "preProvisioningHook")) {
            const { preProvisioningHook } = inputs;
            await aws.call("iot", "UpdateProvisioningTemplate", {
                templateName,
                description: inputs.description ?? "",
                enabled: inputs.enabled,
                provisioningRoleArn: inputs.provisioningRoleArn,
                preProvisioningHook,
                removePreProvisioningHook:
                    changed("preProvisioningHook") && preProvisioningHook === undefined ? true : undefined,
            });
        }
    },
    async delete(aws, templateName) {
        await aws.find("iot", "DeleteProvisioningTemplate", { templateName }, missingResource);
    },
});
