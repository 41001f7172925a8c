import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import net from "node:net";
import { closed, connected, outcome, World, type Device } from "./world";

const region = "eu-central-1";

function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = net.connect(port, "127.0.0.1");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
    });
}

describe("sandbox/dataPlane regions", () => {
    const world = new World();
    let device: Device;

    before(async () => {
        await world.domain();
        device = await world.device("sensor-1");
        await world.serve();
    });
    after(() => world.close());

    const served = () => world.plane.description.endpoints.map((each) => each.region);

    it("come and go with what is deployed, without a restart", async () => {
        assert.deepEqual(served(), ["us-east-1"]);
        await world.call("iot:CreateThing", { thingName: "one" }, region);
        await world.plane.refresh();
        assert.deepEqual(served().sort(), [region, "us-east-1"]);
        const port = world.port("8883", region);
        assert.equal(await listens(port), true);
        await world.call("iot:DeleteThing", { thingName: "one" }, region);
        await world.plane.refresh();
        assert.deepEqual(served(), ["us-east-1"]);
        assert.equal(await listens(port), false);
    });

    it("cut every connection when they are stopped, and take them on the same port when they are back", async () => {
        const port = world.port("8883");
        const client = await connected(world.connect(device, { clientId: "sensor-1" }));
        const end = closed(client);
        await world.plane.stopRegion("us-east-1");
        await end;
        assert.equal(await listens(port), false);
        await world.plane.startRegion("us-east-1");
        assert.equal(world.port("8883"), port);
        assert.equal(await outcome(world.connect(device, { clientId: "sensor-1" })), "connected");
    });

    it("have Route 53's checkers say whether they take connections, and nothing of endpoints elsewhere", async () => {
        const [{ host = "" } = {}] = world.plane.description.endpoints;
        const check = async (FullyQualifiedDomainName: string) => {
            const { HealthCheck } = await world.call("route53:CreateHealthCheck", {
                CallerReference: FullyQualifiedDomainName,
                HealthCheckConfig: { Type: "TCP", Port: 8883, FullyQualifiedDomainName },
            });
            return HealthCheck.Id as string;
        };
        const [own, foreign] = [await check(host), await check("elsewhere.example.net")];
        const said = async (HealthCheckId: string) => {
            const { HealthCheckObservations } = await world.call("route53:GetHealthCheckStatus", { HealthCheckId });
            const words = HealthCheckObservations.map(({ StatusReport }: any) => StatusReport.Status.split(":")[0]);
            return [words.length, [...new Set(words)]];
        };
        assert.deepEqual(await said(own), [8, ["Success"]]);
        assert.deepEqual(await said(foreign), [0, []]);
        await world.plane.stopRegion("us-east-1");
        assert.deepEqual(await said(own), [8, ["Failure"]]);
        await world.plane.startRegion("us-east-1");
        assert.deepEqual(await said(own), [8, ["Success"]]);
    });

    it("are refused by name where they are not served", async () => {
        await assert.rejects(() => world.plane.stopRegion("eu-west-1"), /eu-west-1: expected a region that is served/);
    });

    it("disconnect a device whose certificate is deactivated", async () => {
        const client = await connected(world.connect(device, { clientId: "sensor-1" }));
        const end = closed(client);
        const { certificateId } = device;
        await world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
        await end;
        assert.equal(await outcome(world.connect(device, { clientId: "sensor-1" })), "closed");
        await world.call("iot:UpdateCertificate", { certificateId, newStatus: "ACTIVE" });
    });

    it("leave neither a listener nor a process when the data plane is closed", async () => {
        const { endpoints } = world.plane.description;
        // Whoever closes it, and how often.
        await Promise.all([world.plane.close(), world.plane.close()]);
        await world.plane.close();
        const ports = endpoints.flatMap((each) => Object.values(each.ports));
        assert.deepEqual(await Promise.all(ports.map(listens)), [false, false, false]);
        const children = execFileSync("ps", ["-o", "args=", "--ppid", String(process.pid)]).toString();
        assert.doesNotMatch(children, /broker\.json/);
    });

    it("listen on fixed ports, one after the other, when they are told to", async () => {
        await world.call("iot:CreateThing", { thingName: "one" }, region);
        const { description, base } = await serveFixed();
        const [first, second] = description.endpoints;
        assert.equal(description.dns.port, base);
        assert.equal(description.awsEndpointUrl, `http://127.0.0.1:${base + 1}`);
        assert.equal(description.proxy.port, base + 2);
        assert.deepEqual(first?.ports, { "443": base + 3, "8443": base + 4, "8883": base + 5 });
        assert.deepEqual(second?.ports, { "443": base + 6, "8443": base + 7, "8883": base + 8 });
    });

    /** Whichever nine ports are free, others may take one of them at any time. */
    async function serveFixed() {
        for (let base = 20_000; ; base += 10) {
            try {
                return { base, description: (await world.serve({ portBase: base })).description };
            } catch (error) {
                assert.equal((error as NodeJS.ErrnoException).code, "EADDRINUSE");
            }
        }
    }
});
