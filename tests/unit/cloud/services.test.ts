import assert from "node:assert/strict";
import fc from "fast-check";
import { acceptInput } from "../../../sandbox/cloud/models/input";
import { readModel } from "../../../sandbox/cloud/models/model";
import { modelledServices } from "../../../sandbox/cloud/models/operations";
import { outputFaults } from "../../../sandbox/cloud/models/output";
import { redact } from "../../../sandbox/cloud/models/redaction";
import { findService, serviceNames } from "../../../sandbox/cloud/services";
import { applyPatch } from "../../../sandbox/cloud/services/cloudcontrol/jsonPatch";
import { listingOrder, zoneFileName } from "../../../sandbox/cloud/services/route53/names";
import { Vault } from "../../../sandbox/cloud/vault";
import { makeSandbox, removeSandboxes } from "./sandbox";

describe("sandbox/cloud services", () => {
    it("have code for every operation of AWS's model that was taken over, and for no other", () => {
        assert.deepEqual([...serviceNames].sort(), Object.keys(modelledServices).sort());
        for (const [name, { operations }] of Object.entries(modelledServices)) {
            assert.deepEqual([...(findService(name)?.operationNames ?? [])].sort(), [...operations].sort(), name);
        }
    });

    it("can read every pattern of AWS's models", () => {
        for (const name of serviceNames) {
            const { shapes } = readModel(name);
            for (const [shape, { pattern }] of Object.entries(shapes)) {
                if (pattern !== undefined) {
                    const { faults } = acceptInput(
                        readModel(name),
                        shape,
                        "\u0000" as unknown as Record<string, unknown>,
                    );
                    assert.deepEqual(faults.client, [], `${name} ${shape}`);
                }
            }
        }
    });
});

describe("sandbox/cloud inputs", () => {
    const model = readModel("iot");

    it("take what Java's class of visible characters takes, and nothing else", () => {
        const accepted = (text: string) =>
            acceptInput(model, "ThingGroupDescription", text as never).faults.service.length === 0;
        for (const text of ["d1", "A sensor: 50% (of all) {~!}", ""]) {
            assert.ok(accepted(text), text);
        }
        for (const text of ["tab\t", "caf\u00e9", "line\nbreak"]) {
            assert.ok(!accepted(text), JSON.stringify(text));
        }
    });

    const inherited = fc.constantFrom("toString", "constructor", "__proto__", "hasOwnProperty");
    const memberName = fc.oneof(fc.string({ minLength: 1 }), inherited);
    const accept = (input: object) =>
        acceptInput(model, "CreateDomainConfigurationRequest", input as Record<string, unknown>);

    it("are checked for every fault at once, with the path that AWS names", () => {
        const { faults } = accept({
            domainConfigurationName: "a/b",
            serverCertificateArns: ["x"],
            tags: [{ Key: "" }],
            authorizerConfig: { defaultAuthorizerName: "a b" },
        });
        assert.equal(faults.service.length, 4);
        assert.match(
            faults.service[0] ?? "",
            /^Value 'a\/b' at 'domainConfigurationName' failed to satisfy constraint/,
        );
        assert.ok(faults.service.some((fault) => fault.includes("'serverCertificateArns.1.member'")));
        assert.ok(faults.service.some((fault) => fault.includes("'tags.1.member.key'")));
    });

    it("lose absent members, and keep the rest as it is", () => {
        const input = { domainConfigurationName: "a", domainName: undefined, tags: null, serviceType: "DATA" };
        assert.deepEqual(accept(input).value, { domainConfigurationName: "a", serviceType: "DATA" });
    });

    it("are never taken with a member that AWS does not have", () => {
        fc.assert(
            fc.property(memberName, fc.jsonValue(), (name, value) => {
                const known = Object.hasOwn(model.shapes.CreateDomainConfigurationRequest?.members ?? {}, name);
                const { faults } = accept(
                    Object.fromEntries([
                        ["domainConfigurationName", "a"],
                        [name, value],
                    ]),
                );
                assert.equal(
                    faults.client.some((fault) => fault.startsWith("Unknown parameter")),
                    !known,
                );
            }),
        );
    });

    it("never show a secret in the trail, whatever stands around it", () => {
        const acm = readModel("acm");
        const secret = "very-secret-key-material";
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.jsonValue()), memberName, (rest, name) => {
                const input = { ...rest, PrivateKey: secret, [name]: secret, Tags: [{ Key: "a", [name]: secret }] };
                const shown = JSON.stringify(redact(acm, "ImportCertificateRequest", input));
                const isPublic = ["Certificate", "CertificateArn", "CertificateChain", "Key", "Value"].includes(name);
                assert.equal(shown.includes(secret) && !isPublic, false);
            }),
        );
    });
});

describe("sandbox/cloud outputs", () => {
    const faults = (output: unknown) => outputFaults(readModel("iot"), "DescribeEndpointResponse", output);

    it("are held against AWS's shapes", () => {
        assert.deepEqual(faults({ endpointAddress: "a" }), []);
        assert.deepEqual(faults({ endpointAddress: 1 }), ["output.endpointAddress is not a string"]);
        assert.deepEqual(faults({ address: "a" }), [
            "output.address is not a member of AWS's DescribeEndpointResponse",
        ]);
    });
});

describe("sandbox/cloud names of zones", () => {
    const label = fc.stringMatching(/^[a-z0-9*_-]{1,10}$/);
    const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join("."));

    it("are the same whether they were escaped before or not, with a dot or without, in whatever case", () => {
        fc.assert(
            fc.property(name, (text) => {
                const escaped = zoneFileName(text);
                assert.equal(zoneFileName(escaped), escaped);
                assert.equal(zoneFileName(`${text}.`), escaped);
                assert.equal(zoneFileName(text.toUpperCase()), escaped);
                assert.match(escaped, /^([a-z0-9._-]|\\\d{3})+\.$/);
            }),
        );
    });

    it("sort below the zone that they lie in", () => {
        fc.assert(
            fc.property(name, label, (zone, below) => {
                assert.ok(listingOrder(`${below}.${zone}`).startsWith(listingOrder(zone)));
            }),
        );
    });
});

describe("sandbox/cloud patches", () => {
    const document = fc.dictionary(fc.stringMatching(/^[a-z/~]{1,6}$/), fc.jsonValue(), { noNullPrototype: true });
    const path = (name: string) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

    it("turn one document into the other, and leave the first as it was", () => {
        fc.assert(
            fc.property(document, document, (before, after) => {
                const kept = structuredClone(before);
                const removals = Object.keys(before).map((name) => ({ op: "remove", path: path(name) }));
                const additions = Object.entries(after).map(([name, value]) => ({
                    op: "add",
                    path: path(name),
                    value,
                }));
                const patched = applyPatch(before, JSON.stringify([...removals, ...additions]));
                assert.equal(JSON.stringify(patched), JSON.stringify(after));
                assert.deepEqual(before, kept);
            }),
        );
    });
});

describe("sandbox/cloud vault", () => {
    afterEach(removeSandboxes);

    it("gives back what it was given, to every process of its directory and to no other", () => {
        const { directory } = makeSandbox();
        const sealed = new Vault(directory).seal("secret");
        assert.ok(!Buffer.from(sealed, "base64").includes("secret"));
        assert.equal(new Vault(directory).open(sealed).toString(), "secret");
        assert.notEqual(new Vault(directory).seal("secret"), sealed);
        assert.throws(() => new Vault(makeSandbox().directory).open(sealed));
    });
});
