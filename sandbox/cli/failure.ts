/**
 * Something that a person can mend: commands print its message alone, without a stack trace, and end with `exitCode`.
 *
 * The message says what was found, what was expected and what to do.
 */
export class Failure extends Error {
    constructor(
        message: string,
        readonly exitCode: number = 1,
    ) {
        super(message);
        this.name = "Failure";
    }
}
