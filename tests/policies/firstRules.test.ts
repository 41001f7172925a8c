import { unknownList, unknownObject, unknownText } from "./packProcess";
import {
    acmCertificate,
    certificateArn,
    certificateValidation,
    domainConfiguration,
    domainRecord,
    expiryAlarm,
} from "./resources";
import { describeRules } from "./ruleTable";

const elsewhere = certificateArn.replace("eu-central-1", "us-east-1");

describeRules("policies on domain configurations and what belongs to them", {
    "tls-security-policy": {
        "accepts TLS 1.3 only": { resources: [domainConfiguration()] },
        "refuses AWS's default": {
            resources: [domainConfiguration({ tlsConfig: undefined })],
            violations: [/got nothing, for which AWS takes IoTSecurityPolicy_TLS13_1_2_2022_10/],
        },
        "refuses a null policy as it refuses none": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: null } })],
            violations: [/got nothing/],
        },
        "refuses TLS 1.2": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" } })],
            violations: [/expected IoTSecurityPolicy_TLS13_1_3_2022_10, got "IoTSecurityPolicy_TLS12_1_2_2022_10"/],
        },
        "names the right spelling of a misspelt policy": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: "IotSecurityPolicy_TLS13_1_3_2022_10" } })],
            violations: [/write it as IoTSecurityPolicy_TLS13_1_3_2022_10/],
        },
        "refuses a policy of a wrong type": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: 13 } })],
            violations: [/got 13/],
        },
        "refuses a policy that the region does not have, even when it is allowed": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_0_2016_01" } })],
            settings: { allowed: ["IoTSecurityPolicy_TLS12_1_0_2016_01", "IoTSecurityPolicy_TLS13_1_3_2022_10"] },
            violations: [/which AWS does not offer in eu-central-1/],
        },
        "accepts what the setting allows": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10" } })],
            settings: { allowed: ["IoTSecurityPolicy_TLS13_1_2_2022_10"] },
        },
        "accepts AWS's default where the setting allows it": {
            resources: [domainConfiguration({ tlsConfig: undefined })],
            settings: { allowed: ["IoTSecurityPolicy_TLS13_1_2_2022_10"] },
        },
        "accepts a policy newer than the pack where the setting allows it": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2030_01" } })],
            settings: { allowed: ["IoTSecurityPolicy_TLS13_1_3_2030_01"] },
        },
        "accepts the newest policy of a region that has none of the allowed ones": {
            resources: [
                domainConfiguration({
                    region: "us-gov-west-1",
                    tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" },
                }),
            ],
        },
        "accepts no policy in China, where there is none to choose": {
            resources: [domainConfiguration({ region: "cn-north-1", tlsConfig: undefined })],
        },
        "finds a policy in China, where there is none to choose": {
            resources: [domainConfiguration({ region: "cn-north-1" })],
            violations: [/AWS offers none in China/],
        },
        "takes the region of the provider": {
            resources: [
                domainConfiguration(
                    { region: undefined, tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } },
                    { providerRegion: "us-gov-west-1" },
                ),
            ],
            violations: [/which AWS does not offer in us-gov-west-1/],
        },
        "waits for a policy that is not known yet": {
            resources: [domainConfiguration({ tlsConfig: { securityPolicy: unknownText } })],
        },
        "waits for a TLS configuration that is not known yet": {
            resources: [domainConfiguration({ tlsConfig: unknownObject })],
        },
        "judges the policy while the region is not known yet": {
            resources: [
                domainConfiguration({
                    region: unknownText,
                    tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" },
                }),
            ],
            violations: [/got "IoTSecurityPolicy_TLS12_1_2_2022_10"/],
        },
    },
    "domain-configuration-server-certificate": {
        "accepts one certificate": { resources: [domainConfiguration()] },
        "accepts one certificate that is not known yet": {
            resources: [domainConfiguration({ serverCertificateArns: [unknownText] })],
        },
        "refuses two": {
            resources: [domainConfiguration({ serverCertificateArns: [certificateArn, elsewhere] })],
            violations: [/got 2/],
        },
        "refuses two while neither is known yet": {
            resources: [domainConfiguration({ serverCertificateArns: [unknownText, unknownText] })],
            violations: [/got 2/],
        },
        "refuses none": {
            resources: [domainConfiguration({ serverCertificateArns: [] })],
            violations: [/got 0/],
        },
        "refuses a domain without the property": {
            resources: [domainConfiguration({ serverCertificateArns: undefined })],
            violations: [/got 0/],
        },
        "refuses a null list": {
            resources: [domainConfiguration({ serverCertificateArns: null })],
            violations: [/got 0/],
        },
        "refuses an ARN of IAM": {
            resources: [
                domainConfiguration({ serverCertificateArns: ["arn:aws:iam::123456789012:server-certificate/old"] }),
            ],
            violations: [/expected the ARN of a certificate in AWS Certificate Manager/],
        },
        "leaves an endpoint of AWS's own alone": {
            resources: [domainConfiguration({ serverCertificateArns: undefined, domainName: undefined })],
        },
        "waits for a list that is not known yet": {
            resources: [domainConfiguration({ serverCertificateArns: unknownList })],
        },
    },
    "domain-configuration-name": {
        "accepts letters, digits, underscores, dots and hyphens": {
            resources: [domainConfiguration({ name: "fleet_1.eu-west" })],
        },
        "accepts none, for Pulumi makes one up": { resources: [domainConfiguration({ name: undefined })] },
        "refuses the prefix of AWS's own": {
            resources: [domainConfiguration({ name: "IoT:Data" })],
            violations: [/does not begin with IoT:/],
        },
        "refuses a space": { resources: [domainConfiguration({ name: "my fleet" })], violations: [/got "my fleet"/] },
        "refuses 129 characters": {
            resources: [domainConfiguration({ name: "a".repeat(129) })],
            violations: [/1 to 128/],
        },
        "waits for a name that is not known yet": { resources: [domainConfiguration({ name: unknownText })] },
    },
    "domain-name": {
        "accepts a full name": { resources: [domainConfiguration()] },
        "refuses a wildcard": {
            resources: [domainConfiguration({ domainName: "*.example.com" })],
            violations: [/of its own/],
        },
        "refuses upper case": {
            resources: [domainConfiguration({ domainName: "IoT.example.com" })],
            violations: [/write it as iot\.example\.com/],
        },
        "refuses a single label": {
            resources: [domainConfiguration({ domainName: "iot" })],
            violations: [/full name/],
        },
        "waits for a name that is not known yet": { resources: [domainConfiguration({ domainName: unknownText })] },
    },
    "domain-configuration-service-type": {
        "accepts DATA": { resources: [domainConfiguration()] },
        "accepts none, for DATA is the default": { resources: [domainConfiguration({ serviceType: undefined })] },
        "refuses JOBS": {
            resources: [domainConfiguration({ serviceType: "JOBS" })],
            violations: [/expected DATA, got "JOBS"/],
        },
        "leaves an endpoint of AWS's own alone": {
            resources: [
                domainConfiguration({
                    serviceType: "CREDENTIAL_PROVIDER",
                    domainName: undefined,
                    serverCertificateArns: undefined,
                }),
            ],
        },
        "waits for a type that is not known yet": { resources: [domainConfiguration({ serviceType: unknownText })] },
    },
    "certificate-key-algorithm": {
        "accepts P-256": { resources: [acmCertificate({ keyAlgorithm: "EC_prime256v1" })] },
        "accepts RSA 2048": { resources: [acmCertificate({ keyAlgorithm: "RSA_2048" })] },
        "accepts none, for ACM takes RSA 2048": { resources: [acmCertificate({ keyAlgorithm: undefined })] },
        "refuses P-384": {
            resources: [acmCertificate({ keyAlgorithm: "EC_secp384r1" })],
            violations: [/expected RSA_2048 or EC_prime256v1, got "EC_secp384r1"/],
        },
        "refuses RSA 4096": {
            resources: [acmCertificate({ keyAlgorithm: "RSA_4096" })],
            violations: [/got "RSA_4096"/],
        },
        "waits for an algorithm that is not known yet": { resources: [acmCertificate({ keyAlgorithm: unknownText })] },
    },
    "certificate-region": {
        "accepts a certificate of the same region": { resources: [domainConfiguration()] },
        "refuses one of another region": {
            resources: [domainConfiguration({ serverCertificateArns: [elsewhere] })],
            violations: [/expected a certificate in eu-central-1.*got a certificate in us-east-1/],
        },
        "refuses a validation certificate of another region": {
            resources: [domainConfiguration({ validationCertificateArn: elsewhere })],
            violations: [/validationCertificateArn: .*got a certificate in us-east-1/],
        },
        "refuses a new certificate of another region before its ARN is known": {
            resources: [
                acmCertificate({ region: "us-east-1", arn: unknownText }, { name: "certificate" }),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { sources: { serverCertificateArns: ["certificate"] } },
                ),
            ],
            violations: [/got a certificate in us-east-1/],
        },
        "sees through the validation of a new certificate": {
            resources: [
                acmCertificate({ region: "us-east-1", arn: unknownText }, { name: "certificate" }),
                certificateValidation(
                    { certificateArn: unknownText },
                    { name: "validation", sources: { certificateArn: ["certificate"] } },
                ),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { sources: { serverCertificateArns: ["validation"] } },
                ),
            ],
            violations: [/got a certificate in us-east-1/],
        },
        "accepts a new certificate of the same region": {
            resources: [
                acmCertificate({ arn: unknownText }, { name: "certificate" }),
                domainConfiguration(
                    { serverCertificateArns: unknownList },
                    { sources: { serverCertificateArns: ["certificate"] } },
                ),
            ],
        },
        "waits where neither ARN nor source is known": {
            resources: [domainConfiguration({ serverCertificateArns: [unknownText] })],
        },
        "leaves what is no ARN to another rule": {
            resources: [domainConfiguration({ serverCertificateArns: ["certificate", 7, null] })],
        },
    },
    "certificate-expiry-alarm": {
        "accepts a certificate with an alarm": { resources: [domainConfiguration(), expiryAlarm()] },
        "refuses a certificate without one": {
            resources: [domainConfiguration()],
            violations: [/expected an alarm on AWS\/CertificateManager DaysToExpiry in eu-central-1, got no alarm/],
        },
        "refuses an alarm on another certificate": {
            resources: [domainConfiguration(), expiryAlarm({ dimensions: { CertificateArn: elsewhere } })],
            violations: [/got no alarm/],
        },
        "refuses an alarm in another region": {
            resources: [domainConfiguration(), expiryAlarm({ region: "us-east-1" })],
            violations: [/got no alarm/],
        },
        "refuses an alarm that falls silent at expiry": {
            resources: [domainConfiguration(), expiryAlarm({ treatMissingData: undefined })],
            violations: [/treatMissingData: expected breaching, got nothing/],
        },
        "refuses an alarm without an action": {
            resources: [domainConfiguration(), expiryAlarm({ alarmActions: [] })],
            violations: [/alarmActions: expected at least one action/],
        },
        "refuses an alarm whose actions are off": {
            resources: [domainConfiguration(), expiryAlarm({ actionsEnabled: false })],
            violations: [/actionsEnabled/],
        },
        "refuses an alarm that goes off too late": {
            resources: [domainConfiguration(), expiryAlarm({ threshold: 1 })],
            violations: [/threshold: expected at least 7 days, got 1/],
        },
        "takes the days from its setting": {
            resources: [domainConfiguration(), expiryAlarm({ threshold: 30 })],
            settings: { minimumDays: 45 },
            violations: [/at least 45 days, got 30/],
        },
        "names every fault of an alarm": {
            resources: [
                domainConfiguration(),
                expiryAlarm({ statistic: "Average", period: 300, comparisonOperator: "GreaterThanThreshold" }),
            ],
            violations: [/statistic/, /period/, /comparisonOperator/],
        },
        "finds the alarm of a new certificate by where its ARN comes from": {
            resources: [
                acmCertificate({ arn: unknownText }, { name: "certificate" }),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { sources: { serverCertificateArns: ["certificate"] } },
                ),
                expiryAlarm(
                    { dimensions: { CertificateArn: unknownText }, alarmActions: [unknownText] },
                    { sources: { dimensions: ["certificate"] } },
                ),
            ],
        },
        "misses the alarm of one new certificate of two": {
            resources: [
                acmCertificate({ arn: unknownText }, { name: "first" }),
                acmCertificate({ arn: unknownText }, { name: "second" }),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { name: "one", sources: { serverCertificateArns: ["first"] } },
                ),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { name: "two", sources: { serverCertificateArns: ["second"] } },
                ),
                expiryAlarm({ dimensions: { CertificateArn: unknownText } }, { sources: { dimensions: ["first"] } }),
            ],
            violations: [/got no alarm/],
        },
        "does not hold it against anybody while an alarm's certificate is not known yet": {
            resources: [domainConfiguration(), expiryAlarm({ dimensions: unknownObject })],
        },
        "does not hold it against anybody while neither certificate's ARN is known, nor where they come from": {
            resources: [
                domainConfiguration({ serverCertificateArns: [unknownText] }),
                expiryAlarm({ dimensions: { CertificateArn: unknownText } }),
            ],
        },
        "does not hold it against anybody while a new certificate's alarm names an ARN": {
            resources: [
                acmCertificate({ arn: unknownText }, { name: "certificate" }),
                domainConfiguration(
                    { serverCertificateArns: [unknownText] },
                    { sources: { serverCertificateArns: ["certificate"] } },
                ),
                expiryAlarm(),
            ],
        },
        "finds each certificate's alarm among those of many": {
            resources: Array.from({ length: 5 }, (_, index) => {
                const arn = certificateArn.replace("11111111", `1111111${index}`);
                return [
                    domainConfiguration({ serverCertificateArns: [arn] }, { name: `domain-${index}` }),
                    ...(index === 3
                        ? []
                        : [expiryAlarm({ dimensions: { CertificateArn: arn } }, { name: `${index}` })]),
                ];
            }).flat(),
            violations: [/got no alarm/],
        },
        "judges the rest of an alarm while its actions are not known yet": {
            resources: [domainConfiguration(), expiryAlarm({ alarmActions: unknownList, treatMissingData: "ignore" })],
            violations: [/treatMissingData/],
        },
    },
    "record-targets-data-endpoint": {
        "accepts the data endpoint of the domain's region": { resources: [domainConfiguration(), domainRecord()] },
        "accepts the data endpoint of each region that has the domain": {
            resources: [
                domainConfiguration({}, { name: "eu" }),
                domainConfiguration({ region: "us-east-1" }, { name: "us" }),
                domainRecord({ records: ["a1-ats.iot.eu-central-1.amazonaws.com"] }, { name: "eu-record" }),
                domainRecord({ records: ["a1-ats.iot.us-east-1.amazonaws.com."] }, { name: "us-record" }),
            ],
        },
        "refuses the endpoint of a region without the domain": {
            resources: [domainConfiguration(), domainRecord({ records: ["a1-ats.iot.us-east-1.amazonaws.com"] })],
            violations: [/endpoint of eu-central-1, where iot\.example\.com is configured, got "a1-ats/],
        },
        "refuses something else altogether": {
            resources: [domainConfiguration(), domainRecord({ records: ["load-balancer.example.net"] })],
            violations: [/got "load-balancer\.example\.net"/],
        },
        "refuses an older endpoint, whatever the record's name": {
            resources: [domainRecord({ name: "other.example.com", records: ["a1.iot.eu-central-1.amazonaws.com"] })],
            violations: [/expected the iot:Data-ATS endpoint of eu-central-1/],
        },
        "refuses the name of a describe-domain-configuration answer": {
            resources: [domainConfiguration(), domainRecord({ records: ["d-abc123.iot.eu-central-1.amazonaws.com"] })],
            violations: [/expected the iot:Data-ATS endpoint of eu-central-1/],
        },
        "follows records of the stack": {
            resources: [
                domainConfiguration(),
                domainRecord(
                    { records: undefined, aliases: [{ name: "eu.iot.example.com", zoneId: "Z1" }] },
                    { name: "by-place" },
                ),
                domainRecord(
                    { name: "eu.iot.example.com", records: ["a1-ats.iot.us-east-1.amazonaws.com"] },
                    { name: "failover" },
                ),
            ],
            violations: [/endpoint of eu-central-1.*got "a1-ats\.iot\.us-east-1/],
        },
        "leaves other records alone": {
            resources: [
                domainConfiguration(),
                domainRecord({ name: "www.example.com", records: ["example.net"] }),
                domainRecord({ type: "TXT", records: ["a1.iot.eu-central-1.amazonaws.com"] }, { name: "text" }),
            ],
        },
        "waits for a target that is not known yet and judges the others": {
            resources: [
                domainConfiguration(),
                domainRecord({ records: [unknownText, "a1-ats.iot.us-east-1.amazonaws.com"] }),
            ],
            violations: [/records\[1\]/],
        },
        "waits for the domain's region": {
            resources: [domainConfiguration({ region: unknownText }), domainRecord()],
        },
    },
});
