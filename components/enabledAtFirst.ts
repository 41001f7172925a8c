import * as pulumi from "@pulumi/pulumi";

let hook: pulumi.ResourceHook | undefined;

/**
 * Says, in a preview too, that a domain configuration that is to be disabled comes up enabled.
 *
 * AWS takes no status when it makes one, so a preview that shows `status: "DISABLED"` promises too much: the next
 * deployment disables it.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html
 */
export function enabledAtFirst(): pulumi.ResourceHook {
    hook ??= new pulumi.ResourceHook(
        "domain-configuration-enabled-at-first",
        async ({ name }) => {
            await pulumi.log.warn(
                `${name}: AWS makes every domain configuration ENABLED; deploy once more to have it DISABLED.`,
            );
        },
        { onDryRun: true },
    );
    return hook;
}
