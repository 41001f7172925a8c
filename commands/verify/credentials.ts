import pLimit, { type LimitFunction } from "p-limit";
import { AwsClients } from "../../verify/account/access";
import type { Credentials, DeviceIdentity } from "../../verify/protocols/credentials";
import { makeTestDevice, type TestDevice } from "../../verify/testDevice";
import { UnusableArguments } from "../commandLine";
import type { Arguments, DeviceFiles } from "./arguments";
import { readPemFile } from "./pemFile";
import type { Surroundings } from "./surroundings";

/** Does something with what a look can prove who it is with, and takes away afterwards what was made for that. */
export async function withCredentials<Result>(
    options: Arguments,
    surroundings: Surroundings,
    regions: readonly string[],
    use: (credentials: Credentials) => Promise<Result>,
): Promise<Result> {
    const { device, token, only } = options;
    const isMade = device === undefined && only.has("mqtt") && (options.testDevice ?? surroundings.isDisposable);
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
    const made = new Map<string, TestDevice>();
    try {
        await Promise.all(regions.map(async (region) => made.set(region, await makeIn(region, surroundings))));
        return await use({ ...credentials, device: (region) => made.get(region) });
    } finally {
        await Promise.all([...made.values()].map((testDevice) => testDevice.remove()));
    }
}

async function makeIn(region: string, { aws }: Surroundings): Promise<TestDevice> {
    if (aws === undefined) {
        throw new UnusableArguments(
            "--test-device: expected AWS credentials with which a device can be made, got none; sign in, or name a device's own " +
                "certificate with --client-certificate",
        );
    }
    const clients = new AwsClients(aws, region);
    try {
        const device = await makeTestDevice(clients.iot);
        return { ...device, remove: () => device.remove().finally(() => clients.destroy()) };
    } catch (error) {
        clients.destroy();
        const { name, message } = error as Error;
        throw new UnusableArguments(
            `--test-device: expected a device to be made in ${region}, got ${name}: ${message}; the credentials need ` +
                "iot:CreateKeysAndCertificate, iot:CreatePolicy and iot:AttachPolicy",
        );
    }
}

function readDevice({ certificate, privateKey, clientId, topic }: DeviceFiles): DeviceIdentity {
    return {
        certificate: readPemFile("--client-certificate", certificate),
        privateKey: readPemFile("--client-key", privateKey),
        clientId,
        topic,
    };
}
