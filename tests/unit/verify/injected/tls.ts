import tls from "node:tls";
import { issueCertificate } from "../../../../sandbox/cloud/authority/certificates";
import { domainName } from "../../dataPlane/world";
import { fromOutside, onlyTls, scripted, plain, update, stapled, hour, type InjectedFault } from "../injection";
import { ownAuthority } from "../ownAuthority";
import type { Situation } from "../situation";

/** An endpoint with a key of RSA, which has more than one key exchange, and these cipher suites. */
const agreeing = (ciphers: string) => async (situation: Situation) => {
    fromOutside(situation);
    const material = await situation.world.cloud.publicCertificate({ names: [domainName], keyAlgorithm: "RSA_2048" });
    await situation.play({ material, ciphers });
};

/** Faults of TLS. */
export const tlsFaults: readonly InjectedFault[] = [
    {
        title: "ports that accept and say nothing",
        inject: async (situation) => {
            situation.waitLess({ handshake: 1_000 });
            await plain(() => undefined)(situation);
        },
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
        title: "a key exchange let in that the policy excludes",
        inject: agreeing(`${tls.DEFAULT_CIPHERS}:DHE-RSA-AES256-SHA`),
        rules: ["tls-key-exchange-forbidden"],
        remedy: /weakened/,
    },
    {
        title: "a key exchange refused that the policy has",
        inject: agreeing(`${tls.DEFAULT_CIPHERS}:!kRSA:!DHE`),
        rules: ["tls-key-exchange-missing"],
        remedy: /cannot connect/,
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
        title: "a domain configuration that is DISABLED, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            await update({ domainConfigurationStatus: "DISABLED" })(situation);
        },
        rules: ["tls-domain-not-served"],
        remedy: /describe-domain-configuration/,
    },
    {
        title: "a domain configuration of TLS 1.3 alone that is DISABLED, seen from outside alone",
        configuration: { tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } },
        inject: async (situation) => {
            fromOutside(situation);
            situation.output = { ...situation.output, securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" };
            await update({ domainConfigurationStatus: "DISABLED" })(situation);
        },
        rules: ["tls-domain-not-served"],
        remedy: /describe-domain-configuration/,
    },
    {
        title: "another certificate at the IPv6 address",
        inject: async (situation) => {
            const names: [string] = [domainName];
            const material = await situation.world.cloud.publicCertificate({ names, keyAlgorithm: "EC_prime256v1" });
            await situation.playApart({}, { material });
        },
        rules: ["tls-certificate-differs"],
        remedy: /of this address/,
    },
    {
        title: "an IPv6 address that ends every handshake with an alert",
        inject: (situation) => situation.playApart({}, { maxVersion: "TLSv1.1", minVersion: "TLSv1" }),
        rules: ["tls-alert"],
        remedy: /security policy/,
    },
];
