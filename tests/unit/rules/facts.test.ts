import assert from "node:assert/strict";
import { isCertificateArn, parseArn } from "../../../rules/arns";
import { dataEndpointFindings, parseIotEndpoint } from "../../../rules/dataEndpoints";
import {
    certificateArnFindings,
    nameFindings,
    serverCertificateCountFindings,
    serviceTypeFindings,
} from "../../../rules/domainConfigurations";
import { expiryAlarm, expiryAlarmFindings } from "../../../rules/expiryAlarms";
import type { Finding } from "../../../rules/finding";
import { partitionFindings, partitionOf, regionFindings } from "../../../rules/regions";
import { securityPolicies, securityPolicyFindings } from "../../../rules/securityPolicies";
import { keyAlgorithmFindings } from "../../../rules/serverCertificates";

const acm = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const alarm = { ...expiryAlarm, alarmActions: ["arn:aws:sns:us-east-1:123456789012:x"] };
const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

/** What is judged, by which rule, and the findings it must have. */
const cases: ReadonlyArray<readonly [string, readonly Finding[], readonly string[]]> = [
    [
        "a security policy of the region",
        securityPolicyFindings("IoTSecurityPolicy_TLS13_1_3_2022_10", "eu-central-1", "p"),
        [],
    ],
    [
        "a TLS 1.3 policy in GovCloud",
        securityPolicyFindings("IoTSecurityPolicy_TLS13_1_3_2022_10", "us-gov-west-1", "p"),
        ["security-policy-region"],
    ],
    [
        "a regional policy elsewhere",
        securityPolicyFindings("IoTSecurityPolicy_TLS12_1_0_2015_01", "us-east-2", "p"),
        ["security-policy-region"],
    ],
    [
        "a policy in another spelling",
        securityPolicyFindings("IotSecurityPolicy_TLS13_1_3_2022_10", "us-east-1", "p"),
        ["security-policy-name"],
    ],
    [
        "a policy in another spelling that the region does not have",
        securityPolicyFindings("iotsecuritypolicy_tls13_1_3_2022_10", "us-gov-west-1", "p").filter(({ remedy }) =>
            /choose a policy that us-gov-west-1 has; .* not offered there/.test(remedy),
        ),
        ["security-policy-name"],
    ],
    ["a region", regionFindings("eu-central-1", "p"), []],
    ["a region that is not in the list", regionFindings("mx-central-1", "p"), ["region-known"]],
    ["no region", regionFindings("us_east_1", "p"), ["region-name"]],
    ["a name", nameFindings("prod-telemetry_1.0", "p"), []],
    ["a reserved name", nameFindings("IoT:Data-ATS", "p"), ["domain-configuration-name"]],
    ["an empty name", nameFindings("", "p"), ["domain-configuration-name"]],
    ["a name of 129 characters", nameFindings("a".repeat(129), "p"), ["domain-configuration-name"]],
    ["the data service", serviceTypeFindings("DATA", "p"), []],
    ["the jobs service", serviceTypeFindings("JOBS", "p"), ["domain-configuration-service-type"]],
    ["one certificate", serverCertificateCountFindings(1, "p"), []],
    ["no certificate", serverCertificateCountFindings(0, "p"), ["domain-configuration-server-certificate"]],
    ["two certificates", serverCertificateCountFindings(2, "p"), ["domain-configuration-server-certificate"]],
    ["a certificate of the region", certificateArnFindings(acm, "us-east-1", "p"), []],
    ["a certificate of another region", certificateArnFindings(acm, "eu-west-1", "p"), ["certificate-region"]],
    [
        "the ARN of something else",
        certificateArnFindings("arn:aws:iam::123456789012:server-certificate/x", "us-east-1", "p"),
        ["certificate-arn"],
    ],
    ["P-256", keyAlgorithmFindings("EC_prime256v1", "p"), []],
    ["RSA 4096", keyAlgorithmFindings("RSA_4096", "p"), ["certificate-key-algorithm"]],
    ["the data endpoint", dataEndpointFindings("a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com", "us-east-1", "p"), []],
    [
        "the data endpoint with a trailing dot",
        dataEndpointFindings("a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com.", "us-east-1", "p"),
        [],
    ],
    [
        "the data endpoint of China",
        dataEndpointFindings("a1b2c3d4e5f6g7-ats.iot.cn-north-1.amazonaws.com.cn", "cn-north-1", "p"),
        [],
    ],
    [
        "another region's endpoint",
        dataEndpointFindings("a1b2c3d4e5f6g7-ats.iot.eu-west-1.amazonaws.com", "us-east-1", "p"),
        ["record-targets-data-endpoint"],
    ],
    [
        "the older endpoint",
        dataEndpointFindings("a1b2c3d4e5f6g7.iot.us-east-1.amazonaws.com", "us-east-1", "p"),
        ["record-targets-data-endpoint"],
    ],
    [
        "a host elsewhere",
        dataEndpointFindings("a-ats.iot.us-east-1.amazonaws.com.evil.example", "us-east-1", "p"),
        ["record-targets-data-endpoint"],
    ],
    ["an alarm as it should be", expiryAlarmFindings(alarm, "p"), []],
    [
        "an alarm that takes silence for health",
        expiryAlarmFindings({ ...alarm, treatMissingData: "notBreaching" }, "p"),
        ["certificate-expiry-alarm"],
    ],
    [
        "an alarm that says nothing of missing data",
        expiryAlarmFindings({ ...alarm, treatMissingData: undefined }, "p"),
        ["certificate-expiry-alarm"],
    ],
    [
        "an alarm that tells nobody",
        expiryAlarmFindings({ ...alarm, alarmActions: [] }, "p"),
        ["certificate-expiry-alarm"],
    ],
];

describe("rules about AWS", () => {
    for (const [what, findings, expected] of cases) {
        it(`${expected.length === 0 ? "accept" : `find ${expected.join(", ")} in`} ${what}`, () => {
            assert.deepEqual(rulesOf(findings), expected);
            for (const finding of findings) {
                assert.ok(finding.path.startsWith("p"));
                assert.match(finding.reference ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
            }
        });
    }

    it("offer at least one security policy in every partition but China", () => {
        const isOffered = (region: string) =>
            securityPolicies.some(({ name }) => securityPolicyFindings(name, region, "p").length === 0);
        assert.deepEqual(["us-east-1", "us-gov-west-1", "cn-north-1", "cn-northwest-1"].map(isOffered), [
            true,
            true,
            false,
            false,
        ]);
        const [finding] = securityPolicyFindings("IoTSecurityPolicy_TLS12_1_0_2016_01", "cn-north-1", "p");
        assert.match(finding?.got ?? "", /AWS offers none in China$/);
        assert.equal(finding?.remedy, "leave cn-north-1 out; its domain configurations take no tlsConfig");
    });

    it("refuse regions of several partitions", () => {
        assert.deepEqual(partitionFindings(["us-east-1", "eu-west-1"], "p"), []);
        assert.deepEqual(rulesOf(partitionFindings(["us-east-1", "us-gov-west-1"], "p")), ["region-partition"]);
    });

    it("tell partitions apart", () =>
        assert.deepEqual(["eu-west-1", "cn-north-1", "us-gov-east-1"].map(partitionOf), [
            "aws",
            "aws-cn",
            "aws-us-gov",
        ]));

    it("take ARNs apart", () => {
        assert.deepEqual(parseArn(acm), {
            partition: "aws",
            service: "acm",
            region: "us-east-1",
            account: "123456789012",
            resource: "certificate/1",
        });
        assert.equal(parseArn("arn:aws:s3:::bucket")?.account, "");
        for (const none of ["", "arn", "arn:aws:acm", 7, undefined]) {
            assert.equal(parseArn(none), undefined);
        }
        assert.equal(isCertificateArn("arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/1"), false);
    });

    it("read endpoints", () => assert.equal(parseIotEndpoint("example.com"), undefined));
});
