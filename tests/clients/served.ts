import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { publicRootsFile } from "../../sandbox/commands/serve/commandsToTry";
import { serveDataPlane, type DataPlane, type EndpointDescription } from "../../sandbox/dataPlane";
import { awsClientVariables } from "../../sandbox/engine/awsClients";
import { completion, startProcess, type Completed } from "../../sandbox/engine/childProcess";
import { clients } from "../../tools/clients/clients";
import { findClient, withClients } from "../../tools/clients/find";
import { settings, TestStack } from "../end-to-end/stack";
import { makeDevice, type DeviceOptions } from "../unit/dataPlane/devices";

/** Speaks TLS 1.3 alone, in two regions that stand in for each other. */
export const domainName = "iot.example.com";
/** Speaks TLS 1.2 too, in the first region. */
export const oldDomainName = "old.example.com";
export const regions = ["us-east-1", "eu-central-1"] as const;
export type Region = (typeof regions)[number];

const configuration = settings({
    regions: { "us-east-1": {}, "eu-central-1": {} },
    domains: {
        telemetry: {
            domainName,
            routing: {
                policy: "geolocation",
                default: "us-east-1",
                locations: { "eu-central-1": ["EU"] },
                fallbacks: { "eu-central-1": ["us-east-1"] },
            },
        },
        old: {
            domainName: oldDomainName,
            securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10",
            routing: { policy: "latency" },
        },
    },
});

/** A stack that the real engine has deployed, on the network, and a folder in which clients run. */
export class ServedStack {
    private readonly stack = new TestStack(configuration);
    /** Where clients run, and leave their files. */
    readonly folder = mkdtempSync(path.join(os.tmpdir(), "iot-domains clients-"));
    /** What is public to trust. */
    readonly roots = path.join(this.folder, publicRootsFile);
    /** What the data plane says of devices that it turns away. */
    readonly reports: string[] = [];
    private readonly children: ChildProcess[] = [];
    private environment: NodeJS.ProcessEnv = {};
    private served: DataPlane | undefined;

    get plane(): DataPlane {
        assert.ok(this.served, "nothing is served");
        return this.served;
    }

    get cloud() {
        return this.stack.sandbox.cloud();
    }

    async start(): Promise<void> {
        await this.stack.sandbox.prepareStack(this.stack.name);
        // Without the pack, which lets nobody take TLS 1.2 who has not said so.
        await this.stack.succeed("up", "--yes");
        this.served = await serveDataPlane(this.stack.sandbox, {
            interval: 100,
            report: (line) => this.reports.push(line),
        });
        writeFileSync(this.roots, (await this.cloud.publicRoots()).join("\n"));
        const found = await Promise.all(clients.map((client) => findClient(client, process.env)));
        this.environment = {
            ...withClients(
                found.flatMap((each) => (Array.isArray(each) ? [] : [each])),
                withoutAws(process.env),
            ),
            ...awsClientVariables(this.stack.sandbox.directory.root, this.plane.description.awsEndpointUrl),
        };
    }

    async stop(): Promise<void> {
        this.children.forEach((child) => child.kill());
        await this.served?.close();
        this.stack.remove();
        rmSync(this.folder, { recursive: true, force: true });
    }

    endpoint(region: Region = "us-east-1"): EndpointDescription {
        const found = this.plane.description.endpoints.find((each) => each.region === region);
        assert.ok(found, `${region} is not served`);
        return found;
    }

    /** `--proxy`'s value: names are resolved by the proxy. */
    get proxy(): string {
        const { address, port } = this.plane.description.proxy;
        return `socks5h://${address}:${port}`;
    }

    /** Runs a client until it ends. */
    async run(program: string, ...args: string[]): Promise<Completed> {
        return completion(this.spawn(program, args));
    }

    /** Runs a client that has to succeed. */
    async succeed(program: string, ...args: string[]): Promise<string> {
        const { exitCode, stdout, stderr } = await this.run(program, ...args);
        assert.equal(exitCode, 0, `${program} ${args.join(" ")}\n${stdout}\n${stderr}`);
        return stdout;
    }

    /** Does something again and again, until what it is to bring about has come. */
    async repeat<Result>(action: () => Promise<unknown>, until: Promise<Result>): Promise<Result> {
        let isOver = false;
        const over = until.finally(() => (isOver = true));
        over.catch(() => {});
        while (!isOver) {
            await action();
        }
        return over;
    }

    /** A device with its certificate and key in files of its own. */
    async device(name: string, options: DeviceOptions = {}): Promise<{ cert: string; key: string }> {
        const { cert, key } = await makeDevice(this.cloud, name, options);
        const files = { cert: path.join(this.folder, `${name}.pem`), key: path.join(this.folder, `${name}.key`) };
        writeFileSync(files.cert, cert);
        writeFileSync(files.key, key, { mode: 0o600 });
        return files;
    }

    private spawn(program: string, args: readonly string[]): ChildProcess {
        const { environment, folder } = this;
        const child = startProcess(program, args, { environment, folder });
        this.children.push(child);
        return child;
    }
}

/** Without the settings of whoever runs the tests, who has an account of their own. */
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")));
}

/** One for all files of this folder: it takes longer to deploy than every test after that. */
export const served = new ServedStack();

before(function () {
    this.timeout(300_000);
    return served.start();
});
after(() => served.stop());
