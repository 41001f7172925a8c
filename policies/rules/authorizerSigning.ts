import { authorizer } from "../examples";
import { defineRule, type Fault } from "../framework/rule";
import { isSet, isUnknown, valueAt, type Properties } from "../framework/values";
import { awsConfig } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

/** An authorizer's function is called for signed tokens. */
export const authorizerSigning = defineRule({
    name: "authorizer-signing",
    title: "Signed tokens",
    description: "A custom authorizer checks the signature of a token before it calls its function.",
    rationale:
        "Without it anybody on the internet can make AWS IoT Core call the function, at the account's expense, and try " +
        "passwords as fast as it answers.",
    severity: "medium",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-create-authorizer.html",
    frameworks: [...awsConfig("iot-authorizer-token-signing-enabled")],
    remediation: {
        code: 'signingDisabled: false, tokenKeyName: "x-token", tokenSigningPublicKeys: { first: publicKey }',
        cli: "aws iot create-authorizer --authorizer-name NAME --authorizer-function-arn ARN --token-key-name x-token --token-signing-public-keys first=PUBLIC-KEY",
        console: "AWS IoT > Security > Authorizers > Create authorizer > Token validation",
    },
    examples: {
        compliant: [authorizer()],
        violating: [authorizer({ signingDisabled: true })],
    },
    resource: {
        types: [resourceTypes.authorizer],
        check: ({ properties }) => signingFaults(properties),
    },
});

function signingFaults(properties: Properties): Fault[] {
    const disabled = valueAt(properties, "signingDisabled");
    if (disabled === true) {
        return [
            {
                path: "signingDisabled",
                got: "true",
                expected: "signed tokens",
                remedy: "sign tokens, and give tokenKeyName and tokenSigningPublicKeys",
            },
        ];
    }
    return isUnknown(disabled)
        ? []
        : ["tokenKeyName", "tokenSigningPublicKeys"]
              .filter((path) => !isSet(properties, path))
              .map((path) => ({
                  path,
                  got: "nothing",
                  expected: "a value, for tokens are signed",
                  remedy: "give both, for AWS refuses one without the other",
              }));
}
