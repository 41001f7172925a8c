import type { Completed } from "../../sandbox";
import { readDescription, serveDataPlane, type DataPlaneDescription } from "../../sandbox/dataPlane";
import { withUserSandbox } from "../../sandbox/commands/userSandbox";
import { findAccess, type AwsAccess } from "../../verify/account/access";
import type { ConnectTo, SocketAddress } from "../../verify/reach";
import { accountPulumi } from "../accountPulumi";

/** Where a stack lives: how it is asked for, and how what it deployed is reached. */
export interface Surroundings {
    /** In words, for the report. */
    readonly subject: string;
    readonly pulumi: (args: readonly string[]) => Promise<Completed>;
    readonly dnsServers: readonly SocketAddress[];
    readonly connectTo: readonly ConnectTo[];
    /** PEM of the roots that devices trust; absent for those that come with Node. */
    readonly roots?: readonly string[];
    /** How AWS's APIs are called; absent without credentials. */
    readonly aws?: AwsAccess;
    /** Whether a device may be made for the look without being asked for: nobody else uses the account. */
    readonly isDisposable: boolean;
    readonly now: () => Date;
}

/** Whose stack it is. */
export interface Whereabouts {
    readonly stack: string;
    readonly project: string;
    /** Whether it lives in the real AWS. */
    readonly account: boolean;
}

/** Does something with the surroundings of a stack, and leaves them as they were. */
export function withSurroundings<Result>(
    whereabouts: Whereabouts,
    use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
    return whereabouts.account ? withAccount(whereabouts, use) : withSandbox(whereabouts, use);
}

async function withAccount<Result>(
    { project }: Whereabouts,
    use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
    return use({
        subject: "from outside, in the account",
        pulumi: (args) => accountPulumi(project, args),
        dnsServers: [],
        connectTo: [],
        aws: await findAccess(),
        isDisposable: false,
        now: () => new Date(),
    });
}

function withSandbox<Result>(
    { stack, project }: Whereabouts,
    use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
    return withUserSandbox(async (sandbox) => {
        const found = readDescription(sandbox.directory.root);
        const plane =
            found === undefined ? await serveDataPlane(sandbox) : { description: found, close: () => undefined };
        try {
            const cloud = sandbox.cloud();
            return await use({
                subject: "from outside, in the sandbox",
                pulumi: (args) => sandbox.pulumi(args, { stack, project }),
                ...waysInto(plane.description),
                roots: await cloud.publicRoots(),
                isDisposable: true,
                now: () => cloud.now(),
            });
        } finally {
            await plane.close();
        }
    });
}

/** Whoever signs with them is the sandbox's own account. */
const sandboxCredentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The sandbox's name server, and its ports in the place of AWS's. */
export function waysInto({
    dns,
    endpoints,
    awsEndpointUrl,
}: DataPlaneDescription): Pick<Surroundings, "dnsServers" | "connectTo" | "aws"> {
    return {
        aws: { endpoint: awsEndpointUrl, credentials: () => Promise.resolve(sandboxCredentials) },
        dnsServers: [dns],
        connectTo: endpoints.flatMap(({ host, ports }) =>
            Object.entries(ports).map(([port, toPort]) => ({ host, port: Number(port), toPort })),
        ),
    };
}
