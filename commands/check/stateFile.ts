import { readFileSync } from "node:fs";
import { z } from "zod";
import type { JudgedResource } from "../../policies/client/judgedResource";
import { PackClient, type Violation } from "../../policies/client/packClient";
import { Failure, openSecrets } from "../../sandbox";
import { violationFinding } from "./findings";
import type { CheckReport } from "./finding";
import { foundResource, Locator } from "./locator";
import { disabledRules, exemptionsIn, readPackConfiguration } from "./packConfiguration";
import { StackFile } from "./stackFile";

const anything = z.record(z.string(), z.unknown());

/** As much of an exported state as a check reads; what else stands in it is nobody's business here. */
const exportedState = z.object({
    deployment: z.object({
        resources: z
            .array(
                z.object({
                    urn: z.string().regex(/^urn:pulumi:.*?::.*?::.*?::/, "Invalid input: expected a URN"),
                    type: z.string(),
                    inputs: anything.nullish(),
                    outputs: anything.nullish(),
                    parent: z.string().optional(),
                    protect: z.boolean().optional(),
                    /** Read and not made by the stack. */
                    external: z.boolean().optional(),
                    /** Replaced by another, and about to be deleted. */
                    delete: z.boolean().optional(),
                    /** The provider's URN and identifier. */
                    provider: z.string().optional(),
                    propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
                }),
            )
            .nullish(),
    }),
});

type ExportedResource = NonNullable<z.infer<typeof exportedState>["deployment"]["resources"]>[number];

/** What is checked offline. */
export interface StateRequest {
    /** A file that `pulumi stack export` wrote, or `-` for standard input. */
    readonly state: string;
    /** The folder of the project that has the stack's configuration. */
    readonly project: string;
    /** @default the one that the state's URNs name */
    readonly stack?: string;
    /** The pack's configuration for a stack; absent where there is none. */
    readonly policyConfigurationOf: (stack: string) => string | undefined;
}

/** Checks what is deployed, from an exported state: no engine, no login and no network are needed. */
export async function checkState(request: StateRequest): Promise<CheckReport> {
    const resources = readState(request.state);
    const [, ownStack = "", projectName] = /^urn:pulumi:(.*?)::(.*?)::/.exec(resources[0]?.urn ?? "") ?? [];
    const stack = request.stack ?? ownStack;
    const parents = new Map(resources.flatMap(({ urn, parent }) => (parent ? [[urn, parent] as const] : [])));
    const locator = new Locator(StackFile.of(request.project, stack), parents);
    const pack = await PackClient.start(undefined, { stack, project: projectName });
    try {
        const configuration = request.policyConfigurationOf(stack);
        await pack.configureStack();
        await configure(pack, configuration);
        const violations = await judge(pack, resources);
        const exemptions = exemptionsIn(configuration);
        return {
            stack,
            subject: `exported state with ${resources.length} resources`,
            findings: violations
                .filter(({ level }) => level !== "other")
                .map(({ rule, level, message, urn }) =>
                    violationFinding(
                        { policyName: rule, enforcementLevel: level, message, resourceUrn: urn },
                        locator,
                        exemptions,
                    ),
                ),
            failures: [],
            disabled: disabledRules(configuration),
        };
    } finally {
        await pack.stop();
    }
}

async function configure(pack: PackClient, file: string | undefined): Promise<void> {
    try {
        await pack.configure(file === undefined ? {} : readPackConfiguration(file));
    } catch (error) {
        throw error instanceof Failure ? error : new Failure(`${file}: ${(error as { details?: string }).details}`);
    }
}

/** Judges as the engine does: each resource by its inputs, then all of them by their outputs. */
async function judge(pack: PackClient, resources: readonly ExportedResource[]): Promise<Violation[]> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const violations: Violation[] = [];
    for (const resource of resources.filter(({ external }) => external !== true)) {
        violations.push(...(await pack.analyze(judged(resource, byUrn, "inputs"))));
    }
    return [...violations, ...(await pack.analyzeStack(resources.map((each) => judged(each, byUrn, "outputs"))))];
}

function judged(
    resource: ExportedResource,
    byUrn: ReadonlyMap<string, ExportedResource>,
    side: "inputs" | "outputs",
): JudgedResource {
    const { urn, type, protect, propertyDependencies } = resource;
    const providerUrn = resource.provider?.slice(0, resource.provider.lastIndexOf("::"));
    const provider = byUrn.get(providerUrn ?? "");
    return {
        ...foundResource(urn),
        type,
        protect,
        properties: openSecrets(resource[side] ?? {}, hiddenSecret) as Record<string, unknown>,
        provider: provider && {
            ...foundResource(provider.urn),
            properties: openSecrets(provider.inputs ?? {}, hiddenSecret) as Record<string, unknown>,
        },
        propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies ?? {}).map(([property, urns]) => [property, urns ?? []]),
        ),
    };
}

/** What `pulumi policy analyze` shows in a secret's place; the pack takes it for a value that is not known. */
const hiddenSecret = "[secret]";

function readState(file: string): ExportedResource[] {
    const unusable = (got: string) =>
        new Failure(`--state: expected a file that \`pulumi stack export\` wrote, got ${got}: ${file}`);
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(file === "-" ? process.stdin.fd : file, "utf8"));
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw unusable(code ?? "something that is not JSON");
    }
    const { data, error } = exportedState.safeParse(content);
    if (data === undefined) {
        // Where and of what kind, never the value that is at fault: a state holds secrets.
        const [{ path, message } = { path: [], message: "" }] = error.issues;
        const place = z.core.toDotPath(path);
        throw unusable(path.length < 2 ? "JSON without a deployment" : `JSON of another form (${place}: ${message})`);
    }
    const resources = (data.deployment.resources ?? []).filter((resource) => resource.delete !== true);
    if (resources.length === 0) {
        throw new Failure(`${unusable("a state without resources").message}; deploy the stack first`);
    }
    return resources;
}
