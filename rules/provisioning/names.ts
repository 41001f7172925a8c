import type { Finding } from "../finding";

/** What AWS takes as the name of something. */
interface NameLimit {
    /** In words that follow "the name of". */
    readonly of: string;
    readonly pattern: RegExp;
    readonly maximum: number;
    /** The characters of the pattern in words. */
    readonly characters: string;
    readonly reference: string;
}

const api = (page: string): string => `https://docs.aws.amazon.com/iot/latest/apireference/API_${page}.html`;
const registryCharacters = "letters, digits, colons, underscores and hyphens";

/**
 * Limits of every name that provisioning gives, each with the page of the operation that refuses others.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html
 */
export const nameLimits = {
    provisioningTemplate: {
        of: "a provisioning template",
        pattern: /^[0-9A-Za-z_-]+$/,
        maximum: 36,
        characters: "letters, digits, underscores and hyphens",
        reference: api("CreateProvisioningTemplate"),
    },
    policy: {
        of: "an AWS IoT policy",
        pattern: /^[\w+=,.@-]+$/,
        maximum: 128,
        characters: "letters, digits and _ + = , . @ -",
        reference: api("CreatePolicy"),
    },
    authorizer: {
        of: "an authorizer",
        pattern: /^[\w=,@-]+$/,
        maximum: 128,
        characters: "letters, digits and _ = , @ -",
        reference: api("CreateAuthorizer"),
    },
    tokenKey: {
        of: "the field that carries the token",
        pattern: /^[a-zA-Z0-9_-]+$/,
        maximum: 128,
        characters: "letters, digits, underscores and hyphens",
        reference: api("CreateAuthorizer"),
    },
    tokenSigningKey: {
        of: "a token signing key",
        pattern: /^[a-zA-Z0-9:_-]+$/,
        maximum: 128,
        characters: registryCharacters,
        reference: api("CreateAuthorizer"),
    },
    thing: {
        of: "a thing",
        pattern: /^[a-zA-Z0-9:_-]+$/,
        maximum: 128,
        characters: registryCharacters,
        reference: api("CreateThing"),
    },
    thingType: {
        of: "a thing type",
        pattern: /^[a-zA-Z0-9:_-]+$/,
        maximum: 128,
        characters: registryCharacters,
        reference: api("CreateThingType"),
    },
    thingGroup: {
        of: "a thing group",
        pattern: /^[a-zA-Z0-9:_-]+$/,
        maximum: 128,
        characters: registryCharacters,
        reference: api("CreateThingGroup"),
    },
    attribute: {
        of: "a thing's attribute",
        pattern: /^[a-zA-Z0-9_.,@/:#-]+$/,
        maximum: 128,
        characters: "letters, digits and _ . , @ / : # -",
        reference: api("AttributePayload"),
    },
    lambdaFunction: {
        of: "a Lambda function",
        pattern: /^[a-zA-Z0-9_-]+$/,
        maximum: 64,
        characters: "letters, digits, underscores and hyphens",
        reference: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
    },
} as const satisfies Record<string, NameLimit>;

/** What has a name of {@link nameLimits}. */
export type Named = keyof typeof nameLimits;

/** Faults of a name: characters and length. */
export function nameFindings(named: Named, name: string, path: string): Finding[] {
    const { of, pattern, maximum, characters, reference } = nameLimits[named];
    if (name.length <= maximum && pattern.test(name)) {
        return [];
    }
    return [
        {
            rule: "provisioning-name",
            severity: "high",
            path,
            got: name.length > maximum ? `${name.length} characters` : JSON.stringify(name),
            expected: `the name of ${of}: 1 to ${maximum} ${characters}`,
            remedy: name.length > maximum ? "choose a shorter name" : "choose a name of these characters",
            reference,
        },
    ];
}
