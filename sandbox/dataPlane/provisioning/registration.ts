import type { OperationContext, OperationsOf } from "../../cloud/context";
import { Refusal } from "../../cloud/errors";
import type { OperationTypes } from "../../cloud/models/iot";
import { attachmentOperations } from "../../cloud/services/iot/attachments";
import { certificates } from "../../cloud/services/iot/certificateTable";
import { deviceCertificateOperations } from "../../cloud/services/iot/deviceCertificates";
import { policies, policyOperations } from "../../cloud/services/iot/policies";
import { groupMembers, thingGroupOperations } from "../../cloud/services/iot/thingGroups";
import { things, type StoredThing } from "../../cloud/services/iot/thingTable";
import { thingOperations } from "../../cloud/services/iot/things";
import { derivedHexadecimal } from "../../cloud/identifiers";
import { invalid, ProvisioningFailure } from "./failure";
import { fillTemplate, type Parameters, type TemplateResource } from "./template";

/** What a template has made of a device. */
export interface Registration {
    readonly thingName?: string;
    readonly deviceConfiguration: Readonly<Record<string, unknown>>;
}

const operations: OperationsOf<OperationTypes> = {
    ...attachmentOperations,
    ...deviceCertificateOperations,
    ...policyOperations,
    ...thingGroupOperations,
    ...thingOperations,
};

/** Does what the API's operation of that name does, in the transaction that is under way. */
function perform<Name extends keyof OperationTypes>(
    context: OperationContext,
    name: Name,
    input: OperationTypes[Name]["input"],
): OperationTypes[Name]["output"] {
    const operation = operations[name] as
        | ((input: OperationTypes[Name]["input"], context: OperationContext) => OperationTypes[Name]["output"])
        | undefined;
    if (operation === undefined) {
        throw new Error(`provisioning has no use for ${name}`);
    }
    return operation(input, context);
}

/**
 * Makes what a template says, for a device with a certificate: all of it or nothing.
 *
 * @throws ProvisioningFailure for what AWS IoT Core refuses
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html
 */
export function register(
    context: OperationContext,
    templateBody: string,
    parameters: Parameters,
    certificateId: string,
): Registration {
    try {
        const { resources, deviceConfiguration } = fillTemplate(templateBody, parameters);
        const ofType = (type: string) => resources.filter((resource) => resource.type === `AWS::IoT::${type}`);
        const thingNames = ofType("Thing").map((resource) => makeThing(context, resource));
        const policyNames = ofType("Policy").map((resource) => findPolicy(context, resource));
        ofType("Certificate").forEach((resource) => setStatus(context, resource, certificateId));
        const { arn } = certificates.find(context, certificateId);
        policyNames.forEach((policyName) => perform(context, "AttachPolicy", { policyName, target: arn }));
        thingNames.forEach((thingName) => perform(context, "AttachThingPrincipal", { thingName, principal: arn }));
        return { thingName: thingNames[0], deviceConfiguration };
    } catch (error) {
        throw error instanceof Refusal
            ? new ProvisioningFailure(error.statusCode ?? 400, error.name, error.message)
            : error;
    }
}

function text(resource: TemplateResource, name: string): string | undefined {
    const value = resource.properties[name];
    return value === undefined ? undefined : String(value);
}

function setStatus(context: OperationContext, resource: TemplateResource, certificateId: string): void {
    const named = text(resource, "CertificateId");
    if (named !== undefined && named !== certificateId) {
        throw invalid(`The template is for the certificate ${named}, not for ${certificateId}`);
    }
    const newStatus = (text(resource, "Status") ?? "ACTIVE").toUpperCase();
    perform(context, "UpdateCertificate", { certificateId, newStatus: newStatus as "ACTIVE" });
}

/** The name of a template's policy, which is made where it is written out. */
function findPolicy(context: OperationContext, resource: TemplateResource): string {
    const policyDocument = text(resource, "PolicyDocument");
    // A policy without a name is called by what it says.
    const policyName = text(resource, "PolicyName") ?? derivedHexadecimal(64, `policy ${policyDocument}`);
    if (policyDocument !== undefined && policies.get(context, policyName) === undefined) {
        perform(context, "CreatePolicy", { policyName, policyDocument });
    }
    return policies.find(context, policyName).name;
}

/** The name of a template's thing, which is made, or changed as the template says. */
function makeThing(context: OperationContext, resource: TemplateResource): string {
    const thingName = text(resource, "ThingName");
    if (thingName === undefined || !/^[a-zA-Z0-9:_-]{1,128}$/.test(thingName)) {
        throw invalid(`The template gives no name for a thing: ${JSON.stringify(thingName)}`);
    }
    const existing = things.get(context, thingName);
    const attributes = resource.properties["AttributePayload"] as Readonly<Record<string, string>> | undefined;
    const thingTypeName = text(resource, "ThingTypeName");
    const groups = (resource.properties["ThingGroups"] ?? []) as readonly string[];
    if (existing === undefined) {
        perform(context, "CreateThing", { thingName, thingTypeName, attributePayload: { attributes } });
        join(context, thingName, groups);
        return thingName;
    }
    changeThing(context, existing, resource, { attributes, thingTypeName, groups });
    return thingName;
}

interface Wanted {
    readonly attributes?: Readonly<Record<string, string>>;
    readonly thingTypeName?: string;
    readonly groups: readonly string[];
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html#override-settings */
function changeThing(
    context: OperationContext,
    thing: StoredThing,
    { overrideSettings }: TemplateResource,
    { attributes, thingTypeName, groups }: Wanted,
): void {
    const thingName = thing.name;
    const setting = (property: string) => overrideSettings[property] ?? "FAIL";
    const present = groupMembers.to(context, thingName);
    const changes: [property: string, differs: boolean, apply: () => void][] = [
        [
            "AttributePayload",
            attributes !== undefined && !sameAttributes(thing.attributes, attributes),
            () => {
                const merge = setting("AttributePayload") === "MERGE";
                perform(context, "UpdateThing", { thingName, attributePayload: { attributes, merge } });
            },
        ],
        [
            "ThingTypeName",
            thingTypeName !== undefined && thing.type !== thingTypeName,
            () => void perform(context, "UpdateThing", { thingName, thingTypeName }),
        ],
        [
            "ThingGroups",
            groups.some((group) => !present.includes(group)),
            () => {
                present.forEach((group) =>
                    perform(context, "RemoveThingFromThingGroup", { thingName, thingGroupName: group }),
                );
                join(context, thingName, groups);
            },
        ],
    ];
    for (const [property, differs, apply] of changes) {
        if (differs && setting(property) === "FAIL") {
            throw new ProvisioningFailure(
                409,
                "ResourceAlreadyExistsException",
                `Thing ${thingName} already exists with another ${property}`,
            );
        }
        if (differs && setting(property) !== "DO_NOTHING") {
            apply();
        }
    }
}

function join(context: OperationContext, thingName: string, groups: readonly string[]): void {
    groups.forEach((group) => perform(context, "AddThingToThingGroup", { thingName, thingGroupName: group }));
}

function sameAttributes(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
    const names = Object.keys({ ...left, ...right });
    return names.every((name) => left[name] === right[name]);
}
