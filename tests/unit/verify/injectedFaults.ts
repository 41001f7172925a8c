import http from "node:http";
import type net from "node:net";
import type { AddressInfo } from "node:net";
import { issueCertificate } from "../../../sandbox/cloud/authority/certificates";
import { domainName } from "../dataPlane/world";
import { ocspResponse, ownAuthority, type OcspContent } from "./ownAuthority";
import { withAuthority, withClaim, withHook } from "./provisioned";
import type { Script } from "./scriptedEndpoint";
import { policyWithout, region, type Situation } from "./situation";

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

const hour = 60 * 60 * 1000;
const everyPort = [443, 8443, 8883];

/** Without AWS's word, as for somebody without credentials. */
const fromOutside = (situation: Situation) => {
    situation.aws = undefined;
};

const onlyTls = (situation: Situation) => {
    fromOutside(situation);
    situation.only = ["tls"];
};

const scripted = (script: Partial<Script>) => async (situation: Situation) => {
    fromOutside(situation);
    await situation.play(script);
};

const plain = (serve: (socket: net.Socket) => void) => async (situation: Situation) => {
    fromOutside(situation);
    situation.timeout = 1_000;
    await situation.plain(everyPort, serve);
};

const update = (parameters: object) => (situation: Situation) =>
    situation.world.call("iot:UpdateDomainConfiguration", {
        domainConfigurationName: "telemetry",
        ...parameters,
    });

const device =
    (...denied: readonly string[]) =>
    async (situation: Situation) => {
        situation.only = ["tls", "protocols"];
        situation.timeout = 2_000;
        const { connections } = situation.output;
        // Over HTTPS a device only publishes.
        const wanted = denied.includes("Publish") ? ["mqtt", "https"] : ["mqtt"];
        situation.output = {
            ...situation.output,
            connections: connections.filter(
                ({ authentication, protocol }) => authentication === "x509" && wanted.includes(protocol),
            ),
        };
        const document = JSON.stringify(policyWithout(...denied));
        const policyName = "policy-of-looker";
        await situation.world.call("iot:CreatePolicyVersion", {
            policyName,
            policyDocument: document,
            setAsDefault: true,
        });
    };

const stapled = (content: OcspContent | undefined) => async (situation: Situation) => {
    onlyTls(situation);
    const authority = await ownAuthority();
    situation.roots = [authority.root.certificate];
    const response = content && ocspResponse(authority, content);
    await situation.play({ material: authority.material, ocspResponse: response });
};

/** AWS's APIs with one answer of Route 53 changed. */
const healthCheck = (status: string) => async (situation: Situation) => {
    const { HealthCheck } = await situation.world.call("route53:CreateHealthCheck", {
        CallerReference: "1",
        HealthCheckConfig: { Type: "TCP", Port: 8883, FullyQualifiedDomainName: situation.regional.cnameTarget },
    });
    situation.regional.healthCheckId = HealthCheck.Id;
    const observation = `<HealthCheckObservation><Region>us-east-1</Region><IPAddress>192.0.2.1</IPAddress>
        <StatusReport><Status>${status}</Status></StatusReport></HealthCheckObservation>`;
    const body = `<?xml version="1.0"?><GetHealthCheckStatusResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
        <HealthCheckObservations>${observation.repeat(8)}</HealthCheckObservations></GetHealthCheckStatusResponse>`;
    const upstream = new URL(situation.aws?.endpoint ?? "");
    const server = http.createServer((request, response) => {
        if (/\/healthcheck\/[^/]+\/status$/.test(request.url ?? "")) {
            response.writeHead(200, { "content-type": "text/xml" }).end(body);
            return;
        }
        const { method, headers, url: path } = request;
        const options = { host: upstream.hostname, port: upstream.port, method, headers, path };
        const forwarded = http.request(options, (answer) => {
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
        });
        request.pipe(forwarded);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    situation.onClose(() => server.close());
    const { port } = server.address() as AddressInfo;
    situation.aws = { ...situation.aws!, endpoint: `http://127.0.0.1:${port}` };
};

/** The way of a device with a token. */
const withToken = (situation: Situation) => {
    fromOutside(situation);
    situation.only = ["tls", "protocols"];
    situation.token = {
        clientId: "app",
        topic: "devices/app/verify",
        fields: { token: "valid" },
        username: "?token=x",
    };
};

/** Faults of the way to an endpoint, TLS, the protocols and provisioning, each with the rules that must tell of it. */
export const injectedFaults: readonly InjectedFault[] = [
    {
        title: "a data endpoint without an address",
        inject: (situation) => {
            fromOutside(situation);
            situation.regional.cnameTarget = "nobody-ats.iot.us-east-1.amazonaws.com";
        },
        rules: ["endpoint-unresolved"],
        remedy: /describe-endpoint/,
    },
    {
        title: "a region that is down",
        inject: async (situation) => {
            const { host, ports } = situation.world.plane.description.endpoints[0]!;
            await situation.world.plane.stopRegion(region);
            situation.connectTo = Object.entries(ports).map(([port, toPort]) => ({
                host,
                port: Number(port),
                toHost: "127.0.0.1",
                toPort,
            }));
        },
        rules: ["region-unreachable"],
        remedy: /drained: true/,
    },
    {
        title: "one port that is closed",
        inject: (situation) => situation.goTo({ 8443: 1 }),
        rules: ["port-refused"],
        remedy: /firewall/,
    },
    {
        title: "ports that accept and say nothing",
        inject: plain(() => undefined),
        rules: ["tls-silent"],
        remedy: /holds back/,
    },
    {
        title: "connections that are reset",
        inject: plain((socket) => socket.once("data", () => socket.resetAndDestroy())),
        rules: ["tls-reset"],
        remedy: /inspects TLS/,
    },
    {
        title: "a web server without TLS",
        inject: plain((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
        rules: ["tls-not-spoken"],
        remedy: /what answers/,
    },
    {
        title: "a TLS alert",
        inject: plain((socket) => socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40])))),
        rules: ["tls-alert"],
        remedy: /security policy/,
    },
    {
        title: "TLS 1.2 let in by a policy of TLS 1.3 alone",
        inject: (situation) => {
            fromOutside(situation);
            situation.output = { ...situation.output, securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" };
        },
        rules: ["tls-version-forbidden"],
        remedy: /weakened/,
    },
    {
        title: "TLS 1.2 refused by a policy that has it",
        inject: async (situation) => {
            fromOutside(situation);
            await update({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } })(situation);
        },
        rules: ["tls-version-missing"],
        remedy: /cannot connect/,
    },
    {
        title: "TLS 1.3 refused by a policy that has it",
        inject: scripted({ maxVersion: "TLSv1.2" }),
        rules: ["tls-version-missing"],
        remedy: /cannot connect/,
    },
    {
        title: "a security policy that somebody changed, with AWS's word on it",
        inject: update({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } }),
        rules: ["domain-configuration-changed"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a certificate that has expired",
        imported: { days: 3 },
        inject: (situation) => situation.world.cloud.advanceClock(4 * 24 * hour),
        rules: ["certificate-validity"],
        remedy: /renew the certificate/,
    },
    {
        title: "a certificate of another name",
        inject: async (situation) => {
            onlyTls(situation);
            const material = await situation.world.cloud.publicCertificate({ names: ["wrong.example.com"] });
            await situation.play({ material });
        },
        rules: ["certificate-domain-name"],
        remedy: /issued for iot.example.com/,
    },
    {
        title: "a certificate in the place of the one that was deployed",
        inject: async (situation) => {
            const material = await situation.world.cloud.publicCertificate({ names: [domainName], days: 300 });
            await situation.play({ material });
        },
        rules: ["tls-certificate-unexpected"],
        remedy: /CloudTrail/,
    },
    {
        title: "the certificate before, in the hour after a new one",
        imported: { days: 30 },
        inject: (situation) => situation.importCertificate({ days: 90 }, situation.regional.certificateArn),
        rules: ["tls-certificate-outdated"],
        remedy: /--wait 60m/,
    },
    {
        title: "a certificate that AWS calls INVALID, so that the one before is served",
        imported: { days: 30 },
        inject: async (situation) => {
            const renewed = { days: 90, names: [domainName, "more.example.com"] as [string, string] };
            await situation.importCertificate(renewed, situation.regional.certificateArn);
            situation.world.cloud.advanceClock(2 * hour);
        },
        rules: ["server-certificate-invalid"],
        remedy: /serverCertificateStatusDetail/,
    },
    {
        title: "a chain in the wrong order",
        inject: async (situation) => {
            onlyTls(situation);
            const { root, intermediate, material } = await ownAuthority();
            situation.roots = [root.certificate];
            const chain = [root.certificate, intermediate.certificate].join("\n");
            await situation.play({ material: { ...material, chain } });
        },
        rules: ["chain-order"],
        remedy: /put them in this order/,
    },
    {
        title: "a chain without its intermediate certificate",
        inject: async (situation) => {
            fromOutside(situation);
            await situation.play({ material: { ...(await situation.served()), chain: "" } });
        },
        rules: ["tls-chain-incomplete"],
        remedy: /with its chain/,
    },
    {
        title: "a chain to a root that nobody knows",
        inject: async (situation) => {
            fromOutside(situation);
            await situation.play({ material: (await ownAuthority()).material });
        },
        rules: ["tls-untrusted"],
        remedy: /--ca-file/,
    },
    {
        title: "one certificate for whatever name",
        inject: scripted({ other: undefined }),
        rules: ["tls-sni-ignored"],
        remedy: /proxy/,
    },
    {
        title: "a staple that says revoked",
        inject: stapled({ status: "revoked" }),
        rules: ["tls-ocsp-revoked"],
        remedy: /import a new certificate/,
    },
    {
        title: "a staple that is out of date",
        inject: stapled({ nextUpdate: new Date(Date.now() - hour) }),
        rules: ["tls-ocsp-stale"],
        remedy: /RetrieveOCSPStapleData/,
    },
    {
        title: "a staple that somebody else signed",
        inject: async (situation) => {
            const signer = await issueCertificate(
                { subject: "CN=Somebody", notBefore: new Date(), notAfter: new Date(Date.now() + hour) },
                "EC_prime256v1",
            );
            await stapled({ signer })(situation);
        },
        rules: ["tls-ocsp-invalid"],
        remedy: /OCSPSigning/,
    },
    {
        title: "a staple of a responder that does not know the certificate",
        inject: stapled({ status: "unknown" }),
        rules: ["tls-ocsp-invalid"],
        remedy: /responder/,
    },
    {
        title: "no staple although stapling is on",
        inject: async (situation) => {
            await update({ serverCertificateConfig: { enableOCSPCheck: true } })(situation);
            await situation.play();
        },
        rules: ["tls-ocsp-missing"],
        remedy: /once an hour/,
    },
    {
        title: "a domain configuration that is DISABLED",
        inject: update({ domainConfigurationStatus: "DISABLED" }),
        rules: ["domain-configuration-disabled"],
        remedy: /--domain-configuration-status ENABLED/,
    },
    {
        title: "a domain configuration that is DISABLED, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            await update({ domainConfigurationStatus: "DISABLED" })(situation);
        },
        rules: ["tls-domain-not-served"],
        remedy: /describe-domain-configuration/,
    },
    {
        title: "a domain configuration that somebody deleted",
        inject: async (situation) => {
            await update({ domainConfigurationStatus: "DISABLED" })(situation);
            await situation.world.call("iot:DeleteDomainConfiguration", { domainConfigurationName: "telemetry" });
        },
        rules: ["domain-configuration-missing"],
        remedy: /deploy anew/,
    },
    {
        title: "a health check that fails though the endpoint answers",
        inject: healthCheck("Failure: Resolved IP: 192.0.2.1. Connection timed out."),
        rules: ["health-check-unhealthy"],
        remedy: /TLS 1.2/,
    },
    {
        title: "a health check that somebody deleted",
        inject: async (situation) => {
            await healthCheck("Success: TCP connection made.")(situation);
            const { healthCheckId: HealthCheckId } = situation.regional;
            await situation.world.call("route53:DeleteHealthCheck", { HealthCheckId });
        },
        rules: ["health-check-missing"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a policy too narrow to connect",
        inject: device("Connect"),
        rules: ["mqtt-connect-refused"],
        remedy: /iot:Connect/,
    },
    {
        title: "a policy too narrow to publish",
        inject: device("Publish"),
        rules: ["https-publish-refused", "mqtt-publish-refused"],
        remedy: /iot:Publish/,
    },
    {
        title: "a policy too narrow to subscribe",
        inject: device("Subscribe"),
        rules: ["mqtt-subscribe-refused"],
        remedy: /iot:Subscribe/,
    },
    {
        title: "a policy too narrow to receive",
        inject: device("Receive"),
        rules: ["mqtt-message-lost"],
        remedy: /iot:Receive/,
    },
    {
        title: "MQTT 5 refused",
        inject: scripted({
            answer: ({ cmd }, version) =>
                cmd === "connect" && version === 5
                    ? [{ cmd: "connack", sessionPresent: false, reasonCode: 0x84 }]
                    : undefined,
        }),
        rules: ["mqtt-version-refused"],
        remedy: /does not know this version/,
    },
    {
        title: "a broker that is unavailable",
        inject: scripted({
            answer: ({ cmd }, version) =>
                cmd === "connect"
                    ? [{ cmd: "connack", sessionPresent: false, returnCode: 3, reasonCode: version === 5 ? 0x88 : 3 }]
                    : undefined,
        }),
        rules: ["mqtt-unavailable"],
        remedy: /quotas/,
    },
    {
        title: "a broker that takes the connection and says nothing",
        inject: async (situation) => {
            situation.timeout = 1_000;
            await scripted({ answer: () => "silence" })(situation);
        },
        rules: ["mqtt-silent"],
        remedy: /holds back/,
    },
    {
        title: "a broker that ends the connection without a word",
        inject: scripted({ answer: ({ cmd }) => (cmd === "connect" ? "end" : undefined) }),
        rules: ["mqtt-closed"],
        remedy: /AWSIotLogsV2/,
    },
    {
        title: "HTTPS publish refused",
        inject: scripted({ httpStatus: 403 }),
        rules: ["https-publish-refused"],
        remedy: /iot:Publish/,
    },
    {
        title: "HTTPS that fails",
        inject: scripted({ httpStatus: 503 }),
        rules: ["https-failed"],
        remedy: /health.aws.amazon.com/,
    },
    {
        title: "a port that lets in whoever comes",
        inject: scripted({
            answer: ({ cmd }) =>
                cmd === "connect"
                    ? [{ cmd: "connack", sessionPresent: false, returnCode: 0, reasonCode: 0 }]
                    : undefined,
        }),
        rules: ["anonymous-accepted"],
        remedy: /lets nobody in/,
    },
    {
        title: "ports that ask for no client certificate",
        inject: scripted({ asksForCertificate: false }),
        rules: ["client-certificate-not-asked"],
        remedy: /ends TLS/,
    },
    {
        title: "an application protocol that is not known there",
        inject: scripted({ alpn: ["x-amzn-mqtt-ca"] }),
        rules: ["alpn-refused"],
        remedy: /authenticationType/,
    },
    {
        title: "a clock that goes wrong",
        inject: scripted({ httpDate: new Date(Date.now() - hour) }),
        rules: ["clock-skew"],
        remedy: /NTP/,
    },
    {
        title: "an authorizer that fails",
        inject: async (situation) => {
            withToken(situation);
            const functionArn = await situation.world.function(
                "judge",
                "exports.handler = () => { throw new Error(); }",
            );
            const { authorizerArn } = await situation.world.call("iot:CreateAuthorizer", {
                authorizerName: "judge",
                authorizerFunctionArn: functionArn,
                status: "ACTIVE",
                signingDisabled: true,
            });
            await situation.world.call("lambda:AddPermission", {
                FunctionName: "judge",
                StatementId: "iot",
                Action: "lambda:InvokeFunction",
                Principal: "iot.amazonaws.com",
                SourceArn: authorizerArn,
            });
            const authorizerConfig = { defaultAuthorizerName: "judge", allowAuthorizerOverride: true };
            await update({ authorizerConfig })(situation);
            situation.output = {
                ...situation.output,
                connections: [{ protocol: "mqtt", authentication: "custom-authorizer", port: 443, alpn: "mqtt" }],
            };
        },
        rules: ["authorizer-refused"],
        remedy: /test-invoke-authorizer/,
    },
    {
        title: "a claim certificate that is inactive",
        inject: async (situation) => {
            const { claimId: certificateId } = await withClaim(situation);
            await situation.world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["claim-certificate-inactive"],
        remedy: /--new-status ACTIVE/,
    },
    {
        title: "a claim certificate that is inactive, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            const { claimId: certificateId } = await withClaim(situation);
            await situation.world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["claim-connect-refused"],
        remedy: /activate the claim certificate/,
    },
    {
        title: "a provisioning template that is disabled",
        inject: async (situation) => {
            await withClaim(situation);
            await situation.world.call("iot:UpdateProvisioningTemplate", { templateName: "fleet", enabled: false });
        },
        rules: ["provisioning-template-disabled"],
        remedy: /--enabled/,
    },
    {
        title: "a provisioning template that is disabled, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            await withClaim(situation);
            await situation.world.call("iot:UpdateProvisioningTemplate", { templateName: "fleet", enabled: false });
        },
        rules: ["claim-register-refused"],
        remedy: /has to be enabled/,
    },
    {
        title: "a hook that denies",
        inject: async (situation) => {
            await withClaim(situation);
            await withHook(situation, "exports.handler = async () => ({ allowProvisioning: false });");
        },
        rules: ["claim-hook-denied"],
        remedy: /--parameter/,
    },
    {
        title: "a hook that fails",
        inject: async (situation) => {
            await withClaim(situation);
            await withHook(situation, "exports.handler = async () => { throw new Error('broken'); };");
        },
        rules: ["claim-hook-failed"],
        remedy: /function's log/,
    },
    {
        title: "a devices' policy too narrow for the device that was provisioned",
        inject: (situation) => withClaim(situation, policyWithout()),
        rules: ["provisioned-device-refused"],
        remedy: /devices' policy/,
    },
    {
        title: "a devices' CA that is inactive",
        inject: async (situation) => {
            situation.timeout = 2_000;
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["ca-certificate-inactive"],
        remedy: /update-ca-certificate --new-status ACTIVE/,
    },
    {
        title: "automatic registration that is off",
        inject: async (situation) => {
            situation.timeout = 2_000;
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", {
                certificateId,
                newAutoRegistrationStatus: "DISABLE",
            });
        },
        rules: ["auto-registration-disabled"],
        remedy: /--new-auto-registration-status ENABLE/,
    },
    {
        title: "automatic registration that is off, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            situation.timeout = 2_000;
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", {
                certificateId,
                newAutoRegistrationStatus: "DISABLE",
            });
        },
        rules: ["just-in-time-refused"],
        remedy: /registers by itself/,
    },
];
