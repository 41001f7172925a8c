import pLimit, { type LimitFunction } from "p-limit";
import type { Credentials, DeviceIdentity } from "../../verify/protocols/credentials";
import { permissions } from "../../verify/permissions";
import { makeTestDevice } from "../../verify/testDevice";
import type { Arguments, DeviceFiles } from "./arguments";
import { readPemPair } from "./pemFile";
import type { Surroundings } from "./surroundings";
import { withTemporaries } from "./temporaries";

/** Does something with what a look can prove who it is with, and takes away afterwards what was made for that. */
export async function withCredentials<Result>(
    options: Arguments,
    surroundings: Surroundings,
    regions: readonly string[],
    use: (credentials: Credentials) => Promise<Result>,
): Promise<Result> {
    const { device, token, only } = options;
    const isMade = device === undefined && only.has("protocols") && (options.testDevice ?? surroundings.isDisposable);
    const limits = new Map<string, LimitFunction>(regions.map((region) => [region, pLimit(1)]));
    const credentials = {
        aws: surroundings.aws?.credentials,
        token,
        oneAtATime: (region: string) => limits.get(region) ?? pLimit(1),
    };
    if (!isMade) {
        const own = device && readDevice(device);
        return use({ ...credentials, device: () => own });
    }
    return withTemporaries(
        {
            regions,
            option: "--test-device",
            actions: permissions.testDevice.actions,
            make: ({ iot }) => makeTestDevice(iot),
        },
        surroundings,
        (made) => use({ ...credentials, device: (region) => made.get(region) }),
    );
}

function readDevice({ certificate, privateKey, clientId, topic }: DeviceFiles): DeviceIdentity {
    const pair = readPemPair(
        { option: "--client-certificate", file: certificate },
        { option: "--client-key", file: privateKey },
    );
    return { ...pair, clientId, topic };
}
