import { CommanderError, type Command } from "commander";
import { Failure } from "../cli";

/** What a shell expects of a command that was called in a way it does not know. */
const wrongUsage = 2;

/**
 * Runs a command with the process's arguments and sets the exit status: 2 for arguments it does not know, a
 * {@link Failure}'s own status with its message alone, and a stack trace for everything that should not have happened.
 */
export async function runCommand(command: Command, argv: readonly string[] = process.argv): Promise<void> {
    command.exitOverride().showHelpAfterError(`(--help lists what ${command.name()} takes)`);
    try {
        await command.parseAsync(argv);
    } catch (error) {
        process.exitCode = exitStatus(error);
    }
}

function exitStatus(error: unknown): number {
    if (error instanceof CommanderError) {
        return error.exitCode === 0 ? 0 : wrongUsage;
    }
    if (error instanceof Failure) {
        console.error(error.message);
        return error.exitCode;
    }
    console.error(error);
    return 1;
}
