import { createPrivateKey } from "node:crypto";
import net, { type AddressInfo } from "node:net";
import pLimit from "p-limit";
import type { DomainOutput } from "../../../outputs/contract";
import type { ProvisioningOutput } from "../../../outputs/provisioningContract";
import { connectionsUnder } from "../../../rules/authentication";
import { connections } from "../../../rules/connections";
import { trustedRoots } from "../../../rules/certificates/trustedRoots";
import { isFault } from "../../../rules/finding";
import { endpointAddress } from "../../../sandbox/cloud/services/iot/endpoints";
import type { DataPlane } from "../../../sandbox/dataPlane";
import type { AwsAccess } from "../../../verify/account/access";
import type { LookName, LookResult } from "../../../verify/look";
import { claimsIn, type DeviceAuthority } from "../../../verify/provisioning/settings";
import type { AuthorizerToken } from "../../../verify/protocols/credentials";
import type { ConnectTo, Timeouts } from "../../../verify/reach";
import { verifyDomain } from "../../../verify/verify";
import { domainName, World, type Device } from "../dataPlane/world";
import { ScriptedEndpoint, type Material, type Script } from "./scriptedEndpoint";

export const region = "us-east-1";
const deviceName = "looker";

/** A domain that is sound, on the network of this machine; whoever injects a fault changes it. */
export class Situation {
    public readonly world = new World();
    public output!: DomainOutput;
    public device: Device | undefined;
    public token: AuthorizerToken | undefined;
    public provisioning: ProvisioningOutput | undefined;
    public authority: DeviceAuthority | undefined;
    public parameters: Record<string, string> = {};
    /** Goes before the ways into the sandbox. */
    public connectTo: ConnectTo[] = [];
    /** Whether this machine's resolver is asked for endpoints, and not the sandbox's. */
    public asksMachine = false;
    /** Undefined where AWS is not asked. */
    public aws: AwsAccess | undefined;
    public only: readonly LookName[] = ["account", "tls", "protocols", "provisioning"];
    /** Patient, since machines stall: who injects silence shortens what waits for it, and nothing else. */
    public timeouts: Timeouts = { dns: 20_000, connect: 20_000, handshake: 20_000, answer: 20_000 };
    /** PEM of roots that are trusted beside the sandbox's own. */
    public roots: string[] = [];
    private plane!: DataPlane;
    private readonly undo: (() => unknown)[] = [];

    /**
     * @param configuration Of the domain configuration, beside its name and certificate
     * @param imported How long a certificate lives that is imported; ACM issues one where it is absent
     */
    public static async open(configuration: object = {}, imported?: { readonly days: number }): Promise<Situation> {
        const situation = new Situation();
        const { world } = situation;
        const certificateArn =
            imported === undefined ? await world.certificate(domainName) : await situation.importCertificate(imported);
        await world.call("iot:CreateDomainConfiguration", {
            domainConfigurationName: "telemetry",
            domainName,
            serverCertificateArns: [certificateArn],
            ...configuration,
        });
        situation.device = await world.device(deviceName, policyWithout());
        situation.plane = await world.serve();
        const host = await world.cloud.observe({ region }, (context) => endpointAddress(context, "iot:Data-ATS") ?? "");
        situation.output = {
            version: "1.2.0",
            domainName,
            securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10",
            regions: {
                [region]: {
                    domainConfigurationArn: "",
                    domainConfigurationName: "telemetry",
                    certificateArn,
                    certificateExpiry: "",
                    cnameTarget: host,
                },
            },
            connections: connectionsUnder(
                { authenticationType: "DEFAULT", applicationProtocol: "DEFAULT" },
                connections,
            ),
        };
        situation.aws = { endpoint: situation.plane.description.awsEndpointUrl, credentials: testCredentials };
        return situation;
    }

    /** Imports a certificate of the sandbox's public CA, under an ARN that is there or a new one. */
    public async importCertificate(
        { days, names = [domainName] }: { readonly days: number; readonly names?: [string, ...string[]] },
        CertificateArn?: string,
    ): Promise<string> {
        const { certificate, chain, privateKey } = await this.world.cloud.publicCertificate({ names, days });
        const imported = await this.world.call("acm:ImportCertificate", {
            Certificate: certificate,
            CertificateChain: chain,
            PrivateKey: privateKey,
            CertificateArn,
        });
        return imported.CertificateArn;
    }

    /** What the region's outputs say, to be changed. */
    public get regional(): DomainOutput["regions"][string] {
        return this.output.regions[region]!;
    }

    /** Takes the domain's own server certificate for a script. */
    public async served(): Promise<Material> {
        const served = await this.world.cloud.servedCertificate(domainName, { region });
        if (served === undefined) {
            throw new Error("nothing is served");
        }
        return served;
    }

    /** Has the look give up sooner on what never comes. */
    public waitLess(timeouts: Partial<Timeouts>): void {
        this.timeouts = { ...this.timeouts, ...timeouts };
    }

    /** Leaves some of the domain's connections in the outputs. */
    public promiseOnly(isPromised: (connection: DomainOutput["connections"][number]) => boolean): void {
        this.output = { ...this.output, connections: this.output.connections.filter(isPromised) };
    }

    /** Puts a script in the endpoint's place; its connections are those with a client certificate. */
    public async play(script: Partial<Script> = {}): Promise<void> {
        const material = script.material ?? (await this.served());
        const endpoint = await this.start({ material, ...script });
        this.goTo(endpoint.ports);
        this.promiseCertificatesAlone();
    }

    /** Puts a script in the place of one address, and another one in that of the other: 127.0.0.1 and ::1. */
    public async playApart(script: Partial<Script>, other: Partial<Script>): Promise<void> {
        this.aws = undefined;
        const { ports } = await this.start({ material: await this.served(), ...script });
        await this.start({ material: await this.served(), ...other }, { address: "::1", ports });
        this.connectTo = Object.entries(ports).map(([port, toPort]) => ({ port: Number(port), toPort }));
        this.promiseCertificatesAlone();
    }

    private promiseCertificatesAlone(): void {
        this.promiseOnly(({ authentication }) => authentication === "x509");
    }

    private async start(script: Partial<Script> & Pick<Script, "material">, at = {}): Promise<ScriptedEndpoint> {
        const whole = { other: await this.otherLike(script.material), ...script };
        const endpoint = await ScriptedEndpoint.start(domainName, whole, at);
        this.undo.push(() => endpoint.close());
        return endpoint;
    }

    /**
     * A certificate of another name with a key of the same type, and a chain where there is one: of two contexts, Node's server
     * shows what the first has and the second has not.
     */
    private async otherLike({ privateKey, chain }: Material): Promise<Material> {
        const isElliptic = createPrivateKey(privateKey).asymmetricKeyType === "ec";
        const keyAlgorithm = isElliptic ? "EC_prime256v1" : "RSA_2048";
        const other = await this.world.cloud.publicCertificate({ names: ["other.example.net"], keyAlgorithm });
        return chain === "" ? { ...other, chain } : other;
    }

    /** Sends whatever is meant for AWS's ports elsewhere. */
    public goTo(ports: Readonly<Record<string, number>>): void {
        const added = Object.entries(ports).map(([port, toPort]) => ({
            host: this.regional.cnameTarget,
            port: Number(port),
            toHost: "127.0.0.1",
            toPort,
        }));
        this.connectTo = [...added, ...this.connectTo];
    }

    /** A server of plain TCP in the place of some of AWS's ports. */
    public async plain(ports: readonly number[], serve: (socket: net.Socket) => void): Promise<void> {
        const server = net.createServer((socket) => {
            socket.on("error", () => {});
            serve(socket);
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        this.undo.push(() => server.close());
        const { port } = server.address() as AddressInfo;
        this.goTo(Object.fromEntries(ports.map((each) => [each, port])));
    }

    public onClose(action: () => unknown): void {
        this.undo.push(action);
    }

    public async look(): Promise<LookResult> {
        const { world, plane, device, output } = this;
        const { description } = plane;
        const ways = description.endpoints.flatMap(({ host, ports }) =>
            Object.entries(ports).map(([port, toPort]) => ({ host, port: Number(port), toPort })),
        );
        const limits = pLimit(1);
        return verifyDomain(
            { key: "telemetry", domain: output, regions: [region] },
            {
                only: new Set(this.only),
                roots: trustedRoots([...(await world.cloud.publicRoots()), ...this.roots]),
                aws: this.aws,
                credentials: {
                    device: () =>
                        device && {
                            certificate: device.cert,
                            privateKey: device.key,
                            clientId: deviceName,
                            topic: `devices/${deviceName}/verify`,
                        },
                    aws: this.aws?.credentials,
                    token: this.token,
                    oneAtATime: () => limits,
                },
                provisioning: this.provisioning && {
                    outputs: this.provisioning,
                    through: "telemetry",
                    parameters: this.parameters,
                    material: () => ({
                        claims: this.provisioning === undefined ? [] : claimsIn(this.provisioning),
                        authority: this.authority,
                    }),
                    topic: "devices/{thingName}/verify",
                    made: () => undefined,
                    during: (exchange) => exchange(),
                },
                reach: {
                    dnsServers: this.asksMachine ? [] : [description.dns],
                    connectTo: [...this.connectTo, ...ways],
                    families: [4, 6],
                    timeouts: this.timeouts,
                    limit: pLimit(24),
                    now: () => world.cloud.now(),
                },
            },
            () => undefined,
        );
    }

    public async close(): Promise<void> {
        this.undo.splice(0).forEach((action) => action());
        await this.world.close();
    }
}

/** A device's policy, without the right to some actions. */
export function policyWithout(...denied: readonly string[]): object {
    const arn = (resource: string) => `arn:aws:iot:${region}:123456789012:${resource}`;
    const topic = `devices/${deviceName}/verify`;
    const rights: readonly (readonly [action: string, resource: string])[] = [
        ["Connect", `client/${deviceName}`],
        ["Publish", `topic/${topic}`],
        ["Receive", `topic/${topic}`],
        ["Subscribe", `topicfilter/${topic}`],
    ];
    return {
        Version: "2012-10-17",
        Statement: rights
            .filter(([action]) => !denied.includes(action))
            .map(([action, resource]) => ({ Effect: "Allow", Action: `iot:${action}`, Resource: arn(resource) })),
    };
}

/** The rules of all faults, each once, in order. */
export function rulesOf({ findings }: LookResult): string[] {
    return [...new Set(findings.filter(isFault).map(({ rule }) => rule))].sort();
}

const testCredentials = () => Promise.resolve({ accessKeyId: "test", secretAccessKey: "test" });
