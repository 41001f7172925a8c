import { flag, tagMap, text, type Inputs } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { missingResource } from "./missing";

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
    authorizerFunctionArn: text({ required: true, refuse: arnFault }),
    enableCachingForHttp: flag({ default: false }),
    signingDisabled: flag({ default: false, replaces: true }),
    status: text({ default: "ACTIVE", oneOf: ["ACTIVE", "INACTIVE"] }),
    tokenKeyName: text(),
    tokenSigningPublicKeys: tagMap({ secret: true }),
    arn: text({ readOnly: true }),
};

export const authorizer = defineResource({
    title: "IoT Authorizer",
    tagging: { tagger: "iot", property: "arn" },
    properties,
    async create(aws, inputs) {
        const { authorizerName } = await aws.call("iot", "CreateAuthorizer", {
            ...changeable(inputs),
            authorizerName: inputs.name,
            signingDisabled: inputs.signingDisabled,
            tags: tagList(inputs.tagsAll),
        });
        return { id: authorizerName };
    },
    async read(aws, authorizerName) {
        const found = await aws.find("iot", "DescribeAuthorizer", { authorizerName }, missingResource);
        if (found === undefined) {
            return undefined;
        }
        const { authorizerDescription: described } = found;
        return {
            name: described.authorizerName,
            authorizerFunctionArn: described.authorizerFunctionArn,
            enableCachingForHttp: described.enableCachingForHttp ?? false,
            signingDisabled: described.signingDisabled ?? false,
            status: described.status,
            tokenKeyName: described.tokenKeyName,
            tokenSigningPublicKeys: described.tokenSigningPublicKeys,
            arn: described.authorizerArn,
        };
    },
    async update(aws, authorizerName, { inputs }) {
        await aws.call("iot", "UpdateAuthorizer", { authorizerName, ...changeable(inputs) });
    },
    async delete(aws, authorizerName, state) {
        // AWS deletes inactive authorizers alone.
        if (state.status === "ACTIVE") {
            const request = { authorizerName, status: "INACTIVE" };
            await aws.find("iot", "UpdateAuthorizer", request, missingResource);
        }
        await aws.find("iot", "DeleteAuthorizer", { authorizerName }, missingResource);
    },
});

function changeable(inputs: Inputs<typeof properties>) {
    return {
        authorizerFunctionArn: inputs.authorizerFunctionArn,
        enableCachingForHttp: inputs.enableCachingForHttp,
        status: inputs.status,
        tokenKeyName: inputs.tokenKeyName,
        tokenSigningPublicKeys: inputs.tokenSigningPublicKeys,
    };
}
