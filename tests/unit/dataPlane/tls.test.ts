import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import net from "node:net";
import type tls from "node:tls";
import { judgeOcspResponse } from "../../../verify/tls/ocsp";
import { domainName, World } from "./world";

const hour = 60 * 60 * 1000;

describe("sandbox/dataPlane TLS", () => {
    const world = new World();
    let certificateArn: string;
    let host: string;

    before(async () => {
        certificateArn = await world.domain({ serverCertificateConfig: { enableOCSPCheck: true } });
        await world.domain(
            { tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" } },
            "us-east-1",
            "new.example.com",
        );
        await world.domain(
            { tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" } },
            "us-east-1",
            "old.example.com",
        );
        await world.serve();
        host = world.plane.description.endpoints[0]?.host ?? "";
    });
    after(() => world.close());

    const anybody = { checkServerIdentity: () => undefined };
    async function shown(options: tls.ConnectionOptions): Promise<X509Certificate> {
        const socket = await world.secure("8883", { ...anybody, ...options });
        const certificate = socket.getPeerX509Certificate();
        socket.destroy();
        assert.ok(certificate);
        return certificate;
    }
    const nameShown = async (options: tls.ConnectionOptions) => (await shown(options)).subjectAltName;
    const describeDomain = (status: string) =>
        world.call("iot:UpdateDomainConfiguration", {
            domainConfigurationName: "iot-example-com",
            domainConfigurationStatus: status,
        });

    it("shows each name its own certificate, and everybody else the endpoint's", async () => {
        const own = "DNS:*.iot.us-east-1.amazonaws.com";
        assert.equal(await nameShown({ servername: domainName }), `DNS:${domainName}`);
        assert.equal(await nameShown({ servername: "NEW.example.com" }), "DNS:new.example.com");
        assert.equal(await nameShown({ servername: host }), own);
        assert.equal(await nameShown({ servername: "stranger.example.com" }), own);
        assert.equal(await nameShown({ servername: "" }), own);
    });

    it("shows the endpoint's certificate while a domain configuration is disabled", async () => {
        await describeDomain("DISABLED");
        assert.equal(await nameShown({ servername: domainName }), "DNS:*.iot.us-east-1.amazonaws.com");
        await describeDomain("ENABLED");
        assert.equal(await nameShown({ servername: domainName }), `DNS:${domainName}`);
    });

    it("shows a certificate that was imported anew an hour later", async () => {
        const order = async () => {
            const { certificate, chain, privateKey } = await world.cloud.publicCertificate({
                names: ["imported.example.com"],
            });
            return { Certificate: certificate, CertificateChain: chain, PrivateKey: privateKey };
        };
        const serial = (pem: string) => new X509Certificate(pem).serialNumber;
        const [first, second] = [await order(), await order()];
        const { CertificateArn } = await world.call("acm:ImportCertificate", bytes(first));
        await world.call("iot:CreateDomainConfiguration", {
            domainConfigurationName: "imported",
            domainName: "imported.example.com",
            serverCertificateArns: [CertificateArn],
        });
        await world.call("acm:ImportCertificate", { ...bytes(second), CertificateArn });
        const servername = "imported.example.com";
        const ca = await world.cloud.publicRoots();
        assert.equal((await shown({ servername, ca })).serialNumber, serial(first.Certificate));
        world.cloud.advanceClock(hour + 1000);
        assert.equal((await shown({ servername, ca })).serialNumber, serial(second.Certificate));
    });

    const negotiations: [name: string, options: tls.ConnectionOptions, expected: string | RegExp][] = [
        ["new.example.com", { maxVersion: "TLSv1.2" }, /protocol version/],
        ["new.example.com", {}, "TLSv1.3"],
        ["old.example.com", {}, "TLSv1.2"],
        ["old.example.com", { minVersion: "TLSv1.3" }, /protocol version/],
        [domainName, { maxVersion: "TLSv1.2" }, "TLSv1.2"],
        [domainName, {}, "TLSv1.3"],
        [domainName, { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-CHACHA20-POLY1305" }, /handshake failure/],
        [domainName, { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA256" }, "TLSv1.2"],
    ];
    for (const [servername, options, expected] of negotiations) {
        it(`holds ${servername} to its security policy with ${JSON.stringify(options)}`, async () => {
            const agreed = world.secure("443", { servername, ...options }).then(
                (socket) => {
                    const protocol = socket.getProtocol();
                    socket.destroy();
                    return protocol ?? "";
                },
                (error: Error) => error.message,
            );
            if (typeof expected === "string") {
                assert.equal(await agreed, expected);
            } else {
                assert.match(await agreed, expected);
            }
        });
    }

    it("staples a good OCSP response of the CA's where the domain asks for one", async () => {
        const staple = (servername: string) =>
            new Promise<[Buffer | null, tls.TLSSocket]>((resolve, reject) => {
                const connecting = world.secure("8883", { servername, requestOCSP: true } as tls.ConnectionOptions);
                connecting.then((socket) => socket.destroy(), reject);
                world.lastSocket?.once("OCSPResponse", (response: Buffer | null) => {
                    resolve([response, world.lastSocket as tls.TLSSocket]);
                });
            });
        const [response] = await staple(domainName);
        assert.ok(response);
        const { Certificate, CertificateChain } = await world.call("acm:GetCertificate", {
            CertificateArn: certificateArn,
        });
        const verdict = judgeOcspResponse(
            response,
            new X509Certificate(Certificate),
            new X509Certificate(CertificateChain),
            world.cloud.now(),
        );
        assert.equal(verdict.status, "good");
        assert.equal((await staple("new.example.com"))[0]?.length ?? 0, 0);
    });

    it("survives what is no TLS", async () => {
        for (const text of ["", "GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00"]) {
            const socket = net.connect(world.port("8883"), "127.0.0.1");
            socket.on("error", () => {});
            socket.end(Buffer.from(text, "latin1"));
            socket.resume();
            await new Promise((resolve) => socket.once("close", resolve));
        }
        assert.equal(await nameShown({ servername: domainName }), `DNS:${domainName}`);
    });
});

function bytes(files: Readonly<Record<string, string>>): Record<string, Buffer> {
    return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
}
