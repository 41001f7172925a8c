import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes, ProvisioningHook } from "../../models/iot";
import { paginate } from "../../pagination";
import { authorities } from "./certificateTable";
import { payloadVersion, refuseBody, refuseHook } from "./provisioningTemplateChecks";
import { refuseRole } from "./roles";
import { Registry, type Dated } from "./registry";
import { tagSet } from "./tags";

interface TemplateVersion {
    readonly id: number;
    readonly body: string;
    readonly createdAt: number;
}

/** A provisioning template as it is kept. */
export interface StoredTemplate extends Dated {
    readonly name: string;
    readonly arn: string;
    readonly type: "FLEET_PROVISIONING" | "JITP";
    readonly description?: string;
    readonly enabled: boolean;
    readonly provisioningRoleArn: string;
    readonly preProvisioningHook?: ProvisioningHook;
    readonly versions: readonly TemplateVersion[];
    readonly defaultVersionId: number;
    /** The number of the version that was made last. */
    readonly latest: number;
}

/** Provisioning templates by their names. */
export const provisioningTemplates = new Registry<StoredTemplate>("provisioningTemplate", "Provisioning template");

/** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplateVersion.html */
const maximumVersions = 5;

function findVersion(template: StoredTemplate, id: number): TemplateVersion {
    const version = template.versions.find((candidate) => candidate.id === id);
    if (version === undefined) {
        throw new Refusal("ResourceNotFoundException", `Version ${id} of the template ${template.name} not found.`);
    }
    return version;
}

/** The body of the version that is in force. */
export function defaultBody(template: StoredTemplate): string {
    return findVersion(template, template.defaultVersionId).body;
}

function put(context: OperationContext, template: StoredTemplate): void {
    provisioningTemplates.put(context, template.name, { ...template, modifiedAt: context.now });
}

/** Provisioning templates and their versions. */
export const provisioningTemplateOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html */
    CreateProvisioningTemplate: (input, context) => {
        const { templateName: name, type = "FLEET_PROVISIONING", preProvisioningHook, provisioningRoleArn } = input;
        refuseBody(input.templateBody);
        refuseHook(type, preProvisioningHook);
        refuseRole(provisioningRoleArn);
        const arn = context.arn("iot", `provisioningtemplate/${name}`);
        provisioningTemplates.add(context, name, {
            name,
            arn,
            type,
            description: input.description,
            enabled: input.enabled ?? false,
            provisioningRoleArn,
            preProvisioningHook: preProvisioningHook && { payloadVersion, ...preProvisioningHook },
            versions: [{ id: 1, body: input.templateBody, createdAt: context.now }],
            defaultVersionId: 1,
            latest: 1,
            createdAt: context.now,
            modifiedAt: context.now,
        });
        tagSet.add(context, arn, input.tags);
        return { templateArn: arn, templateName: name, defaultVersionId: 1 };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeProvisioningTemplate.html */
    DescribeProvisioningTemplate: ({ templateName }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        return {
            templateArn: template.arn,
            templateName,
            description: template.description,
            creationDate: new Date(template.createdAt),
            lastModifiedDate: new Date(template.modifiedAt),
            defaultVersionId: template.defaultVersionId,
            templateBody: defaultBody(template),
            enabled: template.enabled,
            provisioningRoleArn: template.provisioningRoleArn,
            preProvisioningHook: template.preProvisioningHook,
            type: template.type,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListProvisioningTemplates.html */
    ListProvisioningTemplates: ({ maxResults = 25, nextToken }, context) => {
        const { shown, token } = paginate(provisioningTemplates.list(context), maxResults, nextToken);
        return {
            templates: shown.map((template) => ({
                templateArn: template.arn,
                templateName: template.name,
                description: template.description,
                creationDate: new Date(template.createdAt),
                lastModifiedDate: new Date(template.modifiedAt),
                enabled: template.enabled,
                type: template.type,
            })),
            nextToken: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateProvisioningTemplate.html */
    UpdateProvisioningTemplate: (input, context) => {
        const template = provisioningTemplates.find(context, input.templateName);
        refuseHook(template.type, input.preProvisioningHook);
        if (input.provisioningRoleArn !== undefined) {
            refuseRole(input.provisioningRoleArn);
        }
        if (input.removePreProvisioningHook === true && input.preProvisioningHook !== undefined) {
            throw new Refusal(
                "InvalidRequestException",
                "preProvisioningHook cannot be given together with removePreProvisioningHook.",
            );
        }
        const hook = input.preProvisioningHook && { payloadVersion, ...input.preProvisioningHook };
        put(context, {
            ...template,
            description: input.description ?? template.description,
            enabled: input.enabled ?? template.enabled,
            defaultVersionId: findVersion(template, input.defaultVersionId ?? template.defaultVersionId).id,
            provisioningRoleArn: input.provisioningRoleArn ?? template.provisioningRoleArn,
            preProvisioningHook:
                input.removePreProvisioningHook === true ? undefined : (hook ?? template.preProvisioningHook),
        });
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplateVersion.html */
    CreateProvisioningTemplateVersion: ({ templateName, templateBody, setAsDefault = false }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        refuseBody(templateBody);
        if (template.versions.length >= maximumVersions) {
            throw new Refusal(
                "VersionsLimitExceededException",
                `The template ${templateName} already has the maximum number of versions (${maximumVersions})`,
            );
        }
        const id = template.latest + 1;
        put(context, {
            ...template,
            latest: id,
            defaultVersionId: setAsDefault ? id : template.defaultVersionId,
            versions: [...template.versions, { id, body: templateBody, createdAt: context.now }],
        });
        return { templateArn: template.arn, templateName, versionId: id, isDefaultVersion: setAsDefault };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeProvisioningTemplateVersion.html */
    DescribeProvisioningTemplateVersion: ({ templateName, versionId }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        const version = findVersion(template, versionId);
        return {
            versionId,
            creationDate: new Date(version.createdAt),
            templateBody: version.body,
            isDefaultVersion: versionId === template.defaultVersionId,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListProvisioningTemplateVersions.html */
    ListProvisioningTemplateVersions: ({ templateName, maxResults = 25, nextToken }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        const { shown, token } = paginate(template.versions, maxResults, nextToken);
        return {
            versions: shown.map(({ id, createdAt }) => ({
                versionId: id,
                creationDate: new Date(createdAt),
                isDefaultVersion: id === template.defaultVersionId,
            })),
            nextToken: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteProvisioningTemplateVersion.html */
    DeleteProvisioningTemplateVersion: ({ templateName, versionId }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        const version = findVersion(template, versionId);
        if (version.id === template.defaultVersionId) {
            throw new Refusal("DeleteConflictException", `The default version ${versionId} cannot be deleted.`);
        }
        put(context, { ...template, versions: template.versions.filter((other) => other !== version) });
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteProvisioningTemplate.html */
    DeleteProvisioningTemplate: ({ templateName }, context) => {
        const template = provisioningTemplates.find(context, templateName);
        const user = authorities
            .list(context)
            .find(({ registrationConfig }) => registrationConfig?.templateName === templateName);
        if (user !== undefined) {
            throw new Refusal(
                "DeleteConflictException",
                `The template ${templateName} is used by the CA certificate ${user.id}`,
            );
        }
        provisioningTemplates.delete(context, templateName);
        tagSet.clear(context, template.arn);
        return {};
    },
};
