import type { Sandbox } from "..";
import type { Cloud } from "../cloud";
import { serveAws, type ServedAws } from "../http";
import { findBrokerExecutable } from "./broker/executable";
import { removeDescription, writeDescription, type DataPlaneDescription } from "./description";
import { loopbackAddresses, serveDns, type DnsServer } from "./dns";
import { HealthProbes } from "./healthProbes";
import { beginOutage, endOutage } from "./outages";
import { serveProxy, type Proxy } from "./proxy";
import type { Report } from "./report";
import { ServedRegions } from "./servedRegions";

export interface DataPlaneOptions {
    /**
     * The first of the ports that are listened on: the name server takes it, AWS's APIs the next, the proxy the one
     * after, and each region the three that follow, in the order in which regions appear.
     *
     * @default 0, which has the system choose every port
     */
    readonly portBase?: number;
    /**
     * How often regions and health are looked at, in milliseconds.
     *
     * @default 1000
     */
    readonly interval?: number;
    /** Takes lines about devices that are turned away, and regions that come and go. @default nobody does */
    readonly report?: Report;
}

/** The sandbox on the network. */
export interface DataPlane {
    /** Where everything is now: regions come and go. */
    readonly description: DataPlaneDescription;
    /**
     * Has a region fail: nothing of it takes connections, and DNS knows. It stays so until {@link startRegion}, for every
     * process that serves the account.
     *
     * @throws Error for a region that is not served
     */
    stopRegion(region: string): Promise<void>;
    /** Brings a region back that was stopped. @throws Error for a region that is not served */
    startRegion(region: string): Promise<void>;
    /** Looks for regions that have come or gone, and at everybody's health, without waiting for the next time. */
    refresh(): Promise<void>;
    /** Stops everything: nothing listens afterwards and no process is left. */
    close(): Promise<void>;
}

/**
 * Puts a sandbox on the network of this machine: its DNS, AWS's APIs, and the data endpoints of every region in use.
 *
 * What any process deploys shows at once. A sandbox's folder says where it is served, see `readDescription`.
 *
 * @throws Failure where the MQTT broker cannot be built, NodeJS.ErrnoException where a port cannot be listened on
 */
export async function serveDataPlane(source: Sandbox | Cloud, options: DataPlaneOptions = {}): Promise<DataPlane> {
    const isSandbox = "pulumi" in source;
    const cloud = isSandbox ? source.cloud() : source;
    const { report = () => {}, portBase = 0, interval = 1000 } = options;
    const brokerExecutable = await findBrokerExecutable({ report: options.report });
    const plane = new ServedDataPlane({
        cloud,
        report,
        portBase,
        brokerExecutable,
        folder: isSandbox ? source.directory.root : undefined,
    });
    await plane.start(interval);
    return plane;
}

interface Settings {
    readonly cloud: Cloud;
    readonly report: Report;
    readonly portBase: number;
    readonly brokerExecutable: string;
    /** Where the description is written. */
    readonly folder: string | undefined;
}

/** Ports of the name server, AWS's APIs and the proxy. */
const portsBeforeRegions = 3;

class ServedDataPlane implements DataPlane {
    private readonly addresses = loopbackAddresses();
    private readonly regions: ServedRegions;
    private readonly probes: HealthProbes;
    private dns: DnsServer | undefined;
    private aws: ServedAws | undefined;
    private timer: NodeJS.Timeout | undefined;
    private proxy: Proxy | undefined;
    /** Refreshes follow each other. */
    private refreshing: Promise<void> = Promise.resolve();
    private isClosed = false;
    private isWritten = false;
    private closing: Promise<void> | undefined;

    constructor(private readonly settings: Settings) {
        const { addresses } = this;
        this.probes = new HealthProbes(settings.cloud);
        this.regions = new ServedRegions({ ...settings, addresses, portBase: this.port(portsBeforeRegions) });
    }

    async start(interval: number): Promise<void> {
        const { cloud } = this.settings;
        const { addresses, probes } = this;
        const { hosts } = this.regions;
        try {
            this.dns = await serveDns(cloud, { addresses, port: this.port(0), hosts, isHealthy: probes.isHealthy });
            this.aws = await serveAws(cloud, { port: this.port(1) });
            this.proxy = await serveProxy(this.port(2), () => this.description);
            await this.refresh();
        } catch (error) {
            await this.close();
            throw error;
        }
        this.timer = setInterval(() => void this.refresh().catch(this.complain), interval);
    }

    get description(): DataPlaneDescription {
        return {
            dns: { address: this.dns?.address ?? "", port: this.dns?.port ?? 0 },
            awsEndpointUrl: this.aws?.url ?? "",
            proxy: { address: this.proxy?.address ?? "", port: this.proxy?.port ?? 0 },
            endpoints: this.regions.descriptions,
        };
    }

    async stopRegion(region: string): Promise<void> {
        this.regions.require(region);
        await beginOutage(this.settings.cloud, region);
        await this.refresh();
    }

    async startRegion(region: string): Promise<void> {
        this.regions.require(region);
        await endOutage(this.settings.cloud, region);
        await this.refresh();
    }

    refresh(): Promise<void> {
        const next = this.refreshing.catch(() => {}).then(() => this.follow());
        this.refreshing = next;
        return next;
    }

    close(): Promise<void> {
        this.closing ??= this.stop();
        return this.closing;
    }

    /** A fixed port, or 0 for any. */
    private port(index: number): number {
        const { portBase } = this.settings;
        return portBase === 0 ? 0 : portBase + index;
    }

    private async stop(): Promise<void> {
        this.isClosed = true;
        clearInterval(this.timer);
        await this.refreshing.catch(() => {});
        if (this.settings.folder !== undefined) {
            removeDescription(this.settings.folder);
        }
        await this.regions.close();
        await Promise.all([this.dns?.close(), this.aws?.close(), this.proxy?.close()]);
    }

    private complain = (error: Error) => this.settings.report(`looking for regions failed: ${error.message}`);

    /** Has what is served follow what is deployed. */
    private async follow(): Promise<void> {
        if (this.isClosed) {
            return;
        }
        const hasChanged = await this.regions.follow();
        await this.probes.look(this.description.endpoints);
        if (this.settings.folder !== undefined && (hasChanged || !this.isWritten)) {
            writeDescription(this.settings.folder, this.description);
            this.isWritten = true;
        }
    }
}
