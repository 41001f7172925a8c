import { acmCertificate, domainConfiguration } from "../examples";
import { defineRule } from "../framework/rule";
import { isSet, isUnknown, valueAt, type Properties } from "../framework/values";
import { awsConfig, securityHub } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

interface TagSettings {
    readonly keys: readonly string[];
}

/** Advice: resources say whose they are. */
export const requiredTags = defineRule<TagSettings>({
    name: "required-tags",
    title: "Required tags",
    description:
        "Domain configurations, certificates, authorizers, templates and alarms have the tags that are asked for.",
    rationale:
        "Tags say who pays and who is asked; a rule is the only way to have them everywhere. None is asked for by default.",
    severity: "low",
    enforcementLevel: "advisory",
    reference: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    frameworks: [...securityHub("ACM.3", "IoT.4"), ...awsConfig("required-tags")],
    remediation: {
        code: 'tags: { environment: "production" }',
        cli: "aws iot tag-resource --resource-arn ARN --tags Key=environment,Value=production",
        console: "AWS IoT > Connect > Domain configurations > the domain > Tags",
    },
    settings: {
        keys: {
            type: "array",
            items: { type: "string" },
            description: "Keys of tags that each of these resources must have.",
            default: [],
        },
    },
    examples: {
        settings: { keys: ["project", "environment"] },
        compliant: [domainConfiguration(), acmCertificate()],
        violating: [domainConfiguration({ tags: { project: "iot-domains" } })],
    },
    resource: {
        types: [
            resourceTypes.domainConfiguration,
            resourceTypes.acmCertificate,
            resourceTypes.authorizer,
            resourceTypes.provisioningTemplate,
            resourceTypes.metricAlarm,
        ],
        check: ({ properties }, { settings }) =>
            settings.keys
                .filter((key) => !isTagged(properties, key))
                .map((key) => ({
                    path: `tags.${key}`,
                    got: "nothing",
                    expected: "a tag of that key",
                    remedy: "add the tag, or give it to the provider as a default tag",
                })),
    },
});

/** Default tags of the provider count as well; the engine shows both together as tagsAll. */
function isTagged(properties: Properties, key: string): boolean {
    return ["tags", "tagsAll"].some((tags) => isUnknown(valueAt(properties, tags)) || isSet(properties, tags, key));
}
