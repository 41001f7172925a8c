import { text } from "../../framework/properties";
import { defineResource } from "../resource";
import { missingResource } from "./missing";

export const policyAttachment = defineResource({
    title: "IoT Policy Attachment",
    properties: {
        policy: text({ required: true, replaces: true }),
        target: text({ required: true, replaces: true }),
    },
    async create(aws, { policy, target }) {
        await aws.call("iot", "AttachPolicy", { policyName: policy, target });
        return { id: `${policy}|${target}` };
    },
    async read(aws, id) {
        const [policy = "", target = ""] = id.split("|");
        let marker: string | undefined;
        do {
            const page = await aws.find("iot", "ListAttachedPolicies", { target, marker }, missingResource);
            const policies: Array<{ policyName: string }> = page?.policies ?? [];
            if (policies.some(({ policyName }) => policyName === policy)) {
                return { policy, target };
            }
            marker = page?.nextMarker;
        } while (marker !== undefined);
        return undefined;
    },
    async delete(aws, id) {
        const [policyName, target] = id.split("|");
        await aws.find("iot", "DetachPolicy", { policyName, target }, missingResource);
    },
});
