import { Refusal } from "../cloud/errors";

/** What a request's signature says of where it goes. */
export interface CredentialScope {
    readonly region: string;
    /** The service by its signing name: `iot`, `monitoring`. */
    readonly signingName: string;
}

/**
 * Reads the credential scope of a signed request: `AKID/20260101/eu-central-1/iot/aws4_request`.
 *
 * The signature itself is not checked: the sandbox takes whoever reaches it for the owner of the account.
 *
 * @throws Refusal MissingAuthenticationToken where the request is not signed by Signature Version 4
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function credentialScope(authorization: string | undefined): CredentialScope {
    const expression =
        /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/(?<region>[\w-]+)\/(?<signingName>[\w-]+)\/aws4_request,/;
    const { region, signingName } = expression.exec(authorization ?? "")?.groups ?? {};
    if (region === undefined || signingName === undefined) {
        throw new Refusal(
            "MissingAuthenticationToken",
            "expected the header Authorization with a signature of AWS's Signature Version 4; any credentials will do",
            403,
        );
    }
    return { region, signingName };
}
