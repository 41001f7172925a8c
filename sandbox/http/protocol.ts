import type { AwsError } from "../cloud";
import type { WireService } from "./wireService";

/** A request of an AWS client, its body read. */
export interface HttpRequest {
    readonly method: string;
    /** Still percent-encoded. */
    readonly path: string;
    readonly query: URLSearchParams;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
}

export interface HttpAnswer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
}

/** What a request asks the cloud for. */
export interface Asked {
    readonly operation: string;
    readonly parameters: Record<string, unknown>;
}

/** What has been asked for, for the answer to it. */
export interface Answered {
    readonly service: WireService;
    readonly operation: string;
    readonly requestId: string;
}

/** One of AWS's HTTP protocols: how operations, their input, their output and exceptions are written in it. */
export interface Protocol {
    /**
     * Reads a request.
     *
     * @throws Refusal for what is not a request in this protocol
     */
    readonly ask: (service: WireService, request: HttpRequest) => Promise<Asked>;
    readonly answer: (answered: Answered, output: Record<string, unknown>) => HttpAnswer;
    readonly refuse: (service: WireService, error: AwsError, requestId: string) => HttpAnswer;
}
