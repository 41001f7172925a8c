import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import path from "node:path";
import { Provisioning, RegionalIot } from "../../../components";
import { provisioningSchema } from "../../../config/provisioning";
import { readProvisioning } from "../../../config/provisioningChecks";
import { iotPolicyFindings } from "../../../rules/provisioning/iotPolicy";
import { templateBodyFindings } from "../../../rules/provisioning/templateBodyFindings";
import { make, type Material } from "./material";
import { accountId, Recorder, type Recorded } from "./recorder";

const regions = ["us-east-1", "eu-west-1"];
const global = /^(tls:|aws:iam\/|iot-domains:)/;
const arn = (region: string, resource: string) => `arn:aws:iot:${region}:${accountId}:${resource}`;
const lambda = (region: string) => `arn:aws:lambda:${region}:${accountId}:function:check`;
const byRegion = Object.fromEntries(regions.map((region) => [region, lambda(region)]));

interface Made {
    readonly provisioning: Provisioning;
    readonly resources: readonly Recorded[];
    readonly recorder: Recorder;
}

/** What settings refer to. */
const secrets: Record<string, string> = {};
const secret = (name: string) => ({ from: "secret", name });

async function provision(raw: unknown): Promise<Made> {
    const material = { secrets, directory: path.resolve(__dirname, "../../..") };
    const context = { stack: "dev", regions, material, at: new Date("2026-11-21") };
    const { settings, findings } = readProvisioning(provisioningSchema.parse(raw), context);
    assert.deepEqual(
        findings.filter(({ severity }) => severity !== "low"),
        [],
    );
    const recorder = new Recorder();
    const tags = { environment: "dev" };
    const provisioning = new Provisioning(
        "provisioning",
        { settings, findings: [], stack: "dev", domainNames: ["iot.example.com"], tags },
        recorder.options,
    );
    for (const region of regions) {
        new RegionalIot(region, { region, drained: false, emails: [], provisioning, tags }, recorder.options);
    }
    return { provisioning, resources: await recorder.all(), recorder };
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

const ofType = (resources: readonly Recorded[], type: string) => resources.filter((each) => each.type === type);
const named = (resources: readonly Recorded[], name: string) =>
    resources.find((each) => each.name === name) ?? assert.fail(`${name} among ${resources.map((each) => each.name)}`);

/** Names of the resources that an option `dependsOn` holds. */
const dependenciesOf = ({ options }: Recorded) =>
    ((options.dependsOn ?? []) as unknown as ReadonlyArray<{ __name: string }>).map(({ __name }) => __name);

const claimTemplate = {
    parameters: { SerialNumber: {} },
    thingName: "sensor-{SerialNumber}",
    thingTypeName: "sensor",
    thingGroupNames: ["sensors"],
};

describe("components/provisioning", () => {
    let given: Material;
    let authority: Material;
    let signer: Material;
    before(async () => {
        [given, authority, signer] = await Promise.all([make(), make({ isAuthority: true }), make({ key: "rsa2048" })]);
        const signed = await make({ signedBy: authority, subject: "CN=code" });
        const otherAuthority = await make({ isAuthority: true, subject: "CN=other" });
        Object.assign(secrets, {
            given: given.certificatePem,
            "given-key": given.privateKeyPem,
            authority: authority.certificatePem,
            "other-authority": otherAuthority.certificatePem,
            "authority-key": authority.privateKeyPem,
            signed: signed.certificatePem,
            signer: signer.publicKeyPem,
        });
    });

    const everything = () => ({
        claim: {
            certificates: {
                first: { certificate: secret("given"), privateKey: secret("given-key"), active: false },
                second: { generate: true },
            },
            template: claimTemplate,
            hook: byRegion,
        },
        justInTime: {
            certificateAuthorities: {
                factory: { certificate: secret("other-authority") },
                proven: {
                    certificate: secret("authority"),
                    certificateMode: "DEFAULT",
                    privateKey: secret("authority-key"),
                },
            },
            template: { thingName: "{AWS::IoT::Certificate::CommonName}" },
        },
        authorizer: {
            function: { folder: "rules/provisioning" },
            tokenKeyName: "x-token",
            tokenSigningPublicKeys: { first: secret("signer") },
        },
    });

    it("puts every regional resource and invoke into its region, with a parent", async () => {
        const { resources, recorder } = await provision(everything());
        const regional = resources.filter(({ type }) => !global.test(type));
        assert.ok(regional.length > 20, String(regional.length));
        for (const { name, inputs } of regional) {
            const region = regions.find((each) => name.includes(each));
            assert.equal(inputs["region"], region, name);
        }
        const tops = ["provisioning", ...regions];
        for (const { name, parent } of resources.filter(({ name }) => !tops.includes(name))) {
            assert.ok(parent !== undefined && name.startsWith(parent), `${name} below ${parent}`);
        }
        const codes = recorder.invokes.filter(({ token }) => token.includes("getRegistrationCode"));
        assert.deepEqual(codes.map(({ inputs }) => inputs["region"]).sort(), [...regions].sort());
    });

    it("has all of a region below one component, and nothing of another region there", async () => {
        const { resources } = await provision(everything());
        const topOf = (name: string): string => {
            const parent = resources.find((each) => each.name === name)?.parent;
            return parent === undefined ? name : topOf(parent);
        };
        for (const { name, inputs } of resources) {
            assert.equal(
                topOf(name),
                inputs["region"] ?? regions.find((each) => name.includes(each)) ?? "provisioning",
            );
        }
    });

    it("makes the same in every region", async () => {
        const { resources } = await provision(everything());
        const shapes = regions.map((region) =>
            resources
                .filter(({ name }) => name.includes(region))
                .map(({ type, name }) => `${type} ${name.replace(region, "")}`),
        );
        assert.ok((shapes[0]?.length ?? 0) > 15);
        assert.deepEqual(shapes[0], shapes[1]);
    });

    it("has a role in each region, trusted and permitted for that region of the account alone", async () => {
        const { resources } = await provision({ claim: everything().claim });
        const roles = ofType(resources, "aws:iam/role:Role");
        assert.deepEqual(
            roles.map(({ inputs }) => JSON.parse(inputs["assumeRolePolicy"]).Statement[0].Condition),
            regions.map((region) => ({
                StringEquals: { "aws:SourceAccount": accountId },
                ArnLike: { "aws:SourceArn": [arn(region, "*")] },
            })),
        );
        const permissions = ofType(resources, "aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => inputs["policy"]);
        assert.equal(permissions.length, regions.length);
        for (const [index, region] of regions.entries()) {
            assert.ok(permissions[index].includes(arn(region, "thing/sensor-*")));
        }
        assert.deepEqual(ofType(resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), []);
    });

    it("gives the role AWS's own policy where that is asked for", async () => {
        const { resources } = await provision({ claim: everything().claim, role: { managedPolicy: true } });
        assert.deepEqual(
            ofType(resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(
                ({ inputs }) => inputs["policyArn"],
            ),
            regions.map(() => "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration"),
        );
        assert.deepEqual(ofType(resources, "aws:iam/rolePolicy:RolePolicy"), []);
    });

    it("registers claim certificates in each region, without a CA and with the claim policy", async () => {
        const { resources } = await provision({ claim: everything().claim });
        const first = named(resources, "us-east-1-claim-first");
        assert.deepEqual(first.inputs, { region: "us-east-1", certificatePem: given.certificatePem, active: false });
        const second = named(resources, "eu-west-1-claim-second");
        assert.deepEqual(second.inputs, {
            region: "eu-west-1",
            certificatePem: "certificate of provisioning-claim-second-certificate",
            active: true,
        });
        const attachment = named(resources, "us-east-1-claim-first-policy");
        assert.deepEqual(attachment.inputs, {
            region: "us-east-1",
            policy: "dev-fleet-claim",
            target: "arn of us-east-1-claim-first",
        });
        assert.equal(ofType(resources, "tls:index/privateKey:PrivateKey").length, 1, "one key for all regions");
    });

    it("writes policies and templates that its own rules find no fault with", async () => {
        const { resources } = await provision(everything());
        const policies = ofType(resources, "aws:iot/policy:Policy");
        assert.equal(policies.length, 4);
        for (const { inputs } of policies) {
            assert.deepEqual(iotPolicyFindings(inputs["policy"], "p", inputs["region"]), []);
        }
        const templates = ofType(resources, "aws:iot/provisioningTemplate:ProvisioningTemplate");
        const authorities = ofType(resources, "aws:iot/caCertificate:CaCertificate");
        assert.equal(templates.length, 2);
        assert.equal(authorities.length, 4);
        for (const { inputs } of templates) {
            assert.deepEqual(templateBodyFindings(inputs["templateBody"], "FLEET_PROVISIONING", "t"), []);
        }
        for (const { inputs } of authorities) {
            assert.deepEqual(templateBodyFindings(inputs["registrationConfig"].templateBody, "JITP", "t"), []);
        }
    });

    it("names in the template what the registry of the region has, and waits for it and the role", async () => {
        const { resources } = await provision({ claim: everything().claim });
        const template = named(resources, "us-east-1-claim-template");
        assert.equal(template.inputs["name"], "dev-fleet");
        assert.equal(template.inputs["type"], "FLEET_PROVISIONING");
        assert.equal(template.inputs["enabled"], true);
        const { Resources } = JSON.parse(template.inputs["templateBody"]);
        assert.equal(Resources.policy.Properties.PolicyName, "dev-device");
        const registry = resources.filter(({ parent }) => parent === "us-east-1-registry");
        assert.deepEqual(
            registry.map(({ inputs }) => inputs["name"]),
            ["dev-device", Resources.thing.Properties.ThingTypeName, ...Resources.thing.Properties.ThingGroups],
        );
        assert.deepEqual(dependenciesOf(template), [
            "us-east-1-registration",
            "us-east-1-registry",
            "us-east-1-claim-hook-permission",
        ]);
    });

    it("lets a template of this account alone call the hook", async () => {
        const { resources } = await provision({ claim: everything().claim });
        const permission = named(resources, "eu-west-1-claim-hook-permission");
        assert.deepEqual(permission.inputs, {
            region: "eu-west-1",
            action: "lambda:InvokeFunction",
            function: lambda("eu-west-1"),
            principal: "iot.amazonaws.com",
            sourceArn: arn("eu-west-1", "provisioningtemplate/dev-fleet"),
            sourceAccount: accountId,
        });
        assert.deepEqual(named(resources, "eu-west-1-claim-template").inputs["preProvisioningHook"], {
            targetArn: lambda("eu-west-1"),
            payloadVersion: "2020-04-01",
        });
    });

    it("proves the CA's key in mode DEFAULT, with the region's registration code, and not in SNI_ONLY", async () => {
        const { resources } = await provision({ justInTime: everything().justInTime });
        const open = named(resources, "us-east-1-just-in-time-factory");
        assert.equal(open.inputs["certificateMode"], "SNI_ONLY");
        assert.equal(open.inputs["verificationCertificatePem"], undefined);
        assert.equal(open.inputs["allowAutoRegistration"], true);
        const proven = named(resources, "eu-west-1-just-in-time-proven");
        const proof = "eu-west-1-just-in-time-proven-verification";
        assert.equal(proven.inputs["verificationCertificatePem"], `certificate of ${proof}-certificate`);
        assert.deepEqual(named(resources, `${proof}-request`).inputs["subject"], { commonName: "code-of-eu-west-1" });
        const { inputs } = named(resources, `${proof}-certificate`);
        assert.equal(inputs["certRequestPem"], `request of ${proof}-request`);
        assert.equal(inputs["caPrivateKeyPem"], authority.privateKeyPem);
        assert.deepEqual(dependenciesOf(proven), ["eu-west-1-registration", "eu-west-1-registry"]);
    });

    it("takes a verification certificate that somebody else made", async () => {
        const certificateAuthorities = {
            factory: {
                certificate: secret("authority"),
                certificateMode: "DEFAULT",
                verificationCertificates: Object.fromEntries(regions.map((region) => [region, secret("signed")])),
            },
        };
        const { resources } = await provision({ justInTime: { ...everything().justInTime, certificateAuthorities } });
        const authorities = ofType(resources, "aws:iot/caCertificate:CaCertificate");
        assert.deepEqual(
            authorities.map(({ inputs }) => inputs["verificationCertificatePem"]),
            [secrets["signed"], secrets["signed"]],
        );
        assert.ok(resources.every(({ type }) => !type.startsWith("tls:")));
    });

    it("deploys an authorizer's function and lets AWS IoT Core call it for the authorizer", async () => {
        const { resources } = await provision({ authorizer: everything().authorizer });
        const name = "us-east-1-authorizer";
        const code = named(resources, `${name}-function-code`);
        assert.equal(code.inputs["name"], "dev-authorizer");
        assert.equal(code.inputs["role"], `arn of ${name}-function-role`);
        assert.deepEqual(named(resources, `${name}-authorizer`).inputs, {
            region: "us-east-1",
            name: "dev-authorizer",
            authorizerFunctionArn: `arn of ${name}-function-code`,
            status: "ACTIVE",
            signingDisabled: false,
            tokenKeyName: "x-token",
            tokenSigningPublicKeys: { first: signer.publicKeyPem },
            enableCachingForHttp: false,
            tags: { environment: "dev" },
        });
        assert.equal(
            named(resources, `${name}-permission`).inputs["sourceArn"],
            arn("us-east-1", "authorizer/dev-authorizer"),
        );
        assert.deepEqual(dependenciesOf(named(resources, `${name}-authorizer`)), [`${name}-permission`]);
        assert.ok(resources.every(({ type }) => !/provisioningRole|FleetRegistry/i.test(type)));
    });

    it("uses functions that are there already", async () => {
        const functionArns = Object.fromEntries(regions.map((region) => [region, `${lambda(region)}:live`]));
        const { resources } = await provision({ authorizer: { functionArns, signingDisabled: true } });
        assert.deepEqual(ofType(resources, "aws:lambda/function:Function"), []);
        const { inputs } = named(resources, "us-east-1-authorizer-permission");
        assert.deepEqual([inputs["function"], inputs["qualifier"]], [lambda("us-east-1"), "live"]);
        const authorizer = named(resources, "eu-west-1-authorizer-authorizer").inputs;
        assert.equal(authorizer["authorizerFunctionArn"], `${lambda("eu-west-1")}:live`);
        assert.equal(authorizer["tokenSigningPublicKeys"], undefined);
    });

    it("bundles what device makers need, for active certificates alone, with the key as a secret", async () => {
        const { provisioning } = await provision({ claim: everything().claim });
        assert.deepEqual(Object.keys(provisioning.claimBundles), ["second"]);
        const bundle = provisioning.claimBundles["second"] ?? assert.fail("no bundle");
        assert.equal(await pulumi.isSecret(bundle), true);
        const { rootCertificates, ...rest } = await valueOf(bundle);
        assert.deepEqual(rest, {
            endpoints: ["iot.example.com"],
            templateName: "dev-fleet",
            operations: ["CreateKeysAndCertificate"],
            parameters: { SerialNumber: {} },
            thingName: "sensor-{SerialNumber}",
            certificatePem: "certificate of provisioning-claim-second-certificate",
            privateKeyPem: "private key of provisioning-claim-second-key",
        });
        assert.deepEqual(
            rootCertificates.map(({ url }) => url),
            [1, 3].map((number) => `https://www.amazontrust.com/repository/AmazonRootCA${number}.pem`),
        );
    });

    it("makes a secret of a key that it was given", async () => {
        const certificates = { first: { certificate: secret("given"), privateKey: secret("given-key") } };
        const { provisioning } = await provision({ claim: { ...everything().claim, certificates } });
        const bundle = provisioning.claimBundles["first"] ?? assert.fail("no bundle");
        assert.equal(await pulumi.isSecret(bundle), true);
        assert.equal((await valueOf(bundle)).privateKeyPem, given.privateKeyPem);
    });

    it("ends what has a name that is unique in its region before a successor begins", async () => {
        const { resources } = await provision(everything());
        const first = resources.filter(({ options }) => (options as pulumi.CustomResourceOptions).deleteBeforeReplace);
        assert.deepEqual([...new Set(first.map(({ type }) => type))].sort(), [
            "aws:iot/authorizer:Authorizer",
            "aws:iot/caCertificate:CaCertificate",
            "aws:iot/provisioningTemplate:ProvisioningTemplate",
        ]);
    });

    it("hands on a bundle without a key where the stack has none", async () => {
        const certificates = { first: { certificate: secret("given") } };
        const { provisioning } = await provision({ claim: { ...everything().claim, certificates } });
        const bundle = provisioning.claimBundles["first"] ?? assert.fail("no bundle");
        assert.equal("privateKeyPem" in (await valueOf(bundle)), false);
    });

    it("hands private keys to no resource except as a secret, and the CA's to the one that signs with it", async () => {
        const { resources } = await provision(everything());
        const keys = [given, authority].map(
            ({ privateKeyPem }) => privateKeyPem.split("\n")[1] ?? assert.fail("no key"),
        );
        const holds = (value: unknown) => keys.some((key) => JSON.stringify(value).includes(key));
        assert.deepEqual(
            resources.filter(({ name, plainInputs }) => holds([name, plainInputs])),
            [],
        );
        assert.deepEqual(
            [...new Set(resources.filter(({ inputs }) => holds(inputs)).map(({ type }) => type))],
            ["tls:index/locallySignedCert:LocallySignedCert"],
        );
    });

    it("tells advice as warnings", async () => {
        const recorder = new Recorder();
        const warned: string[] = [];
        const { warn } = pulumi.log;
        (pulumi.log as { warn: unknown }).warn = (message: string) => warned.push(message);
        try {
            const findings = [{ rule: "r", severity: "low" as const, path: "p", got: "g", expected: "e", remedy: "m" }];
            const { settings } = readProvisioning(provisioningSchema.parse({}), {
                stack: "dev",
                regions,
                material: { secrets, directory: "." },
                at: new Date("2026-11-21"),
            });
            const args = { settings, stack: "dev", domainNames: [], findings, tags: {} };
            void new Provisioning("provisioning", args, recorder.options);
            await recorder.all();
        } finally {
            (pulumi.log as { warn: unknown }).warn = warn;
        }
        assert.deepEqual(warned, ["p: expected e, got g; m"]);
    });
});
