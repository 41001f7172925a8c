import type { LateCloud } from "../framework/lateCloud";
import { ProviderError } from "../framework/failures";
import type { Inputs, Properties } from "../framework/properties";
import type { Session } from "../framework/resources";
import {
    containsSecret,
    containsUnknown,
    reveal,
    Secret,
    unknown,
    type Bag,
    type PlainBag,
    type Value,
} from "../framework/values";
import { Aws, defaultAttempts, type Caller } from "./client";
import type { configuration } from "./configuration";

type Configuration = Inputs<typeof configuration>;

/** Puts the provider to work on a cloud, for one configuration. */
export async function openSession(cloud: LateCloud | undefined, values: PlainBag): Promise<Session<Aws>> {
    const settings = values as Configuration;
    const region = settings.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (cloud === undefined) {
        throw new ProviderError(
            "the sandbox's provider for AWS needs IOT_DOMAINS_SANDBOX_CLOUD, the directory of the sandbox's cloud; " +
                "run the sandbox's command instead of pulumi itself",
        );
    }
    const caller: Caller = {
        cloud: () => cloud.open(),
        roleArn: settings.assumeRoles?.at(-1)?.roleArn,
        attempts: settings.maxRetries ?? defaultAttempts,
        defaultTags: settings.defaultTags?.tags ?? {},
    };
    await checkAccount(caller, region, settings);
    return {
        prepare: (properties, inputs) => prepare(properties, inputs, region, caller.defaultTags),
        open: (scope, { region: own }) => new Aws(caller, regionOf(own ?? region), scope),
        close: () => cloud.close(),
    };
}

function regionOf(region: unknown): string {
    if (typeof region !== "string" || region === "") {
        throw new ProviderError(
            "Missing region information. The AWS region can be set using the Pulumi configuration value " +
                "(`pulumi config set aws:region <value>`), or the environment variable AWS_REGION",
        );
    }
    return region;
}

/** The guard against deploying to another account than was meant. */
async function checkAccount(caller: Caller, region: string | undefined, settings: Configuration): Promise<void> {
    const { allowedAccountIds = [], forbiddenAccountIds = [] } = settings;
    if (allowedAccountIds.length === 0 && forbiddenAccountIds.length === 0) {
        return;
    }
    const scope = { resourceName: "provider", cancelled: new AbortController().signal };
    const { Account } = await new Aws(caller, region ?? "us-east-1", scope).call("sts", "GetCallerIdentity");
    const allowed = allowedAccountIds.length === 0 || allowedAccountIds.includes(Account);
    if (!allowed || forbiddenAccountIds.includes(Account)) {
        throw new ProviderError(`AWS account ID not allowed: ${Account}`);
    }
}

/** Puts the provider's region and default tags into the inputs, where Pulumi's provider for AWS puts them too. */
function prepare(properties: Properties, inputs: Bag, region: string | undefined, defaults: PlainBag): Bag {
    const prepared = { ...inputs };
    if (properties.region?.options.computed === true && (inputs.region ?? null) === null && region !== undefined) {
        prepared.region = region;
    }
    if (properties.tagsAll !== undefined) {
        prepared.tagsAll = mergeTags(defaults, inputs.tags ?? {});
    }
    return prepared;
}

function mergeTags(defaults: PlainBag, tags: Value): Value {
    if (containsUnknown(tags)) {
        return unknown;
    }
    const merged = { ...defaults, ...(reveal(tags) as PlainBag) };
    return containsSecret(tags) ? new Secret(merged) : merged;
}
