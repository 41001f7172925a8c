import assert from "node:assert/strict";
import { samplePlaces } from "../../rules/routing/samplePlaces";
import { domainName, regions, served, type Region } from "./served";

const networkOf = (name: string) => samplePlaces.find((place) => place.name === name)?.network ?? "";

describe("dig", () => {
    const ask = (...args: string[]) => {
        const { address, port } = served.plane.description.dns;
        return served.succeed("dig", `@${address}`, "-p", String(port), ...args);
    };
    /** The region that a place is led to. */
    const regionFor = async (place: string, ...args: string[]) => {
        const answer = await ask("+short", "CNAME", domainName, `+subnet=${networkOf(place)}`, ...args);
        return regions.find((region) => answer.trim() === `${served.endpoint(region).host}.`);
    };

    for (const [place, region] of [
        ["Germany", "eu-central-1"],
        ["Spain", "eu-central-1"],
        ["Japan", "us-east-1"],
    ] as const satisfies readonly (readonly [string, Region])[]) {
        it(`is led to ${region} from ${place}, over UDP and TCP`, async () => {
            assert.equal(await regionFor(place), region);
            assert.equal(await regionFor(place, "+tcp"), region);
        });
    }

    it("gets the endpoint's addresses, as a device would", async () => {
        assert.match(await ask("+short", "A", domainName), /^127\.0\.0\.1$/m);
    });

    it("is told how much of the client's network an answer is for", async () => {
        assert.match(await ask(domainName, `+subnet=${networkOf("Germany")}`), /CLIENT-SUBNET: 141\.20\.0\.0\/16\/\d+/);
    });

    it("gets the zone's own answer where it asks for no recursion", async () => {
        const answer = await ask("A", domainName, "+norecurse");
        assert.match(answer, /status: NOERROR/);
        assert.match(answer, /flags: qr aa/);
        assert.match(answer, /\bCNAME\b/);
        assert.doesNotMatch(answer, /\sA\s+127\.0\.0\.1/);
    });

    it("is told of names that are not there, and refused for zones of others", async () => {
        assert.match(await ask("nobody.example.com"), /status: NXDOMAIN/);
        assert.match(await ask("example.org"), /status: REFUSED/);
    });

    it("is led to the fallback of a place whose region is down, and back when it is up", async () => {
        await served.plane.stopRegion("eu-central-1");
        try {
            assert.equal(await regionFor("Germany"), "us-east-1");
        } finally {
            await served.plane.startRegion("eu-central-1");
        }
        assert.equal(await regionFor("Germany"), "eu-central-1");
    });
});
