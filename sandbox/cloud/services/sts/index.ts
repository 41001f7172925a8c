import { parseArn } from "../../../../rules/arns";
import type { OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { derivedId } from "../../identifiers";
import type { OperationTypes } from "../../models/sts";
import type { ServiceDefinition } from "../../service";
import { sessionToken } from "./sessionTokens";

const operations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
    GetCallerIdentity: (_input, context) => ({
        UserId: derivedId("AIDA", 17, context.account),
        Account: context.account,
        Arn: context.arn("iam", "user/sandbox", { region: "" }),
    }),

    /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
    AssumeRole: ({ RoleArn, RoleSessionName, DurationSeconds = 3600 }, context) => {
        const role = parseArn(RoleArn);
        if (role?.service !== "iam" || !role.resource.startsWith("role/")) {
            throw new Refusal("ValidationError", `${RoleArn} is invalid`);
        }
        const name = role.resource.split("/").at(-1) ?? "";
        const session = `${RoleArn}/${RoleSessionName}/${context.now}`;
        return {
            Credentials: {
                AccessKeyId: derivedId("ASIA", 16, session),
                SecretAccessKey: derivedId("", 40, `${session}/secret`),
                SessionToken: sessionToken(RoleArn, RoleSessionName),
                Expiration: new Date(context.now + DurationSeconds * 1000),
            },
            AssumedRoleUser: {
                AssumedRoleId: `${derivedId("AROA", 17, RoleArn)}:${RoleSessionName}`,
                Arn: `arn:${role.partition}:sts::${role.account}:assumed-role/${name}/${RoleSessionName}`,
            },
        };
    },
};

/** AWS Security Token Service: who calls. */
export const sts: ServiceDefinition = { operations, validationException: "ValidationError" };
