import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Bag } from "./values";
import { toWire } from "./wire";

/** A step of a provider's operation that failed, worded for the person who runs it. */
export class ProviderError extends Error {}

/** A resource that exists although the operation on it failed: the engine keeps it and tries again next time. */
export class UnfinishedError extends Error {
    constructor(
        readonly id: string,
        readonly outputs: Bag,
        readonly inputs: Bag,
        readonly reason: string,
    ) {
        super(reason);
    }
}

/** Says what was being done when something went wrong; a failure that says so itself stays as it is. */
export async function during<Result>(doing: string, action: Promise<Result>): Promise<Result> {
    try {
        return await action;
    } catch (error) {
        if (error instanceof ProviderError) {
            throw error;
        }
        throw new ProviderError(`${doing}: ${messageOf(error)}`, { cause: error });
    }
}

export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

/** How a failure travels to the engine. */
export interface WireFailure {
    readonly code: status;
    readonly details: string;
    readonly metadata: Metadata;
}

export function toWireFailure(error: unknown): WireFailure {
    const metadata = new Metadata();
    if (error instanceof UnfinishedError) {
        // gRPC's own place for structured errors; Node's implementation leaves it to its users to fill.
        metadata.add("grpc-status-details-bin", Buffer.from(unfinishedStatus(error).serializeBinary()));
    }
    return { code: codeOf(error), details: messageOf(error), metadata };
}

function codeOf(error: unknown): status {
    const code = (error as { code?: unknown }).code;
    return typeof code === "number" ? code : status.UNKNOWN;
}

function unfinishedStatus(error: UnfinishedError): Status {
    const failed = new ErrorResourceInitFailed();
    failed.setId(error.id);
    failed.setProperties(toWire(error.outputs));
    failed.setInputs(toWire(error.inputs));
    failed.setReasonsList([error.reason]);
    const detail = new Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const answer = new Status();
    answer.setCode(status.UNKNOWN);
    answer.setMessage(error.message);
    answer.addDetails(detail);
    return answer;
}

/** The engine asks for something that no provider of this kind answers. */
export class UnimplementedError extends Error {
    readonly code = status.UNIMPLEMENTED;
}
