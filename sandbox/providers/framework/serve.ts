import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { ProviderDefinition } from "./resources";
import { ProviderService } from "./service";

/** A checkpoint of a large stack outgrows gRPC's usual 4 MB; this is the engine's own limit. */
const largestMessage = 400 * 1024 * 1024;

/** A provider that listens on a port of this machine. */
export interface Served {
    readonly port: number;
    stop(): void;
}

/** Starts a provider on a free port. */
export async function serve<Context>(provider: ProviderDefinition<Context>): Promise<Served> {
    const service = new ProviderService(provider);
    const server = new Server({
        "grpc.max_receive_message_length": largestMessage,
        "grpc.max_send_message_length": largestMessage,
    });
    server.addService(ResourceProviderService, service.implementation());
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        );
    });
    return {
        port,
        stop() {
            service.dispose();
            server.forceShutdown();
        },
    };
}

/** How often a plugin looks whether the engine that started it is still there, in milliseconds. */
const parentCheck = 2000;

/** Runs a provider as the engine's plugin: the first line on stdout is the port, and it ends with the engine. */
export async function runPlugin<Context>(provider: ProviderDefinition<Context>): Promise<void> {
    const engine = process.ppid;
    const served = await serve(provider);
    process.stdout.write(`${served.port}\n`);
    const end = () => {
        served.stop();
        process.exit(0);
    };
    process.once("SIGTERM", end);
    // A killed engine closes nothing; without this its plugins would stay for ever.
    setInterval(() => process.ppid !== engine && end(), parentCheck).unref();
}
