import assert from "node:assert/strict";
import {
    AddTagsToCertificateCommand,
    DescribeCertificateCommand,
    GetCertificateCommand,
    ImportCertificateCommand,
    ListTagsForCertificateCommand,
    paginateListCertificates,
    RequestCertificateCommand,
    ResourceNotFoundException,
} from "@aws-sdk/client-acm";
import { removeServed, serve, start, type Served } from "./served";

describe("sandbox/http in AWS's protocols awsJson1.0 and awsJson1.1", () => {
    let served: Served;

    beforeEach(async () => {
        served = await serve();
    });
    afterEach(removeServed);

    it("takes bytes and gives them back as they were, and dates to the second", async () => {
        const { acm, sandbox } = served;
        const ordered = await sandbox.cloud.publicCertificate({ names: ["iot.example.com"] });
        const { CertificateArn } = await acm.send(
            new ImportCertificateCommand({
                Certificate: Buffer.from(ordered.certificate),
                PrivateKey: Buffer.from(ordered.privateKey),
                CertificateChain: Buffer.from(ordered.chain),
            }),
        );
        const got = await acm.send(new GetCertificateCommand({ CertificateArn }));
        assert.equal(got.Certificate?.trim(), ordered.certificate.trim());
        const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
        assert.equal(Certificate?.ImportedAt?.getTime(), start.getTime());
        assert.equal(Certificate?.Type, "IMPORTED");
        assert.deepEqual(Certificate?.SubjectAlternativeNames, ["iot.example.com"]);
    });

    it("answers operations that have no output", async () => {
        const { acm } = served;
        const { CertificateArn } = await acm.send(
            new RequestCertificateCommand({ DomainName: "iot.example.com", ValidationMethod: "DNS" }),
        );
        const Tags = [{ Key: "team", Value: "Flotte Nürnberg/1" }];
        await acm.send(new AddTagsToCertificateCommand({ CertificateArn, Tags }));
        const listed = await acm.send(new ListTagsForCertificateCommand({ CertificateArn }));
        assert.deepEqual(listed.Tags, Tags);
    });

    it("gives lists in pages, each with the token of the next", async () => {
        const { acm } = served;
        const names = ["a", "b", "c"].map((label) => `${label}.example.com`);
        for (const DomainName of names) {
            await acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" }));
        }
        const listed: Array<string | undefined> = [];
        let pages = 0;
        for await (const { CertificateSummaryList = [] } of paginateListCertificates(
            { client: acm, pageSize: 2 },
            {},
        )) {
            pages += 1;
            listed.push(...CertificateSummaryList.map(({ DomainName }) => DomainName));
        }
        assert.equal(pages, 2);
        assert.deepEqual(listed.sort(), names);
    });

    it("refuses with AWS's exceptions, which the client knows by their classes", async () => {
        const { acm } = served;
        const absent = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
        await assert.rejects(
            acm.send(new DescribeCertificateCommand({ CertificateArn: absent })),
            (error) => error instanceof ResourceNotFoundException && error.$metadata.httpStatusCode === 400,
        );
        await assert.rejects(
            acm.send(new RequestCertificateCommand({ DomainName: "no name", ValidationMethod: "DNS" })),
            (error) => error instanceof Error && error.name === "ValidationException",
        );
    });

    it("speaks version 1.0 to Cloud Control", async () => {
        const answer = await served.send("cloudcontrolapi", "/", {
            method: "POST",
            headers: { "x-amz-target": "CloudApiService.ListResources", "content-type": "application/x-amz-json-1.0" },
            body: JSON.stringify({ TypeName: "AWS::IoT::DomainConfiguration" }),
        });
        assert.equal(answer.headers.get("content-type"), "application/x-amz-json-1.0");
        assert.deepEqual(await answer.json(), {
            TypeName: "AWS::IoT::DomainConfiguration",
            ResourceDescriptions: [],
        });
    });
});
