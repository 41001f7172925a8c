import { randomUUID } from "node:crypto";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { ProgressEvent } from "../../models/cloudcontrol";
import { defineTable } from "../../tables";

type StoredEvent = Omit<ProgressEvent, "EventTime"> & { readonly at: number };

/** Requests by their tokens. */
const requests = defineTable<StoredEvent>("cloudcontrol", "request", false);

/** How a service's exception is reported. @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ProgressEvent.html */
const errorCodes: Readonly<Record<string, ProgressEvent["ErrorCode"]>> = {
    DeleteConflictException: "ResourceConflict",
    LimitExceededException: "ServiceLimitExceeded",
    ResourceAlreadyExistsException: "AlreadyExists",
    ResourceNotFoundException: "NotFound",
    ThrottlingException: "Throttling",
    UnauthorizedException: "AccessDenied",
};

type Handled = Pick<ProgressEvent, "TypeName" | "Operation" | "Identifier"> & { readonly ResourceModel?: string };

function store(context: OperationContext, event: ProgressEvent): ProgressEvent {
    const RequestToken = randomUUID();
    context.table(requests).put(RequestToken, { ...event, RequestToken, at: context.now });
    return { ...event, RequestToken, EventTime: new Date(context.now) };
}

/**
 * Runs a request and keeps how it ended. The answer says that it is in progress, as AWS's does; the end is told by
 * GetResourceRequestStatus.
 *
 * What the service refuses is how the request ends, and no exception of the call.
 */
export function runRequest(context: OperationContext, handled: Handled, run: () => Partial<Handled>): ProgressEvent {
    const inProgress = (ended: ProgressEvent): ProgressEvent => ({
        TypeName: ended.TypeName,
        Operation: ended.Operation,
        Identifier: ended.Identifier,
        RequestToken: ended.RequestToken,
        EventTime: ended.EventTime,
        OperationStatus: "IN_PROGRESS",
    });
    try {
        return inProgress(store(context, { ...handled, ...run(), OperationStatus: "SUCCESS" }));
    } catch (thrown) {
        if (!(thrown instanceof Refusal)) {
            throw thrown;
        }
        const ErrorCode = errorCodes[thrown.name] ?? "InvalidRequest";
        const failed = { ...handled, OperationStatus: "FAILED" as const, ErrorCode, StatusMessage: thrown.message };
        return inProgress(store(context, failed));
    }
}

/** How a request ended. @throws Refusal RequestTokenNotFoundException */
export function findRequest(context: OperationContext, token: string): ProgressEvent {
    const found = context.table(requests).get(token);
    if (found === undefined) {
        throw new Refusal("RequestTokenNotFoundException", `Request with token ${token} was not found`);
    }
    const { at, ...event } = found;
    return { ...event, EventTime: new Date(at) };
}
