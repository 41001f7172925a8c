import type { Framework } from "./framework/rule";

const lens = "https://docs.aws.amazon.com/wellarchitected/latest/iot-lens";
const controls = "https://docs.aws.amazon.com/securityhub/latest/userguide";

interface Entry {
    readonly title: string;
    readonly page: string;
}

/** Best practices of the lens that a rule of the pack puts into practice. */
const bestPractices = {
    "IOTREL14-BP02": {
        title: "Implement multi-Region support for IoT applications and devices",
        page: `${lens}/failure-management.html`,
    },
    "IOTSEC04-BP01": {
        title: "Assign least privilege access to devices",
        page: `${lens}/identity-and-access-management.html`,
    },
    "IOTSEC05-BP01": {
        title: "Perform certificate lifecycle management",
        page: `${lens}/identity-and-access-management.html`,
    },
    "IOTSEC10-BP01": {
        title: "Use encryption to protect IoT data in transit and at rest",
        page: `${lens}/data-protection.html`,
    },
} as const satisfies Readonly<Record<string, Entry>>;

const nistPage = "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final";

/** Controls of NIST's catalog that a rule of the pack serves. */
const nistControls = {
    "AC-6": { title: "Least Privilege", page: nistPage },
    "IA-3": { title: "Device Identification and Authentication", page: nistPage },
    "IA-5(2)": { title: "Public Key-based Authentication", page: nistPage },
    "IA-5(7)": { title: "No Embedded Unencrypted Static Authenticators", page: nistPage },
    "SC-8(1)": { title: "Transmission Confidentiality and Integrity: Cryptographic Protection", page: nistPage },
    "SC-12": { title: "Cryptographic Key Establishment and Management", page: nistPage },
    "SC-13": { title: "Cryptographic Protection", page: nistPage },
    "SC-17": { title: "Public Key Infrastructure Certificates", page: nistPage },
} as const satisfies Readonly<Record<string, Entry>>;

/** Controls of AWS Security Hub CSPM that look at what is deployed for what a rule of the pack looks at before. */
const securityHubControls = {
    "ACM.1": {
        title: "Imported and ACM-issued certificates should be renewed after a specified time period",
        page: `${controls}/acm-controls.html#acm-1`,
    },
    "ACM.2": {
        title: "RSA certificates managed by ACM should use a key length of at least 2,048 bits",
        page: `${controls}/acm-controls.html#acm-2`,
    },
    "ACM.3": { title: "ACM certificates should be tagged", page: `${controls}/acm-controls.html#acm-3` },
    "CloudWatch.15": {
        title: "CloudWatch alarms should have specified actions configured",
        page: `${controls}/cloudwatch-controls.html#cloudwatch-15`,
    },
    "CloudWatch.17": {
        title: "CloudWatch alarm actions should be activated",
        page: `${controls}/cloudwatch-controls.html#cloudwatch-17`,
    },
    "IoT.4": { title: "AWS IoT Core authorizers should be tagged", page: `${controls}/iot-controls.html#iot-4` },
    "Lambda.1": {
        title: "Lambda function policies should prohibit public access",
        page: `${controls}/lambda-controls.html#lambda-1`,
    },
    "SNS.4": {
        title: "SNS topic access policies should not allow public access",
        page: `${controls}/sns-controls.html#sns-4`,
    },
} as const satisfies Readonly<Record<string, Entry>>;

const auditChecks = "https://docs.aws.amazon.com/iot-device-defender/latest/devguide";

/** Audit checks of AWS IoT Device Defender, likewise. */
const deviceDefenderChecks = {
    IOT_POLICY_OVERLY_PERMISSIVE_CHECK: {
        title: "AWS IoT policies overly permissive",
        page: `${auditChecks}/audit-chk-iot-policy-permissive.html`,
    },
} as const satisfies Readonly<Record<string, Entry>>;

function referencesTo<Id extends string>(name: string, version: string, entries: Readonly<Record<Id, Entry>>) {
    return (...ids: readonly Id[]): readonly Framework[] =>
        ids.map((id) => ({
            name,
            version,
            reference: id,
            title: entries[id].title,
            specification: entries[id].page,
        }));
}

/** Best practices of the AWS Well-Architected IoT Lens, by their identifiers. @see https://docs.aws.amazon.com/wellarchitected/latest/iot-lens/appendix.html */
export const iotLens = referencesTo("AWS Well-Architected IoT Lens", "2024", bestPractices);

/** Controls of NIST SP 800-53, by their identifiers. @see https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final */
export const nist = referencesTo("NIST SP 800-53", "Revision 5", nistControls);

/** Controls of AWS Security Hub CSPM, by their identifiers. @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
export const securityHub = referencesTo("AWS Security Hub CSPM", "2026", securityHubControls);

/** Audit checks of AWS IoT Device Defender, by their identifiers. @see https://docs.aws.amazon.com/iot-device-defender/latest/devguide/device-defender-audit-checks.html */
export const deviceDefender = referencesTo("AWS IoT Device Defender audit", "2026", deviceDefenderChecks);

/** Managed rules of AWS Config, by their names. @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
export function awsConfig(...names: readonly string[]): readonly Framework[] {
    return names.map((name) => ({
        name: "AWS Config managed rules",
        version: "2026",
        reference: name,
        title: name,
        specification: `https://docs.aws.amazon.com/config/latest/developerguide/${name}.html`,
    }));
}
