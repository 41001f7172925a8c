import type { MadeDevice } from "../../verify/provisioning/settings";

type DeviceInRegion = MadeDevice & { readonly region: string };

/** Removes a device from a region. */
type Remove = (region: string, device: MadeDevice) => Promise<unknown>;

/** The devices that are provisioned in the course of a look. */
export class MadeDevices {
    /** By certificate: the thing is known only later. */
    private readonly devices = new Map<string, DeviceInRegion>();
    private readonly underWay = new Set<Promise<unknown>>();
    private isOver = false;

    /**
     * @param remove Absent where they are to stay
     * @param tell Takes lines for the user
     */
    public constructor(
        private readonly remove: Remove | undefined,
        private readonly tell: (lines: string) => void,
    ) {}

    /** Notes a device, or what has become known of one. */
    public readonly add = (region: string, device: MadeDevice): void => {
        this.devices.set(`${region} ${device.certificateId}`, { ...device, region });
    };

    /** Has a device come for its identity; never ends where it is too late for that, since the command is about to end. */
    public readonly during = async <Result>(exchange: () => Promise<Result>): Promise<Result> => {
        if (this.isOver) {
            return new Promise(() => undefined);
        }
        const running = exchange();
        this.underWay.add(running);
        try {
            return await running;
        } finally {
            this.underWay.delete(running);
        }
    };

    /**
     * Waits for devices that are just being made, lets no other begin, removes all of them where that is wanted, and names those
     * that are still there. Each is removed once, though the look may end while it is interrupted.
     */
    public async settle(): Promise<void> {
        this.isOver = true;
        await Promise.allSettled(this.underWay);
        const made = [...this.devices];
        const left: DeviceInRegion[] = [];
        this.devices.clear();
        for (const [, { region, ...device }] of made) {
            try {
                if (this.remove === undefined) {
                    left.push({ ...device, region });
                }
                await this.remove?.(region, device);
            } catch (error) {
                const { name, message } = error as Error;
                this.tell(`--cleanup: ${name}: ${message}\n`);
                left.push({ ...device, region });
            }
        }
        if (left.length > 0) {
            const names = left.map(
                ({ region, thingName = "no thing", certificateId }) => `${region}: ${thingName}, ${certificateId}`,
            );
            this.tell(`provisioned, and still there:\n  ${names.join("\n  ")}\n`);
        }
    }
}
