import assert from "node:assert/strict";
import net from "node:net";
import { once } from "node:events";
import tls from "node:tls";
import { SocksClient } from "socks";
import { domainName, World } from "./world";

/** Deployed in another region than the first: the name alone decides on the region. */
const farName = "far.example.com";
const far = "eu-central-1";

describe("sandbox/dataPlane proxy", () => {
    const world = new World();
    const pointTo = async (name: string, region: string) => {
        const { endpointAddress } = await world.call("iot:DescribeEndpoint", { endpointType: "iot:Data-ATS" }, region);
        await world.record({ Name: name, Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: endpointAddress }] });
    };

    before(async () => {
        await world.domain();
        await world.domain({}, far, farName);
        await pointTo(domainName, "us-east-1");
        await pointTo(farName, far);
        await pointTo("elsewhere.example.com", "ap-southeast-1");
        await world.serve();
    });
    after(() => world.close());

    const connect = async (host: string, port = 8883): Promise<net.Socket> => {
        const { address, port: proxyPort } = world.plane.description.proxy;
        const { socket } = await SocksClient.createConnection({
            proxy: { host: address, port: proxyPort, type: 5 },
            destination: { host, port },
            command: "connect",
        });
        return socket;
    };
    /** The names in the certificate that a client is shown. */
    const shownNames = async (host: string, port?: number) => {
        const secured = tls.connect({
            socket: await connect(host, port),
            servername: host,
            ca: await world.cloud.publicRoots(),
        });
        await once(secured, "secureConnect");
        const { subjectaltname } = secured.getPeerCertificate();
        secured.destroy();
        return subjectaltname;
    };

    for (const [name, port] of [
        [domainName, 8883],
        [domainName, 8443],
        [domainName, 443],
        [farName, 8883],
        [farName.toUpperCase(), 443],
    ] as const) {
        it(`takes a client to ${name}:${port}, in the region that DNS leads it to`, async () => {
            assert.equal(await shownNames(name, port), `DNS:${name.toLowerCase()}`);
        });
    }

    it("takes a client to a region's own endpoint", async () => {
        const { host } = world.plane.description.endpoints.find(({ region }) => region === far) ?? {};
        assert.match((await shownNames(host ?? "")) ?? "", /\.iot\.eu-central-1\.amazonaws\.com/);
    });

    for (const [what, host, port] of [
        ["a name that DNS does not know", "nobody.example.com", 8883],
        ["a name that leads where nothing is served", "elsewhere.example.com", 8883],
        ["a port on which AWS does not listen", domainName, 22],
        ["an address, which says nothing of the region", "127.0.0.1", 8883],
    ] as const) {
        it(`refuses ${what}`, async () => {
            await assert.rejects(() => connect(host, port), /HostUnreachable/);
        });
    }

    it("refuses a region that is stopped, and takes clients there when it is back", async () => {
        await world.plane.stopRegion(far);
        await assert.rejects(() => connect(farName), /HostUnreachable/);
        await world.plane.startRegion(far);
        assert.equal(await shownNames(farName), `DNS:${farName}`);
    });

    it("hangs up on a client that does not speak SOCKS 5, and serves others", async () => {
        const { address, port } = world.plane.description.proxy;
        const client = net.connect(port, address).resume();
        client.write("GET / HTTP/1.1\r\n\r\n");
        await once(client, "close");
        assert.equal(await shownNames(domainName), `DNS:${domainName}`);
    });

    it("ends a client's connection when its region is stopped", async () => {
        const client = await connect(domainName);
        const ended = once(client.resume(), "close");
        await world.plane.stopRegion("us-east-1");
        await ended;
        await world.plane.startRegion("us-east-1");
    });

    it("cuts its connections when it is closed, and listens no more", async () => {
        const { address, port } = world.plane.description.proxy;
        const client = await connect(domainName);
        const ended = once(client.resume(), "close");
        await world.plane.close();
        await ended;
        const [error] = (await once(net.connect(port, address), "error")) as [NodeJS.ErrnoException];
        assert.equal(error.code, "ECONNREFUSED");
    });
});
