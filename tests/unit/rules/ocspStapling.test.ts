import assert from "node:assert/strict";
import { formatFinding } from "../../../rules/finding";
import { staplingFindings, type StapledDomain, type StaplingSettings } from "../../../rules/ocspStapling";

const lambda = (region: string, name = "responder") => `arn:aws:lambda:${region}:123456789012:function:${name}`;
const signer = (region: string) =>
    `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;
const domain = (...regions: string[]): StapledDomain => ({ regions, ownAuthority: false });
const own: StapledDomain = { regions: ["us-east-1"], ownAuthority: true };

describe("the rules of OCSP stapling", () => {
    const cases: ReadonlyArray<readonly [string, Partial<StaplingSettings>, StapledDomain, readonly RegExp[]]> = [
        ["accept stapling from the CA's own responder", {}, domain("us-east-1", "cn-north-1"), []],
        ["refuse it in AWS GovCloud (US)", {}, domain("us-gov-west-1"), [/^p\.enableOCSPCheck: .*us-gov-west-1/]],
        ["accept in AWS GovCloud (US) that it is off", { enableOCSPCheck: false }, domain("us-gov-west-1"), []],
        ["refuse it for a certificate of the stack's own CA", {}, own, [/^p\.enableOCSPCheck: .*CA answers/]],
        [
            "accept such a certificate with a responder of one's own",
            { ocspLambdaArn: { "us-east-1": lambda("us-east-1") } },
            own,
            [],
        ],
        [
            "want a function in each region",
            { ocspLambdaArn: { "us-east-1": lambda("us-east-1"), "eu-west-1": lambda("us-east-1") } },
            domain("us-east-1", "eu-west-1", "eu-west-2"),
            [/^p\.ocspLambdaArn\.eu-west-1: .*a function in us-east-1/, /^p\.ocspLambdaArn\.eu-west-2: .*nothing/],
        ],
        [
            "want the function's ARN to be as short as AWS does",
            { ocspLambdaArn: { "us-east-1": lambda("us-east-1", "r".repeat(100)) } },
            domain("us-east-1"),
            [/^p\.ocspLambdaArn\.us-east-1: expected at most 140 characters, got 147 characters/],
        ],
        [
            "want a responder's certificate of ACM in each region",
            { ocspAuthorizedResponderArn: { "us-east-1": lambda("us-east-1"), "eu-west-1": signer("us-east-1") } },
            domain("us-east-1", "eu-west-1", "eu-west-2"),
            [
                /^p\.ocspAuthorizedResponderArn\.us-east-1: expected the ARN of a certificate/,
                /^p\.ocspAuthorizedResponderArn\.eu-west-1: .*a certificate in us-east-1/,
                /^p\.ocspAuthorizedResponderArn\.eu-west-2: .*got nothing/,
            ],
        ],
    ];
    for (const [title, settings, stapled, expected] of cases) {
        it(title, () => {
            const found = staplingFindings({ enableOCSPCheck: true, ...settings }, stapled, "p").map(formatFinding);
            assert.equal(found.length, expected.length, found.join("\n"));
            expected.forEach((pattern, index) => assert.match(found[index] ?? "", pattern));
        });
    }
});
