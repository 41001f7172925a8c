/** An exception of AWS's API, as its SDK throws it: `name` is AWS's name of the exception. */
export class AwsError extends Error {
    readonly service: string;
    readonly operation: string;
    /** The HTTP status of AWS's answer. */
    readonly statusCode: number;

    constructor(options: { name: string; message: string; service: string; operation: string; statusCode?: number }) {
        super(options.message);
        this.name = options.name;
        this.service = options.service;
        this.operation = options.operation;
        this.statusCode = options.statusCode ?? 400;
    }
}

/**
 * What a service's code throws: the exception alone, without knowing which operation it runs in.
 *
 * The cloud turns it into an {@link AwsError}, so a check that several operations share can throw it too.
 */
export class Refusal extends Error {
    /** @param statusCode the HTTP status; absent where AWS's model states it for the exception */
    constructor(
        name: string,
        message: string,
        readonly statusCode?: number,
    ) {
        super(message);
        this.name = name;
    }
}
