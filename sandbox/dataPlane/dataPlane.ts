import type { Sandbox } from "..";
import { dataEndpointType } from "../../rules/dataEndpoints";
import type { Cloud } from "../cloud";
import { endpointAddress } from "../cloud/services/iot/endpoints";
import { globalRegion } from "../cloud/tables";
import { serveAws, type ServedAws } from "../http";
import { findBrokerExecutable } from "./broker/executable";
import { removeDescription, writeDescription, type DataPlaneDescription, type EndpointPort } from "./description";
import { loopbackAddresses, serveDns, type DnsServer } from "./dns";
import { HealthProbes } from "./healthProbes";
import { endpointPorts } from "./listeners";
import { beginOutage, endOutage, isOut } from "./outages";
import { serveProxy, type Proxy } from "./proxy";
import { RegionalEndpoint } from "./region";
import type { Report } from "./report";

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

class ServedDataPlane implements DataPlane {
    private readonly addresses = loopbackAddresses();
    private readonly regions = new Map<string, RegionalEndpoint>();
    private readonly probes: HealthProbes;
    /** The endpoints' addresses, for the name server. */
    private readonly hosts: Record<string, readonly string[]> = {};
    private dns: DnsServer | undefined;
    private aws: ServedAws | undefined;
    private timer: NodeJS.Timeout | undefined;
    private proxy: Proxy | undefined;
    private portsGiven = 3;
    /** Refreshes follow each other. */
    private refreshing: Promise<void> = Promise.resolve();
    private isClosed = false;
    private isWritten = false;
    private closing: Promise<void> | undefined;

    constructor(private readonly settings: Settings) {
        this.probes = new HealthProbes(settings.cloud);
    }

    async start(interval: number): Promise<void> {
        const { cloud, portBase } = this.settings;
        const { hosts, addresses, probes } = this;
        try {
            this.dns = await serveDns(cloud, { addresses, port: portBase, hosts, isHealthy: probes.isHealthy });
            this.aws = await serveAws(cloud, { port: portBase === 0 ? 0 : portBase + 1 });
            this.proxy = await serveProxy(portBase === 0 ? 0 : portBase + 2, () => this.description);
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
            endpoints: [...this.regions.values()].map(({ description }) => description),
        };
    }

    async stopRegion(region: string): Promise<void> {
        this.find(region);
        await beginOutage(this.settings.cloud, region);
        await this.refresh();
    }

    async startRegion(region: string): Promise<void> {
        this.find(region);
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

    private async stop(): Promise<void> {
        this.isClosed = true;
        clearInterval(this.timer);
        await this.refreshing.catch(() => {});
        if (this.settings.folder !== undefined) {
            removeDescription(this.settings.folder);
        }
        await Promise.all([...this.regions.values()].map((region) => region.close()));
        this.regions.clear();
        await Promise.all([this.dns?.close(), this.aws?.close(), this.proxy?.close()]);
    }

    private find(region: string): RegionalEndpoint {
        const found = this.regions.get(region);
        if (found === undefined) {
            const served = [...this.regions.keys()].join(", ") || "none";
            throw new Error(`${region}: expected a region that is served, which are: ${served}`);
        }
        return found;
    }

    private complain = (error: Error) => this.settings.report(`looking for regions failed: ${error.message}`);

    /** Has what is served follow what is deployed. */
    private async follow(): Promise<void> {
        if (this.isClosed) {
            return;
        }
        const wanted = await this.wantedRegions();
        const gone = [...this.regions].filter(([region]) => !wanted.has(region));
        const missing = [...wanted].filter(([region]) => !this.regions.has(region));
        for (const [region, endpoint] of gone) {
            this.regions.delete(region);
            delete this.hosts[endpoint.description.host];
            await endpoint.close();
            this.settings.report(`${region}: nothing is deployed any more`);
        }
        for (const [region, host] of missing) {
            this.regions.set(region, await this.startEndpoint(region, host));
            this.hosts[host] = this.addresses;
        }
        await Promise.all([...this.regions].map(([region, endpoint]) => this.followRegion(region, endpoint)));
        await this.probes.look(this.description.endpoints);
        if (this.settings.folder !== undefined && (gone.length > 0 || missing.length > 0 || !this.isWritten)) {
            writeDescription(this.settings.folder, this.description);
            this.isWritten = true;
        }
    }

    private async followRegion(region: string, endpoint: RegionalEndpoint): Promise<void> {
        await endpoint.endSessions();
        const isDown = await isOut(this.settings.cloud, region);
        if (isDown === endpoint.isListening) {
            await (isDown ? endpoint.silence() : endpoint.listen());
            this.settings.report(`${region}: ${isDown ? "stopped" : "listens again"}`);
        }
    }

    /** The regions in which anything is deployed, and their data endpoints. */
    private wantedRegions(): Promise<Map<string, string>> {
        return this.settings.cloud.observe({ region: globalRegion }, (context) => {
            const regions = context.regions().filter((region) => region !== globalRegion);
            return new Map(
                regions.map((region) => [region, endpointAddress(context.within({ region }), dataEndpointType) ?? ""]),
            );
        });
    }

    private async startEndpoint(region: string, host: string): Promise<RegionalEndpoint> {
        const { cloud, brokerExecutable, report } = this.settings;
        const ports = this.nextPorts();
        const { addresses } = this;
        const endpoint = await RegionalEndpoint.start({
            cloud,
            region,
            host,
            addresses,
            ports,
            brokerExecutable,
            report,
        });
        report(`${region}: listens for ${host}`);
        return endpoint;
    }

    private nextPorts(): Record<EndpointPort, number> {
        const { portBase } = this.settings;
        const numbers = endpointPorts.map((port, index) => {
            return [port, portBase === 0 ? 0 : portBase + this.portsGiven + index] as const;
        });
        this.portsGiven += endpointPorts.length;
        return Object.fromEntries(numbers) as Record<EndpointPort, number>;
    }
}
