import path from "node:path";
import { parseArn } from "../../rules/arns";
import { OperationContext } from "./context";
import { AwsError, Refusal } from "./errors";
import { addMisbehaviour, clearMisbehaviours, refusalOf, takeMisbehaviour, type Misbehaviour } from "./misbehaviours";
import { runPrepared, type Prepared } from "./preparation";
import { orderCertificate, type CertificateOrder, type OrderedCertificate } from "./authority/orders";
import { PublicAuthority } from "./authority/publicAuthority";
import { findServedCertificate, type ServedCertificate } from "./services/iot/servedCertificates";
import { findAnsweringZone, type AnsweringZone } from "./services/route53/answeringZones";
import type { Service } from "./service";
import { findService, serviceNames } from "./services";
import { Store } from "./store";
import { appendToTrail, readTrail, type TrailEntry } from "./trail";
import { globalRegion, type Entry } from "./tables";

/** The account that calls without an assumed role belong to. */
export const sandboxAccount = "123456789012";

/** One call of AWS's API. */
export interface CloudRequest {
    /** As ARNs and IAM spell it: `iot`, `acm`, `route53`. */
    readonly service: string;
    /** AWS's name of the operation: `CreateDomainConfiguration`. */
    readonly operation: string;
    /** The region's name; services without regions take `aws-global` and any region alike. */
    readonly region: string;
    /** AWS's own field names. */
    readonly parameters: Record<string, unknown>;
    /** The role whose account the call is made in. @default the sandbox's own account */
    readonly roleArn?: string;
}

/** Something that exists in the cloud. */
export interface CloudResource {
    readonly account: string;
    /** `aws-global` for services without regions. */
    readonly region: string;
    readonly service: string;
    /** The kind of thing: `domainConfiguration`. */
    readonly type: string;
    /** What tells it from others of its kind. */
    readonly id: string;
}

export interface CloudOptions {
    /** Where the store and the trail lie; made when absent. */
    readonly directory: string;
    /** @default the machine's clock */
    readonly clock?: () => Date;
}

const offsetKey = ["clock", "offset"] as const;

type Outcome = { readonly delay?: number } & ({ readonly response: unknown } | { readonly error: Error });

/**
 * AWS for a laptop: a model of the services that the program uses, kept in a directory.
 *
 * It speaks in AWS's operations and refuses what AWS documents to refuse, with AWS's exceptions. Several processes may
 * have the same directory open; each call is one transaction.
 */
export class Cloud {
    private readonly store: Store;
    private readonly directory: string;
    private readonly clock: () => Date;

    constructor(options: CloudOptions) {
        this.directory = path.resolve(options.directory);
        this.store = new Store(this.directory);
        this.clock = options.clock ?? (() => new Date());
    }

    /**
     * Calls an operation.
     *
     * @throws AwsError where AWS would answer with an exception, and for services and operations that are not modelled
     */
    // AWS's output differs by operation, and callers name it by the operation they called.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    call(request: CloudRequest): Promise<any> {
        return this.run(request, false);
    }

    /** Calls an operation whose things count as having come with the account: {@link resources} leaves them out. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    furnish(request: CloudRequest): Promise<any> {
        return this.run(request, true);
    }

    /** Everything that exists, except what the account came with. */
    resources(): CloudResource[] {
        return this.store.transaction(() =>
            this.store
                .entries(["resource"])
                .filter(({ value }) => (value as Entry).inherent !== true)
                .map(({ key }) => {
                    const [, account = "", region = "", service = "", type = "", ...id] = key;
                    return { account, region, service, type, id: id.join("/") };
                }),
        );
    }

    /**
     * What a TLS client is shown that asks for a domain name in a region; `undefined` where no enabled domain configuration
     * has the name.
     *
     * @param place The region, and the account where it is another than the sandbox's own
     */
    servedCertificate(
        domainName: string,
        place: { readonly region: string; readonly account?: string },
    ): Promise<ServedCertificate | undefined> {
        return this.observe(place, (context) => findServedCertificate(context, domainName));
    }

    /** The hosted zone that answers for a name in DNS, with all that its name servers answer from; `undefined` where there is none. */
    answeringZone(name: string): Promise<AnsweringZone | undefined> {
        return this.observe({ region: globalRegion }, (context) => findAnsweringZone(context, name));
    }

    /** Has the public CA of the sandbox's world issue a certificate, as somebody gets one elsewhere and imports it. */
    publicCertificate(order: CertificateOrder): Promise<OrderedCertificate> {
        return this.observe({ region: globalRegion }, (context) => orderCertificate(context, order));
    }

    /** The roots of the public CA of the sandbox's world in PEM, for TLS clients that are to trust it. */
    publicRoots(): Promise<string[]> {
        return this.observe({ region: globalRegion }, (context) => new PublicAuthority(context).roots());
    }

    /** Makes coming calls go wrong, in every process that has the store open. */
    misbehave(misbehaviour: Misbehaviour): void {
        this.store.transaction(() => addMisbehaviour(this.store, misbehaviour));
    }

    /** Takes back every {@link misbehave} that has not been met yet. */
    behave(): void {
        this.store.transaction(() => clearMisbehaviours(this.store));
    }

    /** Runs the clock of every process that has the store open forward, and says so in the trail. */
    advanceClock(milliseconds: number): void {
        this.store.transaction(() => this.store.put(offsetKey, this.offset() + milliseconds));
        appendToTrail(this.directory, {
            time: this.now().toISOString(),
            service: "sandbox",
            operation: "AdvanceClock",
            region: globalRegion,
            account: sandboxAccount,
            parameters: { milliseconds },
            outcome: "ok",
        });
    }

    /** The time in the cloud. */
    now(): Date {
        return new Date(this.store.transaction(() => this.time()));
    }

    /** All calls so far, of every process, the oldest first. */
    trail(): TrailEntry[] {
        return readTrail(this.directory);
    }

    close(): void {
        this.store.close();
    }

    /**
     * Looks into the cloud, or does what no operation of AWS does, in one transaction and without a line in the trail: what
     * AWS's own network does, which nobody calls.
     *
     * @param place The region, and the account where it is another than the sandbox's own
     */
    observe<Result>(
        place: { readonly region: string; readonly account?: string },
        action: (context: OperationContext) => Result,
    ): Promise<Result> {
        return runPrepared((prepared) =>
            this.store.transaction(() => {
                const scope = { account: sandboxAccount, ...place, now: this.time(), reading: false, inherent: false };
                const call = { service: "sandbox", operation: "Observe", prepared };
                return action(new OperationContext(this.store, scope, call));
            }),
        );
    }

    private offset(): number {
        return (this.store.get(offsetKey) as number | undefined) ?? 0;
    }

    private time(): number {
        return this.clock().getTime() + this.offset();
    }

    private async run(request: CloudRequest, inherent: boolean): Promise<unknown> {
        const outcome = await this.settle(request, inherent);
        this.record(request, outcome);
        if (outcome.delay !== undefined) {
            await new Promise((resolve) => setTimeout(resolve, outcome.delay));
        }
        if ("error" in outcome) {
            throw outcome.error;
        }
        return outcome.response;
    }

    private async settle(request: CloudRequest, inherent: boolean): Promise<Outcome> {
        try {
            return await runPrepared((prepared) => this.attempt(request, inherent, prepared));
        } catch (thrown) {
            return { error: asAwsError(thrown, request) };
        }
    }

    private attempt(request: CloudRequest, inherent: boolean, prepared: Prepared): Outcome {
        const { service, operation, region, parameters } = request;
        const modelled = modelledService(request);
        const input = modelled.accept(operation, parameters);
        return this.store.transaction(() => {
            const misbehaviour = takeMisbehaviour(this.store, request);
            const refusal = refusalOf(misbehaviour);
            if (refusal !== undefined) {
                return { error: asAwsError(refusal, request) };
            }
            const milliseconds = misbehaviour?.milliseconds ?? 1000;
            const now = this.time();
            const scope = {
                account: accountOf(request),
                region,
                now,
                reading: /^(Describe|Get|List)/.test(operation),
                visibleFrom: misbehaviour?.kind === "lateConsistency" ? now + milliseconds : undefined,
                inherent,
            };
            const context = new OperationContext(this.store, scope, { service, operation, prepared });
            const response = modelled.run(operation, input, context);
            return misbehaviour?.kind === "delay" ? { response, delay: milliseconds } : { response };
        });
    }

    private record(request: CloudRequest, outcome: Outcome): void {
        const { service, operation, region, parameters } = request;
        appendToTrail(this.directory, {
            time: this.now().toISOString(),
            service,
            operation,
            region,
            account: accountOf(request),
            parameters: findService(service)?.redact(operation, parameters) ?? {},
            outcome: "error" in outcome ? `${outcome.error.name}: ${outcome.error.message}` : "ok",
        });
    }
}

function accountOf(request: CloudRequest): string {
    return parseArn(request.roleArn)?.account ?? sandboxAccount;
}

function modelledService(request: CloudRequest): Service {
    const { service: name, operation } = request;
    const service = findService(name);
    if (service === undefined) {
        throw new Refusal(
            "UnknownService",
            `the sandbox has no service ${name} (asked for ${name}:${operation}); it has ${serviceNames.join(", ")}`,
            501,
        );
    }
    if (!service.has(operation)) {
        const known = service.operationNames.join(", ");
        throw new Refusal(
            "UnknownOperation",
            `the sandbox has no operation ${name}:${operation}; of ${name} it has ${known}`,
            501,
        );
    }
    return service;
}

/** Refusals become AWS's exceptions; anything else is a defect of the sandbox and stays what it is. */
function asAwsError(thrown: unknown, { service, operation }: CloudRequest): Error {
    if (!(thrown instanceof Refusal)) {
        return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    const statusCode = thrown.statusCode ?? findService(service)?.statusOf(operation, thrown);
    return new AwsError({ name: thrown.name, message: thrown.message, service, operation, statusCode });
}
