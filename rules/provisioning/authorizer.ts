import { createPublicKey } from "node:crypto";
import type { Finding } from "../finding";
import { nameFindings } from "./names";

const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-create-authorizer.html";
const api = "https://docs.aws.amazon.com/iot/latest/apireference/API_CreateAuthorizer.html";

/** What a custom authorizer is told apart from its function. */
export interface AuthorizerSettings {
    readonly name: string;
    readonly tokenKeyName?: string;
    /** In PEM, by names of your own. */
    readonly tokenSigningPublicKeys: Readonly<Record<string, string>>;
    readonly signingDisabled: boolean;
}

/** Longest public key in PEM. @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateAuthorizer.html */
export const maximumPublicKeyLength = 5120;

/** Faults of an authorizer, and advice where its function is open to everybody. */
export function authorizerFindings(settings: AuthorizerSettings, path: string): Finding[] {
    const { tokenKeyName, tokenSigningPublicKeys, signingDisabled } = settings;
    const keys = Object.entries(tokenSigningPublicKeys);
    return [
        ...nameFindings("authorizer", settings.name, `${path}.name`),
        ...(tokenKeyName === undefined ? [] : nameFindings("tokenKey", tokenKeyName, `${path}.tokenKeyName`)),
        ...keys.flatMap(([name, pem]) => [
            ...nameFindings("tokenSigningKey", name, `${path}.tokenSigningPublicKeys.${name}`),
            ...publicKeyFindings(pem, `${path}.tokenSigningPublicKeys.${name}`),
        ]),
        ...(signingDisabled
            ? [unsigned(`${path}.signingDisabled`), ...signingFindings(settings, path, true, needless)]
            : signingFindings(settings, path, false, needed)),
    ];
}

function unsigned(path: string): Finding {
    return {
        rule: "authorizer-signing",
        severity: "low",
        path,
        got: "true",
        expected: "signed tokens",
        remedy: "give tokenKeyName and tokenSigningPublicKeys; without them anybody can call the function, at your expense",
        reference: guide,
    };
}

const needless = {
    got: "a value with signingDisabled",
    expected: "nothing, for AWS looks at no signature",
    remedy: "remove it, or take signingDisabled away, so that tokens are signed",
};
const needed = {
    got: "nothing",
    expected: "a value, for tokens are signed",
    remedy: "add it, or set signingDisabled",
};

/** Faults of what AWS checks signatures with, where it is given or where it is not. */
function signingFindings(
    { tokenKeyName, tokenSigningPublicKeys }: AuthorizerSettings,
    path: string,
    given: boolean,
    words: Pick<Finding, "got" | "expected" | "remedy">,
): Finding[] {
    const isGiven = {
        tokenKeyName: tokenKeyName !== undefined,
        tokenSigningPublicKeys: Object.keys(tokenSigningPublicKeys).length > 0,
    };
    return Object.entries(isGiven)
        .filter(([, each]) => each === given)
        .map(([name]) => ({
            rule: "authorizer-signing",
            severity: "high",
            path: `${path}.${name}`,
            ...words,
            reference: guide,
        }));
}

function publicKeyFindings(pem: string, path: string): Finding[] {
    const got = faultOfKey(pem);
    return got === undefined
        ? []
        : [
              {
                  rule: "authorizer-public-key",
                  severity: got.includes("private") ? "critical" : "high",
                  path,
                  got,
                  expected: `an RSA public key in PEM, at most ${maximumPublicKeyLength} characters`,
                  remedy: "write it with openssl rsa -in PRIVATE.pem -pubout; the private key stays with who signs tokens",
                  reference: api,
              },
          ];
}

/** In words that follow "got", without any of the content. */
function faultOfKey(pem: string): string | undefined {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
        return "a private key";
    }
    if (pem.length > maximumPublicKeyLength) {
        return `${pem.length} characters`;
    }
    if (!pem.includes("-----BEGIN PUBLIC KEY-----")) {
        return "a text without a PUBLIC KEY block";
    }
    try {
        const type = createPublicKey(pem).asymmetricKeyType;
        return type === "rsa" ? undefined : `a key of type ${type}`;
    } catch {
        return "a PUBLIC KEY block that cannot be read";
    }
}
