import type { Completed } from "../../sandbox";
import { readDescription, type DataPlaneDescription } from "../../sandbox/dataPlane/description";
import { withUserSandbox } from "../../sandbox/commands/userSandbox";
import type { ConnectTo, SocketAddress } from "../../verify/reach";
import { accountPulumi } from "../accountPulumi";
import { UnusableArguments } from "../commandLine";

/** Where a stack lives: how it is asked for, and how what it deployed is reached. */
export interface Surroundings {
    /** In words, for the report. */
    readonly subject: string;
    readonly pulumi: (args: readonly string[]) => Promise<Completed>;
    readonly dnsServers: readonly SocketAddress[];
    readonly connectTo: readonly ConnectTo[];
    /** PEM of the roots that devices trust; absent for those that come with Node. */
    readonly roots?: readonly string[];
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
    return whereabouts.account ? use(accountOf(whereabouts)) : withSandbox(whereabouts, use);
}

function accountOf({ project }: Whereabouts): Surroundings {
    return {
        subject: "from outside, in the account",
        pulumi: (args) => accountPulumi(project, args),
        dnsServers: [],
        connectTo: [],
        now: () => new Date(),
    };
}

function withSandbox<Result>(
    { stack, project }: Whereabouts,
    use: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
    return withUserSandbox(async (sandbox) => {
        const served = readDescription(sandbox.directory.root);
        if (served === undefined) {
            throw new UnusableArguments("the sandbox is not served: npm run sandbox:serve");
        }
        const cloud = sandbox.cloud();
        return use({
            subject: "from outside, in the sandbox",
            pulumi: (args) => sandbox.pulumi(args, { stack, project }),
            ...waysInto(served),
            roots: await cloud.publicRoots(),
            now: () => cloud.now(),
        });
    });
}

/** The sandbox's name server, and its ports in the place of AWS's. */
export function waysInto({ dns, endpoints }: DataPlaneDescription): Pick<Surroundings, "dnsServers" | "connectTo"> {
    return {
        dnsServers: [dns],
        connectTo: endpoints.flatMap(({ host, ports }) =>
            Object.entries(ports).map(([port, toPort]) => ({ host, port: Number(port), toPort })),
        ),
    };
}
