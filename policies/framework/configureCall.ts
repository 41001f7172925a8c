import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel, type ConfigureAnalyzerRequest, type PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ConfigurationEntry } from "./configuration";

const levels = new Map<EnforcementLevel, ConfigurationEntry["enforcementLevel"]>([
    [EnforcementLevel.ADVISORY, "advisory"],
    [EnforcementLevel.MANDATORY, "mandatory"],
    [EnforcementLevel.REMEDIATE, "remediate"],
    [EnforcementLevel.DISABLED, "disabled"],
]);
const protocolLevels = new Map([...levels].map(([protocol, level]) => [level, protocol]));

/**
 * Lets the pack see its whole configuration and settle it, before CrossGuard takes it in.
 *
 * CrossGuard gives each policy its own entry only, so nobody would see an entry whose name is misspelt. The place where
 * the whole of it passes is the decoding of the engine's Configure call. An error thrown by `settle` reaches the engine
 * as the call's failure and stops the run with its message.
 *
 * Call it before `new PolicyPack`, which starts the server.
 */
export function settleConfiguration(
    settle: (entries: ReadonlyMap<string, ConfigurationEntry>) => ReadonlyMap<string, ConfigurationEntry>,
): void {
    const decode = AnalyzerService.configure.requestDeserialize;
    AnalyzerService.configure.requestDeserialize = (bytes: Buffer): ConfigureAnalyzerRequest => {
        const request = decode(bytes);
        const entries = request.getPolicyconfigMap();
        const given = new Map([...entries.entries()].map(([name, entry]) => [name, readEntry(entry)]));
        try {
            const settled = settle(given);
            const written = new Map([...settled].map(([name, entry]) => [name, writeEntry(entry)]));
            request.getPolicyconfigMap = () => written as unknown as typeof entries;
        } catch (error) {
            request.getPolicyconfigMap = () => refuse(error);
        }
        return request;
    };
}

/** gRPC drops the text of what decoding throws; of what CrossGuard's own reading throws, the stack reaches the engine. */
function refuse(error: unknown): never {
    const message = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(message), { stack: message });
}

function readEntry(entry: PolicyConfig): ConfigurationEntry {
    return {
        enforcementLevel: levels.get(entry.getEnforcementlevel()) ?? "advisory",
        properties: entry.getProperties()?.toJavaScript() ?? {},
    };
}

/** As much of the protocol's message as CrossGuard reads, so that the pack needs no protobuf library of its own. */
function writeEntry({ enforcementLevel, properties }: ConfigurationEntry): object {
    const level = protocolLevels.get(enforcementLevel) ?? EnforcementLevel.ADVISORY;
    return {
        getEnforcementlevel: () => level,
        // CrossGuard writes the level into what it gets.
        getProperties: () => ({ toJavaScript: () => structuredClone(properties) }),
    };
}
