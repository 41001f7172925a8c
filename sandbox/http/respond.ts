import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError, type Cloud } from "../cloud";
import { Refusal } from "../cloud/errors";
import { roleOfSession } from "../cloud/services/sts/sessionTokens";
import { credentialScope } from "./credentialScope";
import type { Asked, HttpAnswer, HttpRequest, Protocol } from "./protocol";
import { protocolOf } from "./protocols";
import { refuseWithoutService } from "./protocols/restJson";
import { serviceOfSignature, type WireService } from "./wireService";

/** AWS accepts no larger request at any service that is served here. */
const greatestBody = 100 * 1024 * 1024;

/** Answers one request of an AWS client. */
export async function respond(cloud: Cloud, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    try {
        const { status, headers, body } = await answer(cloud, await readRequest(message), requestId);
        response.writeHead(status, { ...headers, "x-amzn-requestid": requestId });
        response.end(body);
    } catch {
        // The client has gone, or sends what is not HTTP: there is nobody to answer.
        response.destroy();
    }
}

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > greatestBody) {
            throw new Error(`a request is larger than ${greatestBody} bytes`);
        }
        chunks.push(chunk);
    }
    const [path = "/", query = ""] = (message.url ?? "/").split("?");
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
    return {
        method: message.method ?? "GET",
        path,
        query: new URLSearchParams(query),
        headers: Object.fromEntries(headers),
        body: Buffer.concat(chunks),
    };
}

async function answer(cloud: Cloud, request: HttpRequest, requestId: string): Promise<HttpAnswer> {
    let service: WireService | undefined;
    try {
        const { region, signingName } = credentialScope(request.headers["authorization"]);
        service = serviceOfSignature(signingName);
        const protocol = protocolOf(service, request);
        const { operation, parameters } = await ask(protocol, service, request);
        const roleArn = roleOfSession(request.headers["x-amz-security-token"] ?? "");
        const call = { service: service.name, operation, region, parameters, roleArn };
        const output = (await cloud.call(call)) as Record<string, unknown> | undefined;
        return protocol.answer({ service, operation, requestId }, output ?? {});
    } catch (thrown) {
        const error = asAwsError(thrown);
        return service === undefined
            ? refuseWithoutService(error)
            : protocolOf(service, request).refuse(service, error, requestId);
    }
}

async function ask(protocol: Protocol, service: WireService, request: HttpRequest): Promise<Asked> {
    try {
        return await protocol.ask(service, request);
    } catch (thrown) {
        if (thrown instanceof Refusal) {
            throw thrown;
        }
        const { message } = thrown as Error;
        throw new Refusal("SerializationException", `${request.method} ${request.path}: ${message}`, 400);
    }
}

/** The cloud's own exceptions, refusals of what never reached it, and defects of the sandbox. */
function asAwsError(thrown: unknown): AwsError {
    if (thrown instanceof AwsError) {
        return thrown;
    }
    const { name, message, statusCode } =
        thrown instanceof Refusal
            ? thrown
            : { name: "InternalFailure", message: (thrown as Error).message, statusCode: 500 };
    return new AwsError({ name, message, statusCode, service: "", operation: "" });
}
