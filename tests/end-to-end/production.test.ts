import assert from "node:assert/strict";
import type { DomainOutput } from "../../outputs/contract";
import { parseIotEndpoint } from "../../rules/dataEndpoints";
import { continentOf } from "../../rules/routing/locations";
import type { ResourceRecordSet } from "../../rules/routing/resourceRecordSet";
import { samplePlaces } from "../../rules/routing/samplePlaces";
import { ask as simulate } from "../../rules/routing/simulator";
import { serveDns } from "../../sandbox/dataPlane/dns";
import { ask, told } from "../unit/dns/exchange";
import { TestStack } from "./stack";
import { valuesOf } from "./stackFiles";

/** The stack file that the repository ships. */
const shipped = () => valuesOf("Pulumi.prod.yaml");

/** The region of each continent in that file. */
const home: Readonly<Record<string, string>> = {
    NA: "us-east-1",
    SA: "us-east-1",
    EU: "eu-central-1",
    AF: "eu-central-1",
    AS: "ap-southeast-1",
    OC: "ap-southeast-1",
};

describe("the production stack that the repository ships", function () {
    this.timeout(300_000);
    const stack = new TestStack(shipped(), "prod");
    after(() => stack.remove());

    const route53 = (operation: string, parameters: Record<string, unknown>) =>
        stack.sandbox.cloud().call({ service: "route53", operation, region: "aws-global", parameters });

    async function recordSets(): Promise<ResourceRecordSet[]> {
        const { HostedZones } = await route53("ListHostedZonesByName", { DNSName: "example.com." });
        const { ResourceRecordSets } = await route53("ListResourceRecordSets", {
            HostedZoneId: HostedZones[0].Id,
        });
        return ResourceRecordSets;
    }

    /** The region that the sandbox's Route 53 answers each place with, by the place's name, while these regions fail. */
    async function answers(unhealthy: readonly string[] = []): Promise<Map<string, string>> {
        const server = await serveDns(stack.sandbox.cloud(), {
            isHealthy: ({ HealthCheckConfig }) =>
                !unhealthy.includes(regionOf(HealthCheckConfig.FullyQualifiedDomainName)),
        });
        try {
            const regions = new Map<string, string>();
            for (const { name, network } of samplePlaces) {
                const { answers: records } = await ask(server, { name: "iot.example.com", subnet: network });
                regions.set(name, regionOf(told(records)[0]?.split(" CNAME ")[1]));
            }
            return regions;
        } finally {
            await server.close();
        }
    }

    /** The same by the simulator, from the records as they are. */
    async function simulated(unhealthy: readonly string[] = []): Promise<Map<string, string>> {
        const { domains } = await stack.outputs<{ domains: Record<string, DomainOutput> }>();
        const healthyHealthChecks = new Set(
            Object.entries(domains["telemetry"]?.regions ?? {})
                .filter(([region]) => !unhealthy.includes(region))
                .flatMap(([, { healthCheckId }]) => healthCheckId ?? []),
        );
        const records = await recordSets();
        return new Map(
            samplePlaces.map(({ name, country, subdivision }) => {
                const place = { country, subdivision };
                const answer = simulate(records, { name: "iot.example.com", place, healthyHealthChecks });
                return [name, regionOf(answer?.endpoint)];
            }),
        );
    }

    const regionOf = (endpoint = "") => parseIotEndpoint(endpoint)?.region ?? "no answer";

    it("comes up in three regions and has nothing left to do", async () => {
        await stack.up();
        const { changes } = await stack.preview();
        assert.deepEqual(Object.keys(changes), ["same"]);
        const regions = new Set(
            stack.sandbox
                .cloud()
                .resources()
                .filter(({ service }) => service === "iot")
                .map(({ region }) => region),
        );
        assert.deepEqual([...regions].sort(), ["ap-southeast-1", "eu-central-1", "us-east-1"]);
    });

    it("sends more than thirty places to a region each, and the continents to their own", async () => {
        const all = await answers();
        assert.ok(all.size >= 30);
        for (const { name, country } of samplePlaces) {
            assert.equal(all.get(name), home[continentOf(country ?? "") ?? ""] ?? "us-east-1", name);
        }
    });

    it("sends the devices of a failed region to the next of their own list", async () => {
        const all = await answers(["eu-central-1"]);
        assert.ok([...all.values()].every((region) => ["us-east-1", "ap-southeast-1"].includes(region)));
        assert.equal(all.get("Germany"), "us-east-1");
        assert.equal(all.get("Japan"), "ap-southeast-1");
        assert.equal((await answers(["eu-central-1", "us-east-1"])).get("Germany"), "ap-southeast-1");
        assert.equal((await answers(["ap-southeast-1"])).get("Japan"), "eu-central-1");
    });

    it("answers as the simulator says, whichever regions fail", async () => {
        for (const unhealthy of [[], ["eu-central-1"], ["us-east-1", "ap-southeast-1"], Object.values(home)]) {
            assert.deepEqual(await answers(unhealthy), await simulated(unhealthy), unhealthy.join());
        }
    });

    /** The shipped stack with one more region, which answers a country of its own. */
    function withRegion(region: string, location: string) {
        const values = shipped();
        values.regions[region] = {};
        values.domains.telemetry.routing.locations[region] = [location];
        return values;
    }

    function withDomain(key: string) {
        const values = shipped();
        values.domains[key] = { ...values.domains.updates, domainName: `${key}.iot.example.com` };
        return values;
    }

    // The engine hands regions and domains over by their names' order, so they come before all others, between them and after.
    const additions = {
        "the region ap-northeast-1": withRegion("ap-northeast-1", "country:JP"),
        "the region eu-west-1": withRegion("eu-west-1", "country:IE"),
        "the region sa-east-1": withRegion("sa-east-1", "country:BR"),
        "a domain whose certificate names another one's": withDomain("commands"),
    };
    for (const [what, values] of Object.entries(additions)) {
        it(`would add ${what}, and touch nothing else`, async () => {
            stack.configure(values);
            const { completed, changes, steps } = await stack.preview();
            assert.equal(completed.exitCode, 0, completed.stdout);
            const touched = steps
                .filter(({ op }) => !["same", "read", "create"].includes(op))
                .map(({ op, urn }) => `${op} ${urn}`);
            assert.deepEqual(touched, []);
            assert.ok((changes.create ?? 0) > 20);
        });
    }

    it("adds a fourth region, which answers its own country", async () => {
        stack.configure(withRegion("sa-east-1", "country:BR"));
        await stack.up();
        assert.equal((await answers()).get("Brazil"), "sa-east-1");
    });

    it("drains a region: its traffic goes elsewhere and everything else stays", async () => {
        const values = withRegion("sa-east-1", "country:BR");
        values.regions["eu-central-1"] = { drained: true };
        stack.configure(values);
        const { steps } = await stack.preview();
        const changed = steps.filter(({ op }) => !["same", "read"].includes(op)).map(({ type }) => type);
        assert.deepEqual([...new Set(changed)], ["aws:route53/record:Record"]);
        await stack.up();
        const all = await answers();
        assert.ok([...all.values()].every((region) => region !== "eu-central-1" && region !== "no answer"));
        assert.ok(stack.inventory().includes("eu-central-1 iot/domainConfiguration"));
    });

    it("rotates the claim certificate: two are valid at once, then the old one is inactive, then gone", async () => {
        const values = shipped();
        const { certificates } = values.provisioning.claim;
        certificates["2027"] = { certificate: { from: "file", path: "examples/certificates/claim-2027.pem" } };
        stack.configure(values);
        await unprotectRegion("sa-east-1");
        await stack.up();
        assert.deepEqual(await claimStatus(), ["ACTIVE", "ACTIVE"]);

        certificates["2026"].active = false;
        stack.configure(values);
        await stack.up();
        assert.deepEqual(await claimStatus(), ["ACTIVE", "INACTIVE"]);

        delete certificates["2026"];
        stack.configure(values);
        await stack.up();
        assert.deepEqual(await claimStatus(), ["ACTIVE"]);
    });

    it("has lost the fourth region by then, with its records gone before its domain configuration", () => {
        assert.ok(
            stack.inventory().every((what) => !what.startsWith("sa-east-1")),
            stack.inventory().join("\n"),
        );
        const trail = stack.sandbox.cloud().trail();
        const removedRecord = trail.findIndex(
            ({ operation, parameters }) =>
                operation === "ChangeResourceRecordSets" &&
                /"DELETE"/.test(JSON.stringify(parameters)) &&
                /iot\.sa-east-1\.amazonaws\.com/.test(JSON.stringify(parameters)),
        );
        const removedConfiguration = trail.findIndex(
            ({ operation, region }) => operation === "DeleteDomainConfiguration" && region === "sa-east-1",
        );
        assert.ok(
            removedRecord > 0 && removedRecord < removedConfiguration,
            `${removedRecord}, ${removedConfiguration}`,
        );
    });

    it("goes down when its protection is lifted, and leaves nothing in the cloud", async () => {
        await stack.succeed("state", "unprotect", "--all", "--yes");
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(stack.inventory(), []);
    });

    /** A region of production is given up in two steps: its protection is lifted first. */
    async function unprotectRegion(region: string): Promise<void> {
        const { deployment } = JSON.parse(await stack.exported());
        const urns: string[] = deployment.resources
            .filter(({ urn, protect }: any) => protect === true && urn.endsWith(`-${region}`))
            .map(({ urn }: any) => urn);
        assert.ok(urns.length > 0);
        for (const urn of urns) {
            await stack.succeed("state", "unprotect", urn, "--yes");
        }
    }

    async function claimStatus(): Promise<string[]> {
        const { certificates } = await stack.sandbox
            .cloud()
            .call({ service: "iot", operation: "ListCertificates", region: "eu-central-1", parameters: {} });
        return certificates.map(({ status }: { status: string }) => status).sort();
    }
});
