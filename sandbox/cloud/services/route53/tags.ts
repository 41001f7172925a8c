import type { OperationContext, OperationsOf } from "../../context";
import type { ListTagsForResourceRequest, OperationTypes } from "../../models/route53";
import { findHealthCheck } from "./healthChecks";
import { findZone } from "./hostedZones";
import { bareId } from "./names";
import { tagSet } from "./tagSet";

const finders = { hostedzone: findZone, healthcheck: findHealthCheck };

/** The key of an existing resource's tags. @throws Refusal where there is no such resource */
function keyOf({ ResourceType, ResourceId }: ListTagsForResourceRequest, context: OperationContext): string {
    finders[ResourceType](context, ResourceId);
    return `${ResourceType}/${bareId(ResourceId)}`;
}

/** Tags of hosted zones and health checks. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html */
    ChangeTagsForResource: (input, context) => {
        const key = keyOf(input, context);
        tagSet.remove(context, key, input.RemoveTagKeys ?? []);
        tagSet.add(context, key, input.AddTags);
        return {};
    },

    /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html */
    ListTagsForResource: (input, context) => ({
        ResourceTagSet: {
            ResourceType: input.ResourceType,
            ResourceId: input.ResourceId,
            Tags: tagSet.list(context, keyOf(input, context)),
        },
    }),
};
