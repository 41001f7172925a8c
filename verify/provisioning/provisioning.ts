import { AwsClients, type AwsAccess } from "../account/access";
import { observed, together, unseen, type LookResult, type Progress } from "../look";
import type { Spoken } from "../protocols/protocols";
import { askAboutProvisioning } from "./account";
import { provisionByClaim } from "./claim";
import type { Entrance } from "./entrance";
import { provisionJustInTime } from "./justInTime";
import { provisioningKey, type ProvisioningSettings } from "./settings";

/**
 * Looks at how devices get their identity in a region: what AWS says of it, and simulated devices that come for theirs.
 *
 * @param entrance Absent where nothing can be said to the region
 */
export async function lookAtProvisioning(
    region: string,
    entrance: Entrance | undefined,
    settings: ProvisioningSettings,
    aws: AwsAccess | undefined,
    progress: Progress,
): Promise<LookResult> {
    const said = aws === undefined ? [] : [await asked(region, settings, aws)];
    return together([...said, ...(await provision(region, entrance, settings, progress))]);
}

async function asked(region: string, { outputs }: ProvisioningSettings, aws: AwsAccess): Promise<LookResult> {
    const clients = new AwsClients(aws, region);
    try {
        return await askAboutProvisioning(outputs, region, clients);
    } finally {
        clients.destroy();
    }
}

async function provision(
    region: string,
    entrance: Entrance | undefined,
    settings: ProvisioningSettings,
    progress: Progress,
): Promise<LookResult[]> {
    const about = (what: string, detail: string, milliseconds?: number) =>
        ({ look: "provisioning", domain: provisioningKey, region, what, detail, milliseconds }) as const;
    if (settings.withheld !== undefined) {
        return [unseen(about("simulated devices", settings.withheld))];
    }
    if (entrance === undefined) {
        return [unseen(about("simulated devices", "the region cannot be spoken to, see above"))];
    }
    const { claim, justInTime } = settings.outputs.regions[region] ?? {};
    const { claims, authority } = settings.material(region);
    const missing: readonly (readonly [isMissing: boolean, what: string, detail: string])[] = [
        [
            claim !== undefined && claims.length === 0,
            "a device with a claim",
            "the outputs hold no claim's private key: --claim-key, or --test-device with AWS credentials, looks further",
        ],
        [
            justInTime !== undefined && authority === undefined,
            "a device of the registered CA",
            "--device-ca-certificate and --device-ca-key, or --test-device with AWS credentials, look further",
        ],
    ];
    const spoken: Spoken[] = [];
    for (const each of claim === undefined ? [] : claims) {
        progress(`provisioning ${region}: a device with ${each.title}`);
        spoken.push(...(await entrance.reach.limit(() => provisionByClaim(entrance, each, settings))));
    }
    if (justInTime !== undefined && authority !== undefined) {
        progress(`provisioning ${region}: a device of ${authority.title}`);
        spoken.push(
            ...(await settings.during(() =>
                entrance.reach.limit(() => provisionJustInTime(entrance, authority, settings)),
            )),
        );
    }
    return [
        ...spoken.map(({ what, detail, findings, milliseconds }) =>
            observed(about(what, detail, milliseconds), findings),
        ),
        ...missing.flatMap(([isMissing, what, detail]) => (isMissing ? [unseen(about(what, detail))] : [])),
    ];
}
