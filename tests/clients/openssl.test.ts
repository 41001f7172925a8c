import assert from "node:assert/strict";
import type { EndpointPort } from "../../sandbox/dataPlane";
import { domainName, oldDomainName, regions, served, type Region } from "./served";

interface Connecting {
    readonly region?: Region;
    readonly port?: EndpointPort;
    /** @default none, and no name is asked for */
    readonly name?: string;
}

describe("openssl s_client", () => {
    const connect = ({ region, port = "8883", name }: Connecting, ...args: string[]) =>
        served.run(
            "openssl",
            ...["s_client", "-connect", `127.0.0.1:${served.endpoint(region).ports[port]}`],
            ...(name === undefined ? ["-noservername"] : ["-servername", name]),
            ...["-CAfile", served.roots, "-verify_return_error", ...args],
        );

    for (const region of regions) {
        it(`trusts the domain's certificate in ${region}, over TLS 1.3`, async () => {
            const { exitCode, stdout, stderr } = await connect(
                { region, name: domainName },
                ...["-verify_hostname", domainName],
            );
            assert.equal(exitCode, 0, stderr);
            assert.match(stdout, /Verify return code: 0 \(ok\)/);
            assert.match(stdout, /TLSv1\.3, Cipher is TLS_/);
            assert.match(stdout, /Verified peername: iot\.example\.com/);
        });
    }

    it("is refused with TLS 1.2 where the policy takes TLS 1.3 alone", async () => {
        const { exitCode, stdout, stderr } = await connect({ name: domainName }, "-tls1_2");
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /alert (protocol version|handshake failure)/);
        assert.match(stdout, /no peer certificate available/);
    });

    it("is let in with TLS 1.2 where the policy takes it", async () => {
        const { exitCode, stdout, stderr } = await connect({ name: oldDomainName }, "-tls1_2");
        assert.equal(exitCode, 0, stderr);
        assert.match(stdout, /TLSv1\.2, Cipher is ECDHE-/);
    });

    it("does not trust the endpoint's own certificate for the domain, which it is shown without a name", async () => {
        const { exitCode, stderr } = await connect({}, "-verify_hostname", domainName);
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /hostname mismatch/i);
        const own = await connect({ name: served.endpoint().host }, "-verify_hostname", served.endpoint().host);
        assert.equal(own.exitCode, 0, own.stderr);
    });

    for (const protocol of ["x-amzn-mqtt-ca", "x-amzn-http-ca"]) {
        it(`agrees on ${protocol} on port 443, and is asked for a certificate`, async () => {
            const { exitCode, stdout, stderr } = await connect({ name: domainName, port: "443" }, "-alpn", protocol);
            assert.equal(exitCode, 0, stderr);
            assert.match(stdout, new RegExp(`^ALPN protocol: ${protocol}$`, "m"));
        });
    }

    it("gets no session ticket, as AWS gives none", async () => {
        const { stdout } = await connect({ name: domainName });
        assert.doesNotMatch(stdout, /New Session Ticket arrived/);
    });
});
