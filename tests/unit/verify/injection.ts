import http from "node:http";
import type net from "node:net";
import { buffer } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { ocspResponse, ownAuthority, type OcspContent } from "./ownAuthority";
import type { Script } from "./scriptedEndpoint";
import { policyWithout, type Situation } from "./situation";

/** One fault that is put into a sound domain, and what a look must say. */
export interface InjectedFault {
    readonly title: string;
    /** Of the domain configuration. */
    readonly configuration?: object;
    /** Days for which an imported certificate lives. */
    readonly imported?: { readonly days: number };
    readonly inject: (situation: Situation) => unknown;
    /** The rules that have to be broken, and no other. */
    readonly rules: readonly string[];
    /** What the finding's remedy has to tell. */
    readonly remedy: RegExp;
}

export const hour = 60 * 60 * 1000;
const everyPort = [443, 8443, 8883];

/** Without AWS's word, as for somebody without credentials. */
export const fromOutside = (situation: Situation) => {
    situation.aws = undefined;
};

export const onlyTls = (situation: Situation) => {
    fromOutside(situation);
    situation.only = ["tls"];
};

/** As for somebody who has no device's certificate, and no AWS credentials to make one. */
export const withoutDevice = (situation: Situation) => {
    fromOutside(situation);
    situation.device = undefined;
};

export const scripted = (script: Partial<Script>) => async (situation: Situation) => {
    fromOutside(situation);
    await situation.play(script);
};

export const plain = (serve: (socket: net.Socket) => void) => async (situation: Situation) => {
    fromOutside(situation);
    await situation.plain(everyPort, serve);
};

export const update = (parameters: object) => (situation: Situation) =>
    situation.world.call("iot:UpdateDomainConfiguration", {
        domainConfigurationName: "telemetry",
        ...parameters,
    });

export const device =
    (...denied: readonly string[]) =>
    async (situation: Situation) => {
        situation.only = ["tls", "protocols"];
        // Over HTTPS a device only publishes.
        const wanted = denied.includes("Publish") ? ["mqtt", "https"] : ["mqtt"];
        situation.promiseOnly(({ authentication, protocol }) => authentication === "x509" && wanted.includes(protocol));
        const document = JSON.stringify(policyWithout(...denied));
        const policyName = "policy-of-looker";
        await situation.world.call("iot:CreatePolicyVersion", {
            policyName,
            policyDocument: document,
            setAsDefault: true,
        });
    };

export const stapled = (content: OcspContent | undefined) => async (situation: Situation) => {
    onlyTls(situation);
    const authority = await ownAuthority();
    situation.roots = [authority.root.certificate];
    const response = content && ocspResponse(authority, content);
    await situation.play({ material: authority.material, ocspResponse: response });
};

/** AWS's APIs with some answers changed. */
export const withAnswers =
    (isMeant: (request: http.IncomingMessage) => boolean, change: (body: string) => string) =>
    async (situation: Situation) => {
        const upstream = new URL(situation.aws?.endpoint ?? "");
        const server = http.createServer((request, response) => {
            const { method, headers, url: path } = request;
            const options = { host: upstream.hostname, port: upstream.port, method, headers, path };
            const forwarded = http.request(options, (answer) => {
                void buffer(answer).then((body) => {
                    const text = isMeant(request) ? change(body.toString()) : body;
                    // Of its length, and in which pieces it came, Node tells by itself.
                    const { "content-type": type = "text/xml" } = answer.headers;
                    response.writeHead(answer.statusCode ?? 500, { "content-type": type });
                    response.end(text);
                });
            });
            request.pipe(forwarded);
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        situation.onClose(() => server.close());
        const { port } = server.address() as AddressInfo;
        situation.aws = { ...situation.aws!, endpoint: `http://127.0.0.1:${port}` };
    };

/** A health check of the endpoint, of which all checkers say the same. */
export const healthCheck = (status: string) => async (situation: Situation) => {
    const { HealthCheck } = await situation.world.call("route53:CreateHealthCheck", {
        CallerReference: "1",
        HealthCheckConfig: { Type: "TCP", Port: 8883, FullyQualifiedDomainName: situation.regional.cnameTarget },
    });
    situation.regional.healthCheckId = HealthCheck.Id;
    const isStatus = ({ url = "" }: http.IncomingMessage) => /\/healthcheck\/[^/]+\/status$/.test(url);
    const tell = (body: string) => body.replace(/<Status>[^<]*/g, `<Status>${status}`);
    await withAnswers(isStatus, tell)(situation);
};

/** The way of a device with a token. */
export const withToken = (situation: Situation) => {
    fromOutside(situation);
    situation.only = ["tls", "protocols"];
    situation.token = {
        clientId: "app",
        topic: "devices/app/verify",
        fields: { token: "valid" },
        username: "?token=x",
    };
};
