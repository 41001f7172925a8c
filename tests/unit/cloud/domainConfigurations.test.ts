import assert from "node:assert/strict";
import { makeSandbox, removeSandboxes, type Sandbox } from "./sandbox";

const domainConfigurationName = "telemetry";
const domainName = "iot.example.com";
const foreign = { roleArn: "arn:aws:iam::210987654321:role/deploy" };
const day = 24 * 60 * 60 * 1000;

describe("sandbox/cloud iot domain configurations", () => {
    let sandbox: Sandbox;
    let zone: string;
    let certificateArn: string;

    beforeEach(async () => {
        sandbox = makeSandbox();
        zone = await sandbox.zone("example.com");
        certificateArn = await sandbox.certificate(zone, { DomainName: domainName, KeyAlgorithm: "EC_prime256v1" });
    });
    afterEach(removeSandboxes);

    const create = (parameters: object = {}, options?: { region?: string; roleArn?: string }) =>
        sandbox.call("iot:CreateDomainConfiguration", all(parameters), options);
    const refused = (parameters: object, options?: { region?: string; roleArn?: string }) =>
        sandbox.refusal("iot:CreateDomainConfiguration", all(parameters), options);
    const describeDomain = (name = domainConfigurationName) =>
        sandbox.call("iot:DescribeDomainConfiguration", { domainConfigurationName: name });
    const all = (parameters: object) => ({
        domainConfigurationName,
        domainName,
        serverCertificateArns: [certificateArn],
        ...parameters,
    });

    it("creates one enabled, with AWS's own defaults", async () => {
        const { domainConfigurationArn } = await create({ tags: [{ Key: "team", Value: "fleet" }] });
        assert.match(
            domainConfigurationArn,
            /^arn:aws:iot:us-east-1:123456789012:domainconfiguration\/telemetry\/[a-z0-9]{5}$/,
        );
        const { lastStatusChangeDate, ...described } = await describeDomain();
        assert.ok(lastStatusChangeDate instanceof Date);
        assert.deepEqual(JSON.parse(JSON.stringify(described)), {
            domainConfigurationName,
            domainConfigurationArn,
            domainName,
            serverCertificates: [{ serverCertificateArn: certificateArn, serverCertificateStatus: "VALID" }],
            domainConfigurationStatus: "ENABLED",
            serviceType: "DATA",
            domainType: "CUSTOMER_MANAGED",
            tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_2_2022_10" },
            authenticationType: "DEFAULT",
            applicationProtocol: "DEFAULT",
        });
        const { tags } = await sandbox.call("iot:ListTagsForResource", { resourceArn: domainConfigurationArn });
        assert.deepEqual(tags, [{ Key: "team", Value: "fleet" }]);
    });

    const refusals: Array<[title: string, parameters: object, expected: RegExp]> = [
        ["a name with a slash", { domainConfigurationName: "a/b" }, /^InvalidRequestException: .*regular expression/],
        [
            "two certificates",
            { serverCertificateArns: ["x", "y"] },
            /^InvalidRequestException: .*less than or equal to 1/,
        ],
        [
            "no certificate for a name",
            { serverCertificateArns: [] },
            /^InvalidRequestException: Cannot provide a custom/,
        ],
        [
            "no name for a certificate",
            { domainName: undefined },
            /^InvalidRequestException: Must provide a valid domain/,
        ],
        ["a wildcard", { domainName: "*.example.com" }, /^InvalidRequestException: Must provide a valid domain/],
        ["a single label", { domainName: "localhost" }, /^InvalidRequestException: Must provide a valid domain/],
        ["a list for a name", { domainName: [domainName] }, /^ParamValidationError: .*domainName: got list/],
        ["a name that the certificate lacks", { domainName: "b.example.com" }, /^CertificateValidationException: /],
        [
            "a service type for AWS's names",
            { serviceType: "JOBS" },
            /^InvalidRequestException: .*JOBS is not supported/,
        ],
        [
            "a security policy that is none",
            { tlsConfig: { securityPolicy: "IotSecurityPolicy_TLS13_1_3_2022_10" } },
            /^InvalidRequestException: Invalid security policy.*write it as IoTSecurityPolicy_TLS13_1_3_2022_10/,
        ],
        [
            "a security policy of other regions",
            { tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS12_1_0_2016_01" } },
            /^InvalidRequestException: Invalid security policy.*does not offer in us-east-1/,
        ],
        [
            "a default authorizer without a word on overriding it",
            { authorizerConfig: { defaultAuthorizerName: "own" } },
            /^InvalidRequestException: allowAuthorizerOverride/,
        ],
        [
            "an authorizer that does not exist",
            { authorizerConfig: { defaultAuthorizerName: "own", allowAuthorizerOverride: false } },
            /^InvalidRequestException: Authorizer own does not exist/,
        ],
        ["an unknown protocol", { applicationProtocol: "MQTT" }, /^InvalidRequestException: .*enum value set/],
        [
            "an OCSP responder of another region",
            {
                serverCertificateConfig: {
                    enableOCSPCheck: true,
                    ocspLambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:ocsp",
                },
            },
            /^InvalidRequestException: ocspLambdaArn/,
        ],
        ["a misspelt parameter", { domainname: "x" }, /^ParamValidationError: .*"domainname"/],
    ];
    for (const [title, parameters, expected] of refusals) {
        it(`refuses ${title}`, async () => {
            const before = sandbox.cloud.resources();
            assert.match((await refused(parameters)).replace(/\n/g, " "), expected);
            assert.deepEqual(sandbox.cloud.resources(), before);
        });
    }

    it("refuses certificates that are absent, not issued yet, of another region, or of a key that IoT does not serve", async () => {
        const absent = certificateArn.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
        assert.match(
            await refused({ serverCertificateArns: [absent] }),
            /^CertificateValidationException: .*does not exist/,
        );
        const pending = await sandbox.call("acm:RequestCertificate", {
            DomainName: "b.example.com",
            ValidationMethod: "DNS",
        });
        assert.match(
            await refused({ domainName: "b.example.com", serverCertificateArns: [pending.CertificateArn] }),
            /^CertificateValidationException: .*its status is PENDING_VALIDATION/,
        );
        const elsewhere = await sandbox.certificate(zone, { DomainName: domainName }, "eu-west-1");
        assert.match(
            await refused({ serverCertificateArns: [elsewhere] }),
            /^CertificateValidationException: .*a certificate in eu-west-1/,
        );
        const large = await sandbox.certificate(zone, { DomainName: domainName, KeyAlgorithm: "EC_secp384r1" });
        assert.match(
            await refused({ serverCertificateArns: [large] }),
            /^CertificateValidationException: .*EC_secp384r1/,
        );
    });

    it("takes one wildcard certificate for several names, each once in a region", async () => {
        const wildcard = await sandbox.certificate(zone, {
            DomainName: "*.example.com",
            KeyAlgorithm: "EC_prime256v1",
        });
        const serverCertificateArns = [wildcard];
        await create({ domainName: "a.example.com", serverCertificateArns });
        await create({ domainConfigurationName: "second", domainName: "b.example.com", serverCertificateArns });
        assert.match(
            await refused({ domainConfigurationName: "third", domainName: "a.example.com", serverCertificateArns }),
            /^ResourceAlreadyExistsException: Domain name a\.example\.com/,
        );
        assert.match(
            await refused({ domainName: "c.example.com", serverCertificateArns }),
            /^ResourceAlreadyExistsException: Domain configuration telemetry/,
        );
        assert.match(
            await refused({
                domainConfigurationName: "fourth",
                domainName: "a.b.example.com",
                serverCertificateArns,
            }),
            /^CertificateValidationException: /,
        );
    });

    it("lets several regions have the same name, and no other account below a proven wildcard", async () => {
        const wildcard = await sandbox.certificate(zone, {
            DomainName: "*.example.com",
            KeyAlgorithm: "EC_prime256v1",
        });
        await create({ domainName: "a.example.com", serverCertificateArns: [wildcard] });
        const there = await sandbox.certificate(
            zone,
            { DomainName: "a.example.com", KeyAlgorithm: "EC_prime256v1" },
            "eu-west-1",
        );
        await create({ domainName: "a.example.com", serverCertificateArns: [there] }, { region: "eu-west-1" });

        const { CertificateArn } = await sandbox.call(
            "acm:RequestCertificate",
            { DomainName: "other.example.com", ValidationMethod: "DNS", KeyAlgorithm: "EC_prime256v1" },
            foreign,
        );
        const { Certificate } = await sandbox.call("acm:DescribeCertificate", { CertificateArn }, foreign);
        const { Name, Type, Value } = Certificate.DomainValidationOptions[0].ResourceRecord;
        await sandbox.change(zone, ["CREATE", { Name, Type, TTL: 60, ResourceRecords: [{ Value }] }]);
        assert.match(
            await refused({ domainName: "other.example.com", serverCertificateArns: [CertificateArn] }, foreign),
            /^ResourceAlreadyExistsException: /,
        );
    });

    it("protects the certificate in use, and lets go of it with the domain configuration", async () => {
        const { domainConfigurationArn } = await create();
        const { Certificate } = await sandbox.call("acm:DescribeCertificate", { CertificateArn: certificateArn });
        assert.deepEqual(Certificate.InUseBy, [domainConfigurationArn]);
        assert.equal(Certificate.RenewalEligibility, "ELIGIBLE");
        assert.match(
            await sandbox.refusal("acm:DeleteCertificate", { CertificateArn: certificateArn }),
            /^ResourceInUseException: /,
        );
        assert.match(
            await sandbox.refusal("iot:DeleteDomainConfiguration", { domainConfigurationName }),
            /^InvalidRequestException: .*must be disabled/,
        );
        const disabled = { domainConfigurationName, domainConfigurationStatus: "DISABLED" };
        await sandbox.call("iot:UpdateDomainConfiguration", disabled);
        await sandbox.call("iot:DeleteDomainConfiguration", { domainConfigurationName });
        await sandbox.call("acm:DeleteCertificate", { CertificateArn: certificateArn });
        assert.match(
            await sandbox.refusal("iot:DescribeDomainConfiguration", { domainConfigurationName }),
            /^ResourceNotFoundException: /,
        );
    });

    it("updates what can be updated, and leaves the rest", async () => {
        await create();
        await sandbox.call("iot:UpdateDomainConfiguration", {
            domainConfigurationName,
            tlsConfig: { securityPolicy: "IoTSecurityPolicy_TLS13_1_3_2022_10" },
            applicationProtocol: "SECURE_MQTT",
        });
        const { tlsConfig, applicationProtocol, authenticationType, domainConfigurationStatus } =
            await describeDomain();
        assert.equal(tlsConfig.securityPolicy, "IoTSecurityPolicy_TLS13_1_3_2022_10");
        assert.deepEqual(
            [applicationProtocol, authenticationType, domainConfigurationStatus],
            ["SECURE_MQTT", "DEFAULT", "ENABLED"],
        );
        assert.match(
            await sandbox.refusal("iot:UpdateDomainConfiguration", {
                domainConfigurationName,
                serverCertificateArns: [certificateArn],
            }),
            /^ParamValidationError: .*\n.*serverCertificateArns/,
        );
        assert.match(
            await sandbox.refusal("iot:UpdateDomainConfiguration", {
                domainConfigurationName,
                removeAuthorizerConfig: true,
                authorizerConfig: { allowAuthorizerOverride: true },
            }),
            /^InvalidRequestException: /,
        );
    });

    it("has ACM renew a certificate in use, and serves the new one", async () => {
        await create();
        const before = await sandbox.call("acm:DescribeCertificate", { CertificateArn: certificateArn });
        sandbox.cloud.advanceClock(139 * day);
        const after = await sandbox.call("acm:DescribeCertificate", { CertificateArn: certificateArn });
        assert.equal(after.Certificate.RenewalSummary.RenewalStatus, "SUCCESS");
        assert.notEqual(after.Certificate.Serial, before.Certificate.Serial);
        assert.ok(after.Certificate.NotAfter > before.Certificate.NotAfter);
        const { serverCertificates } = await describeDomain();
        assert.equal(serverCertificates[0].serverCertificateStatus, "VALID");
    });

    it("reports a certificate that could not be renewed as INVALID once it has expired", async () => {
        await create();
        const { Certificate } = await sandbox.call("acm:DescribeCertificate", { CertificateArn: certificateArn });
        const { Name, Type, Value } = Certificate.DomainValidationOptions[0].ResourceRecord;
        await sandbox.change(zone, ["DELETE", { Name, Type, TTL: 300, ResourceRecords: [{ Value }] }]);
        sandbox.cloud.advanceClock(139 * day);
        const due = await sandbox.call("acm:DescribeCertificate", { CertificateArn: certificateArn });
        assert.equal(due.Certificate.RenewalSummary.RenewalStatus, "PENDING_VALIDATION");
        assert.equal((await describeDomain()).serverCertificates[0].serverCertificateStatus, "VALID");
        sandbox.cloud.advanceClock(60 * day);
        const [{ serverCertificateStatus, serverCertificateStatusDetail }] = (await describeDomain())
            .serverCertificates;
        assert.equal(serverCertificateStatus, "INVALID");
        assert.match(serverCertificateStatusDetail, /valid/);
    });

    it("has one lasting endpoint per account, region and type", async () => {
        const endpoint = async (endpointType: string | undefined, options?: object): Promise<string> =>
            (await sandbox.call("iot:DescribeEndpoint", { endpointType }, options)).endpointAddress;
        const data = await endpoint("iot:Data-ATS");
        assert.match(data, /^[a-z0-9]{14}-ats\.iot\.us-east-1\.amazonaws\.com$/);
        assert.equal(await endpoint("iot:Data-ATS"), data);
        const distinct = new Set([
            data,
            await endpoint("iot:Data-ATS", { region: "eu-central-1" }),
            await endpoint("iot:Data-ATS", foreign),
            await endpoint("iot:CredentialProvider"),
            await endpoint(undefined),
        ]);
        assert.equal(distinct.size, 5);
        assert.match(await endpoint("iot:Data-ATS", { region: "cn-north-1" }), /\.cn-north-1\.amazonaws\.com\.cn$/);
        assert.match(await sandbox.refusal("iot:DescribeEndpoint", { endpointType: "iot:Nothing" }), /^InvalidRequest/);
    });

    it("lists page by page", async () => {
        const wildcard = await sandbox.certificate(zone, {
            DomainName: "*.example.com",
            KeyAlgorithm: "EC_prime256v1",
        });
        for (const name of ["a", "b", "c"]) {
            await create({
                domainConfigurationName: name,
                domainName: `${name}.example.com`,
                serverCertificateArns: [wildcard],
            });
        }
        const first = await sandbox.call("iot:ListDomainConfigurations", { pageSize: 2 });
        const second = await sandbox.call("iot:ListDomainConfigurations", { pageSize: 2, marker: first.nextMarker });
        const names = [...first.domainConfigurations, ...second.domainConfigurations].map(
            ({ domainConfigurationName: name }) => name,
        );
        assert.deepEqual(names, ["a", "b", "c"]);
        assert.equal(second.nextMarker, undefined);
    });

    it("keeps an AWS-managed domain for seven days after it was disabled", async () => {
        await create({ domainName: undefined, serverCertificateArns: undefined });
        assert.equal((await describeDomain()).domainType, "AWS_MANAGED");
        await sandbox.call("iot:UpdateDomainConfiguration", {
            domainConfigurationName,
            domainConfigurationStatus: "DISABLED",
        });
        assert.match(
            await sandbox.refusal("iot:DeleteDomainConfiguration", { domainConfigurationName }),
            /^InvalidRequestException: .*seven days/,
        );
        sandbox.cloud.advanceClock(7 * day);
        await sandbox.call("iot:DeleteDomainConfiguration", { domainConfigurationName });
    });
});
