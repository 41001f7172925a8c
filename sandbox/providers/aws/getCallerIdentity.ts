import { text } from "../framework/properties";
import { defineFunction } from "./resource";

export const getCallerIdentity = defineFunction({
    scope: "global",
    properties: { id: text() },
    async call(aws) {
        const { Account, Arn, UserId } = await aws.call("sts", "GetCallerIdentity");
        return { id: Account, accountId: Account, arn: Arn, userId: UserId };
    },
});
