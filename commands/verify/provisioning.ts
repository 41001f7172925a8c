import { parseProvisioning } from "../../outputs/reader";
import type { LookedAtDomain } from "../../verify/look";
import { AwsClients } from "../../verify/account/access";
import { removeDevice } from "../../verify/provisioning/cleanUp";
import type { MadeDevice, ProvisioningSettings } from "../../verify/provisioning/settings";
import { UnusableArguments } from "../commandLine";
import type { Arguments } from "./arguments";
import { readPemFile } from "./pemFile";
import type { Surroundings } from "./surroundings";

/** Does something with how provisioning is to be looked at, and removes afterwards what it made, where that is wanted. */
export async function withProvisioning<Result>(
    options: Arguments,
    surroundings: Surroundings,
    { output, subjects }: { readonly output: unknown; readonly subjects: readonly LookedAtDomain[] },
    use: (settings: ProvisioningSettings | undefined) => Promise<Result>,
): Promise<Result> {
    const through = subjects.find(({ domain }) =>
        domain.connections.some(({ protocol, authentication }) => protocol === "mqtt" && authentication === "x509"),
    );
    if (output === undefined || through === undefined) {
        return use(undefined);
    }
    const isRemoved = options.provision && (options.cleanup ?? surroundings.isDisposable);
    if (isRemoved && surroundings.aws === undefined) {
        throw new UnusableArguments(
            "--cleanup: expected AWS credentials with which what was made can be removed, got none; sign in, or leave it out",
        );
    }
    // By certificate: the thing is known only later.
    const made = new Map<string, MadeDevice & { readonly region: string }>();
    const { authority, outputs } = materialOf(options, output);
    try {
        return await use({
            outputs,
            authority,
            through: through.key,
            provisions: options.provision,
            parameters: options.parameters,
            topic: options.provisionedTopic,
            made: (region, device) => made.set(`${region} ${device.certificateId}`, { ...device, region }),
        });
    } finally {
        if (isRemoved) {
            await removeAll([...made.values()], surroundings);
        } else if (made.size > 0) {
            const names = [...made.values()].map(
                ({ region, thingName = "no thing", certificateId }) => `${region}: ${thingName}, ${certificateId}`,
            );
            process.stderr.write(`made, and left there without --cleanup:\n  ${names.join("\n  ")}\n`);
        }
    }
}

function materialOf({ stack, claimKey, deviceAuthority }: Arguments, output: unknown) {
    const parsed = parseProvisioning(output, `stack ${stack}`);
    const key = claimKey === undefined ? undefined : readPemFile("--claim-key", claimKey);
    const claimBundles = Object.fromEntries(
        Object.entries(parsed.claimBundles).map(([name, bundle]) => [
            name,
            { ...bundle, privateKeyPem: bundle.privateKeyPem ?? key },
        ]),
    );
    const authority = deviceAuthority && {
        certificate: readPemFile("--device-ca-certificate", deviceAuthority.certificate),
        privateKey: readPemFile("--device-ca-key", deviceAuthority.privateKey),
    };
    return { outputs: { ...parsed, claimBundles }, authority };
}

async function removeAll(
    devices: readonly (MadeDevice & { readonly region: string })[],
    { aws }: Surroundings,
): Promise<void> {
    for (const { region, ...device } of devices) {
        if (aws !== undefined) {
            const clients = new AwsClients(aws, region);
            await removeDevice(clients.iot, device).finally(() => clients.destroy());
        }
    }
}
