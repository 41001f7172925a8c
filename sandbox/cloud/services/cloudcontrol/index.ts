import { isDeepStrictEqual } from "node:util";
import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/cloudcontrol";
import { paginate } from "../../pagination";
import type { ServiceDefinition } from "../../service";
import { applyPatch } from "./jsonPatch";
import { findRequest, runRequest } from "./requests";
import { resourceTypes, type Properties, type ResourceType } from "./resourceTypes";

/** @throws Refusal TypeNotFoundException, which names the type */
function findType(name: string): ResourceType {
    const type = Object.hasOwn(resourceTypes, name) ? resourceTypes[name] : undefined;
    if (type === undefined) {
        const known = Object.keys(resourceTypes).join(", ");
        throw new Refusal("TypeNotFoundException", `The sandbox has no resource type ${name}; it has ${known}`);
    }
    return type;
}

function parseState(desiredState: string): Properties {
    try {
        const state: unknown = JSON.parse(desiredState);
        if (typeof state === "object" && state !== null && !Array.isArray(state)) {
            return state as Properties;
        }
    } catch {
        // Reported below, like any other text that is no object.
    }
    throw new Refusal("InvalidRequestException", "The desired state is not a JSON object");
}

function refuseReadOnly({ readOnly }: ResourceType, desired: Properties): void {
    const given = readOnly.filter((name) => name in desired);
    if (given.length > 0) {
        throw new Refusal(
            "InvalidRequestException",
            `Encountered unsupported read-only properties: ${given.join(", ")}`,
        );
    }
}

const operations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html */
    CreateResource: ({ TypeName, DesiredState }, context) => {
        const type = findType(TypeName);
        const desired = parseState(DesiredState);
        refuseReadOnly(type, desired);
        return {
            ProgressEvent: runRequest(context, { TypeName, Operation: "CREATE" }, () => ({
                Identifier: type.create(desired, context),
            })),
        };
    },

    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html */
    GetResource: ({ TypeName, Identifier }, context) => ({
        TypeName,
        ResourceDescription: {
            Identifier,
            Properties: JSON.stringify(findType(TypeName).read(Identifier, context)),
        },
    }),

    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html */
    ListResources: ({ TypeName, MaxResults = 20, NextToken }, context) => {
        const type = findType(TypeName);
        const { shown, token } = paginate(type.list(context), MaxResults, NextToken);
        return {
            TypeName,
            ResourceDescriptions: shown.map((Identifier) => ({
                Identifier,
                Properties: JSON.stringify(type.read(Identifier, context)),
            })),
            NextToken: token,
        };
    },

    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_UpdateResource.html */
    UpdateResource: ({ TypeName, Identifier, PatchDocument }, context) => {
        const type = findType(TypeName);
        const current = type.read(Identifier, context);
        const desired = applyPatch(current, PatchDocument);
        const fixed = [...type.createOnly, ...type.readOnly];
        const changed = fixed.filter((name) => !isDeepStrictEqual(current[name], desired[name]));
        if (changed.length > 0) {
            throw new Refusal(
                "NotUpdatableException",
                `Invalid patch update: properties [${changed.join(", ")}] cannot be updated`,
            );
        }
        return {
            ProgressEvent: runRequest(context, { TypeName, Operation: "UPDATE", Identifier }, () => {
                type.update(Identifier, current, desired, context);
                return {};
            }),
        };
    },

    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_DeleteResource.html */
    DeleteResource: ({ TypeName, Identifier }, context) => {
        const type = findType(TypeName);
        return {
            ProgressEvent: runRequest(context, { TypeName, Operation: "DELETE", Identifier }, () => {
                type.delete(Identifier, context);
                return {};
            }),
        };
    },

    /** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResourceRequestStatus.html */
    GetResourceRequestStatus: ({ RequestToken }, context) => ({ ProgressEvent: findRequest(context, RequestToken) }),
};

/** AWS Cloud Control API: resources by their CloudFormation types. */
export const cloudcontrol: ServiceDefinition = { operations, validationException: "ValidationException" };
