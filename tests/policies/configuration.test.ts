import assert from "node:assert/strict";
import { rules } from "../../policies/rules";
import { certificateFile } from "./exampleFiles";
import { PackProcess, urnOf, type Violation } from "./packProcess";
import { domainConfiguration } from "./resources";

const weak = domainConfiguration({ tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_2_2022_10" } });

describe("the pack's configuration", function () {
    this.timeout(20_000);
    let pack: PackProcess;

    before(async () => {
        pack = await PackProcess.start();
        await pack.configureStack();
    });
    after(() => pack.stop());

    type Levels = Parameters<PackProcess["configure"]>[0];

    /** What the engine sends: every rule with its level and defaults, and over it what somebody configured. */
    function filledIn(given: Levels): Levels {
        const own = rules.map((rule) => [rule.name, { level: rule.enforcementLevel }] as const);
        return { ...(Object.fromEntries(own) as Levels), configuration: { level: "advisory" }, ...given };
    }

    async function found(configuration: Levels): Promise<Violation[]> {
        await pack.configure(configuration);
        return pack.analyze(weak);
    }

    async function tlsLevel(configuration: Levels): Promise<string | undefined> {
        return (await found(configuration)).find(({ rule }) => rule === "tls-security-policy")?.level;
    }

    it("tells the engine every rule with its level, page and remedies", async () => {
        const policies = (await pack.info()).getPoliciesList();
        assert.deepEqual(
            policies.map((policy) => policy.getName()),
            [...rules.map(({ name }) => name), "configuration"],
        );
        for (const policy of policies.slice(0, -1)) {
            assert.match(policy.getUrl(), /^https:/);
            assert.match(policy.getRemediationSteps(), /Pulumi:\n.+\n\nAWS CLI:\n.+\n\nAWS console:\n.+/s);
        }
    });

    it("holds without any configuration", async () => {
        assert.deepEqual(
            (await pack.analyze(weak)).filter(({ level }) => level === "mandatory").map(({ rule }) => rule),
            ["tls-security-policy"],
        );
    });

    it("keeps a mandatory rule mandatory when an entry gives it settings and no level", async () => {
        assert.equal(
            await tlsLevel({ "tls-security-policy": { allowed: ["IoTSecurityPolicy_TLS13_1_2_2022_10"] } }),
            "mandatory",
        );
    });

    it("lets the engine's configuration turn a mandatory rule into advice or off", async () => {
        assert.equal(await tlsLevel(filledIn({ "tls-security-policy": { level: "advisory" } })), "advisory");
        assert.equal(await tlsLevel(filledIn({ "tls-security-policy": { level: "disabled" } })), undefined);
        assert.equal(await tlsLevel(filledIn({})), "mandatory");
    });

    it("lets an entry without settings turn a mandatory rule into advice", async () => {
        assert.equal(await tlsLevel({ "tls-security-policy": { level: "advisory" } }), "advisory");
    });

    const refused: Readonly<Record<string, readonly [Levels, RegExp]>> = {
        "a misspelt rule, naming the nearest": [
            { "tls-securty-policy": { level: "mandatory" } },
            /tls-securty-policy: .*did you mean tls-security-policy\?/,
        ],
        "a misspelt setting, naming the nearest": [
            { "tls-security-policy": { alowed: [] } },
            /tls-security-policy\.alowed: .*did you mean allowed\?/,
        ],
        "a setting of a wrong type": [
            { "tls-security-policy": { allowed: "all" } },
            /tls-security-policy\.allowed: expected an array of strings, got "all"/,
        ],
        "a setting out of its range": [
            { "certificate-expiry-alarm": { minimumDays: 0 } },
            /certificate-expiry-alarm\.minimumDays: expected at least 1, got 0/,
        ],
        "a public root in a relative file, whose folder nobody could tell": [
            { "domain-configuration-validation-certificate": { publicRoots: ["roots.pem"] } },
            /publicRoots: expected PEM texts of certificates, or absolute names of files/,
        ],
        "a public root in a file that is not there": [
            { "domain-configuration-validation-certificate": { publicRoots: [`${__filename}.pem`] } },
            /publicRoots: .*\(ENOENT\), got something else/,
        ],
        "a private key for a public root, without quoting it": [
            {
                "domain-configuration-validation-certificate": {
                    publicRoots: [certificateFile("keys/leaf.pkcs8.pem")],
                },
            },
            /^(?![^]*BEGIN)[^]*publicRoots: expected PEM texts of certificates.*got something else/,
        ],
        "a setting of a rule that has none": [{ "domain-name": { strict: true } }, /for the rule has none/],
        "a misspelt preset, naming the nearest": [
            { configuration: { preset: "prodution" } },
            /configuration\.preset: .*did you mean production\?/,
        ],
        "a misspelt key of the pack's own": [{ configuration: { exemption: [] } }, /did you mean exemptions\?/],
        "exemptions that are no list": [
            { configuration: { exemptions: "none" } },
            /configuration\.exemptions: expected a list/,
        ],
        "an exemption that says too little": [
            { configuration: { exemptions: [{ rule: "tls-security-policy" }] } },
            /\[0\]\.resource: expected a text, got nothing/,
        ],
        "an exemption from a misspelt rule": [
            { configuration: { exemptions: [exemption({ rule: "tls-security-polcy" })] } },
            /\[0\]\.rule: .*did you mean tls-security-policy\?/,
        ],
        "an exemption until no day": [
            { configuration: { exemptions: [exemption({ until: "2027-02-30" })] } },
            /\[0\]\.until: expected a day such as 2027-01-31, got "2027-02-30"/,
        ],
        "an exemption that is no object": [{ configuration: { exemptions: [7] } }, /\[0\]: expected an object/],
    };
    for (const [title, [configuration, message]] of Object.entries(refused)) {
        it(`refuses ${title}`, async () => {
            await assert.rejects(pack.configure(configuration), message);
        });
    }

    it("names every fault of a configuration at once", async () => {
        await assert.rejects(
            pack.configure({ "domain-nme": { level: "advisory" }, configuration: { preset: "lax" } }),
            (error: Error) => /domain-nme/.test(error.message) && /preset/.test(error.message),
        );
    });

    it("leaves the words of the engine alone", async () => {
        await pack.configure({ all: { level: "mandatory" }, environments: { level: "advisory" } });
    });

    it("keeps what held before when it refuses a configuration", async () => {
        await pack.configure(filledIn({ "tls-security-policy": { level: "advisory" } }));
        await assert.rejects(pack.configure({ nonsense: { level: "advisory" } }));
        assert.equal((await pack.analyze(weak))[0]?.level, "advisory");
    });

    function exemption(fields: Readonly<Record<string, string>> = {}) {
        return {
            rule: "tls-security-policy",
            resource: "*::telemetry",
            reason: "old modems speak TLS 1.2",
            approvedBy: "security@example.com",
            until: "2999-12-31",
            ...fields,
        };
    }

    it("shows an exempted violation as advice that says who, why and until when", async () => {
        const violations = await found({ configuration: { exemptions: [exemption()] } });
        assert.deepEqual(
            violations.map(({ rule, level }) => [rule, level]),
            [["configuration", "advisory"]],
        );
        assert.match(
            violations[0]?.message ?? "",
            /Exempted from tls-security-policy, security@example\.com approved until 2999-12-31 \(old modems speak TLS 1\.2\): tlsConfig/,
        );
    });

    it("keeps an exemption advice when everything is mandatory", async () => {
        const levels = Object.fromEntries(rules.map(({ name }) => [name, { level: "mandatory" as const }]));
        const violations = await found({ ...levels, configuration: { level: "mandatory", exemptions: [exemption()] } });
        assert.deepEqual(
            violations.map(({ level }) => level),
            ["advisory"],
        );
    });

    it("exempts no other resource and no other rule", async () => {
        const violations = await found({ configuration: { exemptions: [exemption({ resource: "*::other" })] } });
        assert.deepEqual(
            violations.map(({ rule }) => rule),
            ["tls-security-policy"],
        );
    });

    it("counts a violation again when its exemption has expired, and says so", async () => {
        const violations = await found({ configuration: { exemptions: [exemption({ until: "2026-01-31" })] } });
        assert.deepEqual(
            violations.map(({ rule, level }) => [rule, level]),
            [["tls-security-policy", "mandatory"]],
        );
        assert.match(violations[0]?.message ?? "", /until 2026-01-31 \(.*\) has expired/);
    });

    it("takes an exemption that holds before one that has expired", async () => {
        const violations = await found({
            configuration: { exemptions: [exemption({ until: "2026-01-31" }), exemption()] },
        });
        assert.deepEqual(
            violations.map(({ rule }) => rule),
            ["configuration"],
        );
    });

    it("exempts from a rule on the stack", async () => {
        await pack.configure({ configuration: { exemptions: [exemption({ rule: "certificate-expiry-alarm" })] } });
        const violations = (await pack.analyzeStack([domainConfiguration()])).filter(({ message }) =>
            /alarm/.test(message),
        );
        assert.deepEqual(
            violations.map(({ rule, level, urn }) => [rule, level, urn]),
            [["configuration", "advisory", urnOf(domainConfiguration())]],
        );
    });

    it("reports an exemption that matches no resource", async () => {
        await pack.configure({ configuration: { exemptions: [exemption({ resource: "*::gone" })] } });
        const violations = (await pack.analyzeStack([domainConfiguration()])).filter(
            ({ rule }) => rule === "configuration",
        );
        assert.match(violations[0]?.message ?? "", /"\*::gone" matches no resource of the stack/);
    });

    it("reports an exemption that exempts nothing, and not one that is used or has expired", async () => {
        const exempt = (rule: string, until = "2999-12-31") => exemption({ rule, until });
        await pack.configure({
            configuration: {
                exemptions: [
                    exempt("tls-security-policy"),
                    exempt("domain-name"),
                    exempt("certificate-expiry-alarm"),
                    exempt("domain-configuration-service-type", "2026-01-31"),
                ],
            },
        });
        await pack.analyze(weak);
        const messages = (await pack.analyzeStack([weak])).map(({ message }) => message);
        assert.deepEqual(
            messages
                .filter((message) => /in this run/.test(message))
                .map((message) => /from ([a-z-]+)/.exec(message)?.[1]),
            ["domain-name"],
        );
    });

    it("forgets exemptions that a later configuration leaves out", async () => {
        await found({ configuration: { exemptions: [exemption()] } });
        assert.equal(await tlsLevel({}), "mandatory");
    });
});
