import { ACMClient } from "@aws-sdk/client-acm";
import { IoTClient } from "@aws-sdk/client-iot";
import { Route53Client } from "@aws-sdk/client-route-53";
import { STSClient } from "@aws-sdk/client-sts";
import { serveAws, type ServedAws } from "../../../sandbox/http";
import { makeSandbox, removeSandboxes, start, type Sandbox } from "../cloud/sandbox";

export { start };

/** A cloud of one test, served, with AWS's own clients for it. */
export interface Served {
    readonly sandbox: Sandbox;
    readonly url: string;
    readonly iot: IoTClient;
    readonly acm: ACMClient;
    readonly route53: Route53Client;
    readonly sts: STSClient;
    /** A request as a client of another service signs it. */
    send(signingName: string, path: string, request?: RequestInit): Promise<Response>;
}

export const region = "eu-central-1";
const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any" };

const open: Array<{ readonly aws: ServedAws; readonly clients: ReadonlyArray<{ destroy(): void }> }> = [];

/** The header of a signature: only its credential scope is read. */
export function authorization(signingName: string): string {
    const scope = `AKIAIOSFODNN7EXAMPLE/20260302/${region}/${signingName}/aws4_request`;
    return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=00`;
}

export async function serve(): Promise<Served> {
    const sandbox = makeSandbox();
    const aws = await serveAws(sandbox.cloud);
    const options = { region, endpoint: aws.url, credentials };
    const iot = new IoTClient(options);
    const acm = new ACMClient(options);
    const route53 = new Route53Client(options);
    const sts = new STSClient(options);
    open.push({ aws, clients: [iot, acm, route53, sts] });
    const send: Served["send"] = (signingName, path, request = {}) =>
        fetch(`${aws.url}${path}`, {
            ...request,
            headers: { authorization: authorization(signingName), ...request.headers },
        });
    return { sandbox, url: aws.url, iot, acm, route53, sts, send };
}

/** Closes and removes everything that {@link serve} has made. */
export async function removeServed(): Promise<void> {
    for (const { aws, clients } of open.splice(0)) {
        clients.forEach((client) => client.destroy());
        await aws.close();
    }
    removeSandboxes();
}
