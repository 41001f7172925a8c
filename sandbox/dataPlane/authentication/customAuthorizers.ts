import { createVerify, randomUUID } from "node:crypto";
import { readPolicyDocument, type PolicyDocument } from "../../../rules/provisioning/policyDocument";
import type { Cloud } from "../../cloud";
import { authorizers, type StoredAuthorizer } from "../../cloud/services/iot/authorizerTable";
import { FunctionError, type Functions } from "../lambda/functions";
import type { ServedEndpoint } from "../tls/servedEndpoint";
import type { Principal, Rights } from "./principal";

/** What a client hands over for an authorizer to judge, whatever protocol it came by. */
export interface CustomCredentials {
    /** `tls` and `mqtt` or `http`. */
    readonly protocols: readonly string[];
    /** What the function is told of each protocol. */
    readonly protocolData: Readonly<Record<string, unknown>>;
    /** What the client says in parameters or headers, by names in lower case: the authorizer's name, token and signature. */
    readonly fields: ReadonlyMap<string, string>;
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth.html */
const nameField = "x-amz-customauthorizer-name";
const signatureField = "x-amz-customauthorizer-signature";

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/config-custom-auth.html */
const limits = { documents: 10, documentLength: 2048, disconnectAfter: { minimum: 300, maximum: 86_400 } };

/** Whether a client asks for an authorizer by name. */
export function namesAuthorizer(fields: ReadonlyMap<string, string>): boolean {
    return fields.has(nameField);
}

/** Lets in whom a custom authorizer's function lets in. */
export class CustomAuthorizers {
    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
        private readonly functions: Functions,
    ) {}

    /** @returns why the client may not connect, where it is a text */
    async authenticate(
        { authorizerConfig, domainName }: ServedEndpoint,
        credentials: CustomCredentials,
        certificateId?: string,
    ): Promise<Principal | string> {
        const { defaultAuthorizerName, allowAuthorizerOverride } = authorizerConfig ?? {};
        const named = allowAuthorizerOverride === false ? undefined : credentials.fields.get(nameField);
        const name = named ?? defaultAuthorizerName;
        if (name === undefined) {
            return `${domainName} has no default authorizer, and the client names none`;
        }
        const authorizer = await this.cloud.observe({ region: this.region }, (context) =>
            authorizers.get(context, name),
        );
        if (authorizer?.status !== "ACTIVE") {
            return `the authorizer ${name} is ${authorizer?.status ?? "not there"}`;
        }
        const token = credentials.fields.get((authorizer.tokenKeyName ?? "").toLowerCase());
        const isVerified = verifies(authorizer, token, credentials.fields.get(signatureField));
        if (authorizer.signingDisabled !== true && !isVerified) {
            return `the token for the authorizer ${name} is not signed by any of its keys`;
        }
        return this.ask(authorizer, { ...credentials, token, isVerified }, certificateId);
    }

    private async ask(
        { authorizerName, authorizerArn, authorizerFunctionArn }: StoredAuthorizer,
        { token, isVerified, protocols, protocolData }: CustomCredentials & { token?: string; isVerified: boolean },
        certificateId?: string,
    ): Promise<Principal | string> {
        const event = {
            ...(token !== undefined && { token }),
            signatureVerified: isVerified,
            protocols,
            protocolData,
            connectionMetadata: { id: randomUUID() },
        };
        try {
            const caller = { sourceArn: authorizerArn };
            const verdict = readVerdict(await this.functions.invoke(authorizerFunctionArn, event, caller));
            return typeof verdict === "string"
                ? `the authorizer ${authorizerName} ${verdict}`
                : new AuthorizedPrincipal(authorizerName, verdict, certificateId);
        } catch (error) {
            if (error instanceof FunctionError) {
                return `the authorizer ${authorizerName} gives no answer: ${error.message}`;
            }
            throw error;
        }
    }
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-token-signing */
function verifies({ tokenSigningPublicKeys }: StoredAuthorizer, token?: string, signature?: string): boolean {
    if (token === undefined || signature === undefined) {
        return false;
    }
    return Object.values(tokenSigningPublicKeys ?? {}).some((key) =>
        createVerify("RSA-SHA256").update(token).verify(key, signature, "base64"),
    );
}

interface Verdict {
    readonly principalId: string;
    readonly documents: readonly PolicyDocument[];
    /** Seconds. */
    readonly disconnectAfter?: number;
}

/** Reads a function's answer. @returns what is wrong with it, where it is a text */
function readVerdict(answer: unknown): Verdict | string {
    const { isAuthenticated, principalId, policyDocuments, disconnectAfterInSeconds } = (answer ?? {}) as {
        isAuthenticated?: unknown;
        principalId?: unknown;
        policyDocuments?: unknown;
        disconnectAfterInSeconds?: unknown;
    };
    if (isAuthenticated !== true) {
        return "does not let the client in";
    }
    if (typeof principalId !== "string" || !/^[a-zA-Z0-9]{1,128}$/.test(principalId)) {
        return "answers without a principalId of 1 to 128 letters and digits";
    }
    if (!Array.isArray(policyDocuments) || policyDocuments.length > limits.documents) {
        return `answers without a list of at most ${limits.documents} policyDocuments`;
    }
    const documents = policyDocuments.map((given: unknown) => readPolicyDocument(given, "policyDocuments"));
    const isTooLong = policyDocuments.some((given) => lengthOf(given) > limits.documentLength);
    if (isTooLong || documents.some(({ document }) => document === undefined)) {
        return `answers with a policy document that is none, or longer than ${limits.documentLength} characters`;
    }
    return {
        principalId,
        documents: documents.flatMap(({ document }) => document ?? []),
        disconnectAfter: duration(disconnectAfterInSeconds),
    };
}

function lengthOf(document: unknown): number {
    return (typeof document === "string" ? document : JSON.stringify(document)).length;
}

function duration(seconds: unknown): number {
    const { minimum, maximum } = limits.disconnectAfter;
    return typeof seconds === "number" ? Math.min(Math.max(seconds, minimum), maximum) : maximum;
}

/** Somebody whom an authorizer has let in, with the policies that it has given. */
class AuthorizedPrincipal implements Principal {
    readonly name: string;
    readonly disconnectAfter?: number;

    constructor(
        authorizerName: string,
        private readonly verdict: Verdict,
        readonly certificateId?: string,
    ) {
        this.name = `${verdict.principalId} by the authorizer ${authorizerName}`;
        this.disconnectAfter = verdict.disconnectAfter === undefined ? undefined : verdict.disconnectAfter * 1000;
    }

    rights(): Rights {
        return { documents: this.verdict.documents, variables: {} };
    }
}
