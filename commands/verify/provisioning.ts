import { createPrivateKey, X509Certificate } from "node:crypto";
import type { ClaimBundleOutput, ProvisioningOutput } from "../../outputs/provisioningContract";
import { parseProvisioning } from "../../outputs/reader";
import type { LookedAtDomain } from "../../verify/look";
import { AwsClients, type AwsAccess } from "../../verify/account/access";
import { permissions } from "../../verify/permissions";
import { removeDevice } from "../../verify/provisioning/cleanUp";
import { claimsIn, type MadeDevice, type ProvisioningSettings } from "../../verify/provisioning/settings";
import { makeStandIns } from "../../verify/provisioning/standIns";
import { UnusableArguments } from "../commandLine";
import type { Arguments } from "./arguments";
import { whenInterrupted } from "./interruption";
import { MadeDevices } from "./madeDevices";
import { readPemPair, readPrivateKey } from "./pemFile";
import type { Surroundings } from "./surroundings";
import { withTemporaries } from "./temporaries";

const noWay = "no domain that is looked at takes MQTT with a client certificate";
const notWanted = "--provision has devices provisioned";

/** What a stack has of provisioning, and where it is looked at. */
export interface ProvisioningSubject {
    /** The output, with secrets where devices are provisioned; absent where the stack provisions nothing. */
    readonly output: unknown;
    readonly subjects: readonly LookedAtDomain[];
}

/** Does something with how provisioning is to be looked at, and removes afterwards what it made, where that is wanted. */
export async function withProvisioning<Result>(
    options: Arguments,
    surroundings: Surroundings,
    { output, subjects }: ProvisioningSubject,
    use: (settings: ProvisioningSettings | undefined) => Promise<Result>,
): Promise<Result> {
    if (output === undefined || !options.only.has("provisioning")) {
        return use(undefined);
    }
    const enabled = subjects.filter(({ domain }) => domain.status !== "DISABLED");
    const through = enabled.find(letsDevicesIn);
    const isWanted = isProvisioning(options, surroundings);
    const provisions = isWanted && through !== undefined;
    const isRemoved = provisions && (options.cleanup ?? surroundings.isDisposable);
    const { aws } = surroundings;
    if (isRemoved && aws === undefined) {
        throw new UnusableArguments(
            "--cleanup: expected AWS credentials with which what was made can be removed, got none; sign in, or leave it out",
        );
    }
    const { authority, outputs } = materialIn(options, output);
    const made = new MadeDevices(
        isRemoved && aws !== undefined ? (region, device) => removeFrom(aws, region, device) : undefined,
        (lines) => process.stderr.write(lines),
    );
    const settings = {
        outputs,
        through: (through ?? enabled[0])?.key ?? "",
        withheld: provisions ? undefined : isWanted ? noWay : notWanted,
        parameters: options.parameters,
        topic: options.provisionedTopic,
        made: made.add,
        during: made.during,
    };
    const atHand = { claims: claimsIn(outputs), authority };
    const run = async (material: ProvisioningSettings["material"]) => {
        const isOver = whenInterrupted(() => made.settle());
        try {
            return await use({ ...settings, material });
        } finally {
            await made.settle();
            isOver();
        }
    };
    if (!provisions || !(options.testDevice ?? surroundings.isDisposable)) {
        return run(() => atHand);
    }
    return withTemporaries(
        {
            regions: through.regions,
            option: "--test-device",
            actions: permissions.standIns.actions,
            make: ({ iot }, region) => makeStandIns(outputs, authority, region, iot, surroundings.now()),
        },
        surroundings,
        (standIns) => run((region) => standIns.get(region) ?? atHand),
    );
}

/** Whether simulated devices are provisioned: nobody is troubled by them in the sandbox. */
export function isProvisioning({ provision, only }: Arguments, { isDisposable }: Surroundings): boolean {
    return only.has("provisioning") && (provision ?? isDisposable);
}

function letsDevicesIn({ domain }: LookedAtDomain): boolean {
    return domain.connections.some(({ protocol, authentication }) => protocol === "mqtt" && authentication === "x509");
}

function materialIn({ stack, claimKey, deviceAuthority }: Arguments, output: unknown) {
    const parsed = parseProvisioning(output, `stack ${stack}`);
    const key = claimKey === undefined ? undefined : readPrivateKey({ option: "--claim-key", file: claimKey });
    const claimBundles = key === undefined ? parsed.claimBundles : withKey(parsed.claimBundles, key);
    const authority = deviceAuthority && {
        title: "the registered CA",
        ...readPemPair(
            { option: "--device-ca-certificate", file: deviceAuthority.certificate },
            { option: "--device-ca-key", file: deviceAuthority.privateKey },
        ),
    };
    return { outputs: { ...parsed, claimBundles }, authority };
}

/** The key belongs to one claim; the others go without. @throws UnusableArguments where it belongs to none */
function withKey(bundles: ProvisioningOutput["claimBundles"], privateKeyPem: string) {
    const key = createPrivateKey(privateKeyPem);
    const isFor = ({ certificatePem }: ClaimBundleOutput) => new X509Certificate(certificatePem).checkPrivateKey(key);
    const [name, bundle] = Object.entries(bundles).find(([, each]) => isFor(each)) ?? [];
    if (name === undefined || bundle === undefined) {
        throw new UnusableArguments(
            `--claim-key: expected the private key of one of the claims ${Object.keys(bundles).join(", ") || "(there is none)"}, ` +
                "got another one; name the right file",
        );
    }
    return { ...bundles, [name]: { ...bundle, privateKeyPem } };
}

/** Removes a device from the account. @throws what AWS answers */
async function removeFrom(aws: AwsAccess, region: string, device: MadeDevice): Promise<void> {
    const clients = new AwsClients(aws, region);
    try {
        await removeDevice(clients.iot, device);
    } finally {
        clients.destroy();
    }
}
