import type { IncomingMessage } from "node:http";
import { policyLanguageVersion } from "../../../rules/provisioning/policyDocument";
import type { Principal, Rights } from "./principal";

/** What a signed request says of who signs, for what. */
export interface SignatureScope {
    readonly accessKeyId: string;
    readonly region: string;
    readonly service: string;
}

/** Names under which requests to the data endpoint are signed. @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html */
const services: readonly string[] = ["iotdata", "iotdevicegateway"];

const credential = /^([\w-]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/;

/**
 * Reads who has signed a request, in its header or its query; `undefined` for one that is not signed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureScope({ headers, url = "/" }: IncomingMessage): SignatureScope | undefined {
    const query = new URL(url, "https://endpoint").searchParams;
    const [, ofHeader] = /^AWS4-HMAC-SHA256 .*Credential=([^,\s]+)/.exec(headers.authorization ?? "") ?? [];
    const ofQuery = query.get("X-Amz-Algorithm") === "AWS4-HMAC-SHA256" ? query.get("X-Amz-Credential") : undefined;
    const [, accessKeyId, , region, service] = credential.exec(ofHeader ?? ofQuery ?? "") ?? [];
    return accessKeyId === undefined || region === undefined || service === undefined
        ? undefined
        : { accessKeyId, region, service };
}

/**
 * Lets in who signs for this region and service.
 *
 * The sandbox gives nobody secret keys, so there is nothing to hold the signature itself against: any credentials do, here
 * as at its other services.
 *
 * @returns why the request is refused, where it is a text
 */
export function authenticateSignature(scope: SignatureScope, region: string): Principal | string {
    if (!services.includes(scope.service)) {
        return `the request is signed for the service ${scope.service}, expected ${services.join(" or ")}`;
    }
    return scope.region === region
        ? new SigningPrincipal(scope.accessKeyId)
        : `the request is signed for ${scope.region}, expected ${region}`;
}

/** Somebody with credentials of the account. Their IAM policies are not looked at: the account's owner may do everything. */
class SigningPrincipal implements Principal {
    readonly name: string;

    constructor(accessKeyId: string) {
        this.name = `the access key ${accessKeyId}`;
    }

    rights(): Rights {
        const statement = { Effect: "Allow", Action: "*", Resource: "*" } as const;
        return { documents: [{ Version: policyLanguageVersion, Statement: [statement] }], variables: {} };
    }
}
