import { parseJsonObject } from "../../json";

/**
 * The token of a session in a role.
 *
 * It names the role, as AWS's tokens do in their own way, so that no list of sessions has to be kept to know whose account
 * a call with the session's credentials is made in.
 */
export function sessionToken(roleArn: string, session: string): string {
    return Buffer.from(JSON.stringify({ roleArn, session })).toString("base64");
}

/** The role of a session by its token; `undefined` for a token that is not the sandbox's. */
export function roleOfSession(token: string): string | undefined {
    const roleArn = parseJsonObject(Buffer.from(token, "base64").toString("utf8"))?.roleArn;
    return typeof roleArn === "string" ? roleArn : undefined;
}
