import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Cloud } from "../../sandbox/cloud";
import { awsProvider } from "../../sandbox/providers/aws";
import { Operations } from "../../sandbox/providers/framework/operations";
import { unknown, type Bag } from "../../sandbox/providers/framework/values";
import { acceptHooks } from "./acceptHooks";

/** One resource as a component registered it. */
export interface Registered {
    readonly type: string;
    readonly name: string;
    readonly inputs: Record<string, any>;
}

/** Pulumi's mocks in front of the sandbox's own AWS: components run in this process, against the one model that there is. */
export class ModelMocks implements pulumi.runtime.Mocks {
    public readonly cloud: Cloud;
    public readonly registered: Registered[] = [];
    private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "iot-domains-components-"));
    private readonly cancellation = new AbortController();
    private operations: Promise<Operations<any>> | undefined;

    public constructor() {
        this.cloud = new Cloud({ directory: this.directory });
    }

    /** Makes these mocks Pulumi's, with a stack of the given name. */
    public async install(stack: string): Promise<void> {
        await pulumi.runtime.setMocks(this, "iot-domains", stack);
        acceptHooks();
        await this.cloud.furnish({
            service: "route53",
            operation: "CreateHostedZone",
            region: "aws-global",
            parameters: { Name: "example.com", CallerReference: "component-tests" },
        });
    }

    public async newResource(args: pulumi.runtime.MockResourceArgs): Promise<{ id: string | undefined; state: any }> {
        this.registered.push({ type: args.type, name: args.name, inputs: args.inputs });
        if (!args.type.startsWith("aws:")) {
            return { id: undefined, state: args.inputs };
        }
        const operations = await this.provider();
        const scope = { resourceName: args.name, cancelled: this.cancellation.signal };
        if (args.id !== undefined && args.id !== "") {
            const known = { id: args.id, outputs: args.inputs as Bag, inputs: args.inputs as Bag };
            const read = await operations.read(args.type, scope, known, false);
            return { id: args.id, state: read?.outputs ?? {} };
        }
        const naming = { resourceName: args.name, randomSeed: new Uint8Array() };
        const { inputs, failures } = operations.check(args.type, plain(args.inputs), {}, naming);
        if (failures.length > 0) {
            throw new Error(failures.map(({ property, reason }) => `${args.name}.${property}: ${reason}`).join("\n"));
        }
        const { id, outputs } = await operations.create(args.type, scope, inputs);
        return { id, state: outputs };
    }

    public async call({ token, inputs }: pulumi.runtime.MockCallArgs): Promise<any> {
        const scope = { resourceName: token, cancelled: this.cancellation.signal };
        const answer = await (await this.provider()).invoke(token, scope, plain(inputs));
        if (!("result" in answer)) {
            throw new Error(JSON.stringify(answer));
        }
        return answer.result;
    }

    /** Takes everything off the disk. */
    public remove(): void {
        this.cancellation.abort();
        this.cloud.close();
        fs.rmSync(this.directory, { recursive: true, force: true });
    }

    private provider(): Promise<Operations<any>> {
        this.operations ??= (async () => {
            const definition = awsProvider({ open: () => Promise.resolve(this.cloud), close: () => {} });
            return new Operations(definition, await definition.configure({ region: "us-east-1" }));
        })();
        return this.operations;
    }
}

/** Mocks hand over `undefined` for what a program left out. */
function plain(inputs: Record<string, unknown>): Bag {
    return Object.fromEntries(
        Object.entries(inputs).filter(([, value]) => value !== undefined && value !== unknown),
    ) as Bag;
}

/** What an output comes to. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<pulumi.Unwrap<Value>> {
    return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value as pulumi.Unwrap<Value>)));
}
