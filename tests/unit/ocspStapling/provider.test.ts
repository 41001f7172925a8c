import assert from "node:assert/strict";
import { OcspStaplingProvider } from "../../../components/ocspStapling/provider";
import type { OcspStaplingInputs } from "../../../components/ocspStapling/inputs";
import { removeServed, serve, type Served } from "../http/served";

const region = "eu-central-1";
const variables = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "any", AWS_ENDPOINT_URL: "" };

/** As the engine hands it over: structured values as JSON. */
function configured(values: Record<string, string> = {}): OcspStaplingProvider {
    const provider = new OcspStaplingProvider();
    const get = (key: string) => values[key];
    void provider.configure({ config: { get, require: (key) => get(key) ?? "" } });
    return provider;
}

describe("components/ocspStapling/provider", () => {
    const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    let served: Served;
    let inputs: OcspStaplingInputs;

    beforeEach(async () => {
        served = await serve();
        Object.assign(process.env, variables, { AWS_ENDPOINT_URL: served.url });
        inputs = await domainConfiguration();
    });
    afterEach(async () => {
        for (const [name, value] of Object.entries(before)) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
        await removeServed();
    });

    async function domainConfiguration(): Promise<OcspStaplingInputs> {
        const { sandbox } = served;
        const zone = await sandbox.zone("example.com");
        const certificate = await sandbox.certificate(zone, { DomainName: "iot.example.com" }, region);
        const { domainConfigurationArn } = await sandbox.call(
            "iot:CreateDomainConfiguration",
            {
                domainConfigurationName: "telemetry",
                domainName: "iot.example.com",
                serverCertificateArns: [certificate],
            },
            { region },
        );
        return {
            region,
            domainConfigurationName: "telemetry",
            domainConfigurationArn,
            serverCertificateConfig: { enableOCSPCheck: true },
        };
    }
    const described = async () => {
        const parameters = { domainConfigurationName: "telemetry" };
        const found = await served.sandbox.call("iot:DescribeDomainConfiguration", parameters, { region });
        return found.serverCertificateConfig;
    };
    const operations = () => served.sandbox.cloud.trail().map(({ operation }) => operation);

    it("turns stapling on, reads it, finds it changed, and turns it off", async () => {
        const provider = configured();
        const { id, outs } = await provider.create(inputs);
        assert.deepEqual([id, outs], [inputs.domainConfigurationArn, inputs]);
        assert.deepEqual(await described(), { enableOCSPCheck: true });

        await served.sandbox.call(
            "iot:UpdateDomainConfiguration",
            { domainConfigurationName: "telemetry", serverCertificateConfig: { enableOCSPCheck: false } },
            { region },
        );
        const { props = inputs } = await provider.read(id, inputs);
        assert.deepEqual(props.serverCertificateConfig, { enableOCSPCheck: false });
        assert.deepEqual(await provider.diff(id, props, inputs), { changes: true, replaces: [] });

        await provider.update(id, props, inputs);
        assert.deepEqual(await described(), { enableOCSPCheck: true });
        await provider.delete(id, inputs);
        assert.deepEqual(await described(), { enableOCSPCheck: false });
    });

    it("has nothing to do where the domain configuration is gone, or is another one of the same name", async () => {
        const provider = configured();
        const other = { ...inputs, domainConfigurationArn: `${inputs.domainConfigurationArn}x` };
        await provider.create(inputs);
        assert.deepEqual(await provider.read(other.domainConfigurationArn, other), { id: "" });
        await provider.delete(other.domainConfigurationArn, other);
        assert.deepEqual(await described(), { enableOCSPCheck: true });
        const gone = { ...inputs, domainConfigurationName: "gone" };
        assert.deepEqual(await provider.read(gone.domainConfigurationArn, gone), { id: "" });
        await provider.delete(gone.domainConfigurationArn, gone);
    });

    it("is replaced with the domain configuration alone", async () => {
        const provider = configured();
        const other = { ...inputs, domainConfigurationArn: `${inputs.domainConfigurationArn}x` };
        const replaced = { changes: true, replaces: ["domainConfigurationArn"] };
        assert.deepEqual(await provider.diff("", inputs, other), replaced);
        assert.deepEqual(await provider.diff("", inputs, inputs), { changes: false, replaces: [] });
        const off = { ...inputs, serverCertificateConfig: { enableOCSPCheck: false } };
        const absent = { ...inputs, serverCertificateConfig: {} };
        assert.deepEqual(await provider.diff("", off, absent), { changes: false, replaces: [] });
    });

    it("takes the roles of the stack's configuration one after the other, and refuses another account than the domain's", async () => {
        const roles = ["111111111111", "210987654321"].map((account) => ({
            roleArn: `arn:aws:iam::${account}:role/deploy`,
            externalId: "stack",
        }));
        const provider = configured({ "aws:assumeRoles": JSON.stringify(roles) });
        await assert.rejects(
            provider.create(inputs),
            /telemetry in eu-central-1: expected credentials of account 123456789012, .*got credentials of account 210987654321/,
        );
        assert.equal(await described(), undefined);
        const assumed = served.sandbox.cloud.trail().filter(({ operation }) => operation === "AssumeRole");
        assert.deepEqual(
            assumed.map(({ account, parameters }) => [account, parameters["RoleArn"], parameters["ExternalId"]]),
            [
                ["123456789012", roles[0]?.roleArn, "stack"],
                ["111111111111", roles[1]?.roleArn, "stack"],
            ],
        );
        assert.ok(!operations().includes("UpdateDomainConfiguration"));
    });

    it("refuses responders of another account or region, and waits for what is not known yet", async () => {
        const provider = configured();
        const serverCertificateConfig = {
            enableOCSPCheck: true,
            ocspLambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:responder",
            ocspAuthorizedResponderArn: "arn:aws:acm:eu-central-1:210987654321:certificate/a",
        };
        const { failures = [] } = await provider.check(inputs, { ...inputs, serverCertificateConfig });
        assert.deepEqual(
            failures.map(({ property }) => property),
            ["serverCertificateConfig.ocspLambdaArn", "serverCertificateConfig.ocspAuthorizedResponderArn"],
        );
        const unknown = { ...inputs, domainConfigurationArn: "not known yet", serverCertificateConfig };
        assert.deepEqual((await provider.check(inputs, unknown)).failures, []);
    });

    it("says of which domain configuration AWS refuses something", async () => {
        const gone = { ...inputs, domainConfigurationName: "gone" };
        await assert.rejects(
            configured().create(gone),
            /OCSP stapling of the domain configuration gone in eu-central-1: ResourceNotFoundException: /,
        );
    });
});
