/** A request that AWS answers with an error. */
export class HttpRefusal extends Error {
    constructor(
        readonly statusCode: number,
        readonly errorType: string,
        message: string,
    ) {
        super(message);
    }
}

/** For a client that may not: why, is for the terminal alone. */
export function forbidden(reason: string): HttpRefusal {
    return new HttpRefusal(403, "ForbiddenException", reason);
}

export function notFound(): HttpRefusal {
    return new HttpRefusal(404, "ResourceNotFoundException", "Not Found");
}

/** What the client is told: of why it is not let in, nothing. */
export function asRefusal(error: unknown): { statusCode: number; errorType: string; message: string } {
    if (!(error instanceof HttpRefusal)) {
        return { statusCode: 500, errorType: "InternalFailureException", message: "Internal Server Error" };
    }
    const { statusCode, errorType, message } = error;
    return { statusCode, errorType, message: statusCode === 403 ? "Forbidden" : message };
}
