import { dataEndpointType } from "../../rules/dataEndpoints";
import type { Cloud } from "../cloud";
import { endpointAddress } from "../cloud/services/iot/endpoints";
import { globalRegion } from "../cloud/tables";
import type { EndpointDescription, EndpointPort } from "./description";
import type { Hosts } from "./dns";
import { endpointPorts } from "./listeners";
import { isOut } from "./outages";
import { RegionalEndpoint } from "./region";
import type { Report } from "./report";

interface Settings {
    readonly cloud: Cloud;
    readonly report: Report;
    readonly addresses: readonly string[];
    /** The first of the ports that regions get, each as many as AWS has; 0 for any that are free. */
    readonly portBase: number;
    readonly brokerExecutable: string;
}

/** The data endpoints of the regions in which anything is deployed: they come and go with that. */
export class ServedRegions {
    private readonly regions = new Map<string, RegionalEndpoint>();
    private readonly addressesOf: Record<string, readonly string[]> = {};
    private portsGiven = 0;

    constructor(private readonly settings: Settings) {}

    /** The endpoints' addresses now, for the name server. */
    get hosts(): Hosts {
        return this.addressesOf;
    }

    get descriptions(): EndpointDescription[] {
        return [...this.regions.values()].map(({ description }) => description);
    }

    /** @throws Error for a region that is not served */
    require(region: string): void {
        if (!this.regions.has(region)) {
            const served = [...this.regions.keys()].join(", ") || "none";
            throw new Error(`${region}: expected a region that is served, which are: ${served}`);
        }
    }

    /** Starts and closes endpoints as regions come and go, silences those that are out. @returns whether any came or went */
    async follow(): Promise<boolean> {
        const wanted = await this.wanted();
        const gone = [...this.regions].filter(([region]) => !wanted.has(region));
        const missing = [...wanted].filter(([region]) => !this.regions.has(region));
        for (const [region, endpoint] of gone) {
            this.regions.delete(region);
            delete this.addressesOf[endpoint.description.host];
            await endpoint.close();
            this.settings.report(`${region}: nothing is deployed any more`);
        }
        for (const [region, host] of missing) {
            this.regions.set(region, await this.start(region, host));
            this.addressesOf[host] = this.settings.addresses;
        }
        await Promise.all([...this.regions].map(([region, endpoint]) => this.followRegion(region, endpoint)));
        return gone.length + missing.length > 0;
    }

    async close(): Promise<void> {
        await Promise.all([...this.regions.values()].map((region) => region.close()));
        this.regions.clear();
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
    private wanted(): Promise<Map<string, string>> {
        return this.settings.cloud.observe({ region: globalRegion }, (context) => {
            const regions = context.regions().filter((region) => region !== globalRegion);
            return new Map(
                regions.map((region) => [region, endpointAddress(context.within({ region }), dataEndpointType) ?? ""]),
            );
        });
    }

    private async start(region: string, host: string): Promise<RegionalEndpoint> {
        const { cloud, brokerExecutable, report, addresses } = this.settings;
        const ports = this.nextPorts();
        const options = { cloud, region, host, addresses, ports, brokerExecutable, report };
        const endpoint = await RegionalEndpoint.start(options);
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
