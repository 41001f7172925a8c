import { setTimeout as sleep } from "node:timers/promises";
import type { Cloud } from "../../cloud";
import { AwsError } from "../../cloud/errors";
import type { OperationScope } from "../framework/resources";
import { waitUntil, type Attempt } from "../framework/waiting";
import { serviceTitles, type ServiceName } from "./services";

/** What AWS's SDKs try again of their own accord. */
const throttling = /^(Throttl|RequestLimitExceeded|TooManyRequests|LimitExceededException$|PriorRequestNotComplete)/;

/** The provider's `maxRetries`. */
export const defaultAttempts = 25;
const firstPause = 20;
const longestPause = 1000;

/** In milliseconds. */
const minute = 60_000;

/** Whom the provider speaks for. */
export interface Caller {
    /** Opened with the first call, because a preview may do without any. */
    cloud(): Promise<Cloud>;
    readonly roleArn?: string;
    readonly attempts: number;
    readonly defaultTags: Readonly<Record<string, string>>;
}

/** What the code of AWS's resources and functions works with: API calls in one region, and waiting for their effect. */
export class Aws {
    constructor(
        private readonly caller: Caller,
        readonly region: string,
        private readonly scope: OperationScope,
    ) {}

    /** Tags that the provider's configuration gives every resource. */
    get defaultTags(): Readonly<Record<string, string>> {
        return this.caller.defaultTags;
    }

    /**
     * Calls an operation; throttled calls are tried again.
     *
     * @throws ApiError worded as AWS's SDK words it
     */
    // AWS's output differs by operation, and callers name it by the operation they called.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async call(service: ServiceName, operation: string, parameters: object = {}): Promise<any> {
        const { roleArn, attempts } = this.caller;
        const defined = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
        for (let attempt = 1; ; attempt += 1) {
            try {
                const opened = await this.caller.cloud();
                return await opened.call({ service, operation, region: this.region, parameters: defined, roleArn });
            } catch (error) {
                if (!(error instanceof AwsError)) {
                    throw error;
                }
                if (!throttling.test(error.name) || attempt >= attempts) {
                    throw new ApiError(service, operation, error);
                }
                const pause = Math.min(firstPause * 2 ** (attempt - 1), longestPause);
                await sleep(pause, undefined, { signal: this.scope.cancelled });
            }
        }
    }

    /** Calls an operation that may find nothing: `undefined` for the exceptions named. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async find(service: ServiceName, operation: string, parameters: object, missing: readonly string[]): Promise<any> {
        try {
            return await this.call(service, operation, parameters);
        } catch (error) {
            if (error instanceof ApiError && missing.includes(error.code)) {
                return undefined;
            }
            throw error;
        }
    }

    /** Tries again while AWS answers with an exception that passes with time. */
    persist<Result>(
        minutes: number,
        passes: (error: ApiError) => boolean,
        action: () => Promise<Result>,
    ): Promise<Result> {
        return this.wait<Result>(minutes, async () => {
            try {
                return { done: await action() };
            } catch (error) {
                if (error instanceof ApiError && passes(error)) {
                    return { pending: error.message };
                }
                throw error;
            }
        });
    }

    /**
     * Tries again while AWS refuses because too little time has gone by since something happened.
     *
     * Nothing but the clock can change such a refusal, so the sandbox's clock is run forward by what the real provider
     * waits, a minute at a time, and nobody sits through it. The cloud's trail shows each step.
     */
    async sitOut<Result>(
        minutes: number,
        passes: (error: ApiError) => boolean,
        action: () => Promise<Result>,
    ): Promise<Result> {
        for (let waited = 0; ; waited += 1) {
            this.scope.cancelled.throwIfAborted();
            try {
                return await action();
            } catch (error) {
                if (!(error instanceof ApiError && passes(error)) || waited >= minutes) {
                    throw error;
                }
            }
            (await this.caller.cloud()).advanceClock(minute);
        }
    }

    /** Tries until done; `minutes` is the resource type's patience where the program sets no timeout. */
    wait<Result>(minutes: number, attempt: () => Promise<Attempt<Result>>): Promise<Result> {
        const timeout = this.scope.timeout ?? minutes * minute;
        return waitUntil({ timeout, cancelled: this.scope.cancelled }, attempt);
    }
}

/** An exception of AWS's API in the words of its Go SDK, which is what the real provider shows. */
export class ApiError extends Error {
    /** AWS's name of the exception. */
    readonly code: string;

    constructor(service: ServiceName, operation: string, cause: AwsError) {
        const title = serviceTitles[service];
        super(
            `operation error ${title}: ${operation}, https response error StatusCode: ${cause.statusCode}, ` +
                `${cause.name}: ${cause.message}`,
            { cause },
        );
        this.code = cause.name;
    }
}
