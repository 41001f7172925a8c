import { expiryAlarm as alarmForm, expiryAlarmFindings, isExpiryAlarm } from "../../rules/expiryAlarms";
import {
    certificateReference,
    isSameCertificate,
    regionOfCertificate,
    type CertificateReference,
} from "../certificates";
import { domainConfiguration, expiryAlarm } from "../examples";
import { groupedBy, knownRegionOf, oncePerStack, type ResourceView, type StackView } from "../framework/resources";
import { defineRule, type StackFault } from "../framework/rule";
import { isList, isUnknown, quote, valueAt } from "../framework/values";
import { awsConfig, securityHub } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

interface AlarmSettings {
    readonly minimumDays: number;
}

/** Every server certificate has an alarm that goes off before it expires. */
export const certificateExpiryAlarm = defineRule<AlarmSettings>({
    name: "certificate-expiry-alarm",
    title: "Alarm before a certificate expires",
    description: "Every certificate that a domain configuration serves has an alarm on the days that it has left.",
    rationale:
        "An imported certificate is never renewed by ACM, and a renewal can fail; a fleet whose server certificate has expired " +
        "cannot connect. ACM stops its metric at expiry, so missing data must count as breaching.",
    severity: "high",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    frameworks: [...securityHub("CloudWatch.15", "CloudWatch.17"), ...awsConfig("cloudwatch-alarm-action-check")],
    remediation: {
        code:
            'new aws.cloudwatch.MetricAlarm("expiry", { region, namespace: "AWS/CertificateManager", metricName: "DaysToExpiry",\n' +
            '    dimensions: { CertificateArn: certificate.arn }, statistic: "Minimum", period: 86400, evaluationPeriods: 1,\n' +
            '    comparisonOperator: "LessThanOrEqualToThreshold", threshold: 30, treatMissingData: "breaching",\n' +
            "    alarmActions: [topic.arn] });",
        cli:
            "aws cloudwatch put-metric-alarm --alarm-name NAME --namespace AWS/CertificateManager --metric-name DaysToExpiry " +
            "--dimensions Name=CertificateArn,Value=ARN --statistic Minimum --period 86400 --evaluation-periods 1 " +
            "--comparison-operator LessThanOrEqualToThreshold --threshold 30 --treat-missing-data breaching --alarm-actions TOPIC",
        console:
            "CloudWatch > Alarms > Create alarm > CertificateManager > DaysToExpiry; Minimum over 1 day, missing data as bad, " +
            "in the certificate's region",
    },
    settings: {
        minimumDays: {
            type: "integer",
            minimum: 1,
            description: "Days before expiry at which the alarm must have gone off.",
            default: 7,
        },
    },
    examples: {
        compliant: [domainConfiguration(), expiryAlarm()],
        violating: [domainConfiguration(), expiryAlarm({ treatMissingData: "notBreaching" })],
    },
    stack: (stack, { settings }) => [
        ...unwatchedFaults(stack),
        ...alarmsOf(stack).flatMap((alarm) => alarmFaults(alarm, settings.minimumDays)),
    ],
});

const alarmsOf = oncePerStack((stack) =>
    stack.resources(resourceTypes.metricAlarm).filter(({ properties }) => isExpiryAlarm(properties)),
);

/** The certificate that an alarm watches. */
function watchedCertificate(alarm: ResourceView): CertificateReference {
    return certificateReference(valueAt(alarm.properties, "dimensions", alarmForm.dimension), alarm, "dimensions");
}

/** Expiry alarms by what is known of the certificate that each of them watches. */
const alarmIndex = oncePerStack((stack) => {
    const alarms = alarmsOf(stack);
    const knownArn = (alarm: ResourceView) => [watchedCertificate(alarm).arn].filter((arn) => typeof arn === "string");
    const sources = (alarm: ResourceView) => watchedCertificate(alarm).certificates.map(({ urn }) => urn);
    return {
        all: alarms,
        byArn: groupedBy(alarms, knownArn),
        bySource: groupedBy(alarms, sources),
        withoutKnownArn: alarms.filter((alarm) => knownArn(alarm).length === 0),
        withoutSource: alarms.filter((alarm) => sources(alarm).length === 0),
    };
});

/** The alarms that may watch a certificate: few, where each certificate has its own. */
function candidates(stack: StackView, { arn, certificates }: CertificateReference): readonly ResourceView[] {
    const { all, byArn, bySource, withoutKnownArn, withoutSource } = alarmIndex(stack);
    if (typeof arn === "string") {
        return [...(byArn.get(arn) ?? []), ...withoutKnownArn];
    }
    return certificates.length === 0
        ? all
        : [...certificates.flatMap(({ urn }) => bySource.get(urn) ?? []), ...withoutSource];
}

function unwatchedFaults(stack: StackView): StackFault[] {
    return stack.resources(resourceTypes.domainConfiguration).flatMap((resource) =>
        servedCertificates(resource).flatMap(({ path, reference }): StackFault[] => {
            const region = regionOfCertificate(reference) ?? knownRegionOf(resource);
            if (candidates(stack, reference).some((alarm) => watches(alarm, reference, region))) {
                return [];
            }
            return [
                {
                    resource,
                    path,
                    got: "no alarm on its expiry",
                    expected: `an alarm on ${alarmForm.namespace} ${alarmForm.metricName}${region === undefined ? "" : ` in ${region}`}`,
                    remedy: "add one with an action that tells somebody, in the region of the certificate",
                },
            ];
        }),
    );
}

function servedCertificates(resource: ResourceView): { path: string; reference: CertificateReference }[] {
    const property = "serverCertificateArns";
    const arns = valueAt(resource.properties, property);
    if (isUnknown(arns)) {
        return [{ path: property, reference: certificateReference(arns, resource, property) }];
    }
    return (isList(arns) ? arns : [])
        .map((arn, index) => ({
            path: `${property}[${index}]`,
            reference: certificateReference(arn, resource, property),
        }))
        .filter(({ reference }) => reference.arn !== undefined);
}

/** Whether an alarm watches a certificate; where that is not known yet, it is not held against anybody. */
function watches(alarm: ResourceView, certificate: CertificateReference, region: string | undefined): boolean {
    const alarmRegion = knownRegionOf(alarm);
    if (region !== undefined && alarmRegion !== undefined && alarmRegion !== region) {
        return false;
    }
    const watched = watchedCertificate(alarm);
    return watched.arn !== undefined && isSameCertificate(watched, certificate) !== false;
}

function alarmFaults(alarm: ResourceView, minimumDays: number): StackFault[] {
    const { properties } = alarm;
    const findings = expiryAlarmFindings(properties, "alarm").map(({ path, got, expected, remedy }) => ({
        resource: alarm,
        path: path.replace(/^alarm\./, ""),
        got,
        expected,
        remedy,
    }));
    const threshold = valueAt(properties, "threshold");
    const tooLate: StackFault[] =
        typeof threshold === "number" && threshold < minimumDays
            ? [
                  {
                      resource: alarm,
                      path: "threshold",
                      got: quote(threshold),
                      expected: `at least ${minimumDays} days`,
                      remedy: "let the alarm go off while there is time to renew the certificate",
                  },
              ]
            : [];
    return [...findings.filter(({ path }) => !isUnknown(valueAt(properties, path))), ...tooLate];
}
