import { createPublicKey } from "node:crypto";
import { parseArn } from "../../../../rules/arns";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { AuthorizerDescription, OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { authorizers, type StoredAuthorizer } from "./authorizerTable";
import { domainConfigurations } from "./domainConfigurationTable";
import { tagSet } from "./tags";

type AuthorizerCheck = (authorizer: StoredAuthorizer) => string | undefined;

function isPublicKey(text: string): boolean {
    try {
        return createPublicKey(text).asymmetricKeyType === "rsa";
    } catch {
        return false;
    }
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/config-custom-auth.html */
const authorizerChecks: readonly AuthorizerCheck[] = [
    ({ authorizerFunctionArn }) =>
        parseArn(authorizerFunctionArn)?.service === "lambda"
            ? undefined
            : "authorizerFunctionArn must be the ARN of a Lambda function",
    ({ signingDisabled, tokenKeyName, tokenSigningPublicKeys = {} }) =>
        signingDisabled !== true && (tokenKeyName === undefined || Object.keys(tokenSigningPublicKeys).length === 0)
            ? "tokenKeyName and tokenSigningPublicKeys are required unless signing is disabled"
            : undefined,
    ({ signingDisabled, tokenKeyName, tokenSigningPublicKeys }) =>
        signingDisabled === true && (tokenKeyName ?? tokenSigningPublicKeys) !== undefined
            ? "tokenKeyName and tokenSigningPublicKeys cannot be given where signing is disabled"
            : undefined,
    ({ tokenSigningPublicKeys = {} }) => {
        const wrong = Object.entries(tokenSigningPublicKeys).find(([, key]) => !isPublicKey(key));
        return wrong && `The token signing key ${wrong[0]} is not an RSA public key in PEM`;
    },
];

function put(context: OperationContext, authorizer: StoredAuthorizer): void {
    const fault = authorizerChecks.map((check) => check(authorizer)).find((found) => found !== undefined);
    if (fault !== undefined) {
        throw new Refusal("InvalidRequestException", fault);
    }
    authorizers.put(context, authorizer.authorizerName, authorizer);
}

function describe({ createdAt, modifiedAt, ...authorizer }: StoredAuthorizer): AuthorizerDescription {
    return { ...authorizer, creationDate: new Date(createdAt), lastModifiedDate: new Date(modifiedAt) };
}

/** Custom authorizers. */
export const authorizerOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateAuthorizer.html */
    CreateAuthorizer: ({ tags, ...input }, context) => {
        const authorizerArn = context.arn("iot", `authorizer/${input.authorizerName}`);
        const authorizer: StoredAuthorizer = {
            status: "INACTIVE",
            signingDisabled: false,
            enableCachingForHttp: false,
            ...input,
            authorizerArn,
            createdAt: context.now,
            modifiedAt: context.now,
        };
        authorizers.add(context, input.authorizerName, authorizer);
        put(context, authorizer);
        tagSet.add(context, authorizerArn, tags);
        return { authorizerName: input.authorizerName, authorizerArn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeAuthorizer.html */
    DescribeAuthorizer: ({ authorizerName }, context) => ({
        authorizerDescription: describe(authorizers.find(context, authorizerName)),
    }),

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListAuthorizers.html */
    ListAuthorizers: ({ pageSize = 25, marker, status }, context) => {
        const matching = authorizers.list(context).filter((other) => status === undefined || other.status === status);
        const { shown, token } = paginate(matching, pageSize, marker);
        return {
            authorizers: shown.map(({ authorizerName, authorizerArn }) => ({ authorizerName, authorizerArn })),
            nextMarker: token,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateAuthorizer.html */
    UpdateAuthorizer: (input, context) => {
        const authorizer = authorizers.find(context, input.authorizerName);
        put(context, { ...authorizer, ...input, modifiedAt: context.now });
        return { authorizerName: authorizer.authorizerName, authorizerArn: authorizer.authorizerArn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteAuthorizer.html */
    DeleteAuthorizer: ({ authorizerName }, context) => {
        const authorizer = authorizers.find(context, authorizerName);
        if (authorizer.status === "ACTIVE") {
            throw new Refusal(
                "DeleteConflictException",
                `Authorizer ${authorizerName} must be INACTIVE before it can be deleted`,
            );
        }
        const user = context
            .table(domainConfigurations)
            .list()
            .find(({ authorizerConfig }) => authorizerConfig?.defaultAuthorizerName === authorizerName);
        if (user !== undefined) {
            throw new Refusal(
                "DeleteConflictException",
                `Authorizer ${authorizerName} is the default of the domain configuration ${user.name}`,
            );
        }
        authorizers.delete(context, authorizerName);
        tagSet.clear(context, authorizer.authorizerArn);
        return {};
    },
};
