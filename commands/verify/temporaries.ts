import { AwsClients } from "../../verify/account/access";
import { testNamePrefix, type Temporary } from "../../verify/temporary";
import { UnusableArguments } from "../commandLine";
import { whenInterrupted } from "./interruption";
import type { Surroundings } from "./surroundings";

/** What is made in each region for one look, and what that takes. */
export interface InEachRegion<Made extends Temporary> {
    readonly regions: readonly string[];
    /** What asks for it, for errors: `--test-device`. */
    readonly option: string;
    /** Actions of IAM that the credentials need. */
    readonly actions: readonly string[];
    readonly make: (clients: AwsClients, region: string) => Promise<Made>;
}

/**
 * Makes something in each region, uses it, and removes it whatever becomes of that, an interruption included; tells on
 * standard error of what could not be removed.
 *
 * @throws UnusableArguments where it cannot be made
 */
export async function withTemporaries<Made extends Temporary, Result>(
    { regions, option, actions, make }: InEachRegion<Made>,
    { aws }: Surroundings,
    use: (made: ReadonlyMap<string, Made>) => Promise<Result>,
): Promise<Result> {
    if (aws === undefined) {
        throw new UnusableArguments(
            `${option}: expected AWS credentials with which something can be made for the look, got none; sign in, or leave it out`,
        );
    }
    const clients = new Map(regions.map((region) => [region, new AwsClients(aws, region)]));
    const made = new Map<string, Made>();
    const failures: string[] = [];
    const making: Promise<void>[] = [];
    const removeAll = async () => {
        // What is half made cannot be removed.
        await Promise.all(making);
        await Promise.all([...made].map(([region, each]) => removeOrTell(region, each)));
    };
    const isOver = whenInterrupted(removeAll);
    const makeOrNote = async ([region, client]: readonly [string, AwsClients]) => {
        try {
            made.set(region, await make(client, region));
        } catch (error) {
            failures.push(`in ${region}: ${inWords(error)}`);
        }
    };
    try {
        making.push(...[...clients].map(makeOrNote));
        await Promise.all(making);
        if (failures.length > 0) {
            throw new UnusableArguments(
                `${option}: expected to make something for the look, got ${failures.join("; ")}; the credentials need ` +
                    actions.join(", "),
            );
        }
        return await use(made);
    } finally {
        await removeAll();
        isOver();
        clients.forEach((client) => client.destroy());
    }
}

async function removeOrTell(region: string, { remove }: Temporary): Promise<void> {
    await remove().catch((error: unknown) => {
        process.stderr.write(
            `could not be removed in ${region}: ${inWords(error)}; delete by hand what is named ${testNamePrefix}... there\n`,
        );
    });
}

function inWords(error: unknown): string {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
}
