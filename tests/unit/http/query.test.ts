import assert from "node:assert/strict";
import { QueryShapeSerializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { DescribeEndpointCommand, IoTClient } from "@aws-sdk/client-iot";
import fc from "fast-check";
import { query } from "../../../sandbox/http/protocols/query";
import { serviceOfSignature } from "../../../sandbox/http/wireService";
import { region, removeServed, serve, type Served } from "./served";

describe("sandbox/http in AWS's protocol awsQuery", () => {
    let served: Served;

    beforeEach(async () => {
        served = await serve();
    });
    afterEach(removeServed);

    const form = (signingName: string, fields: Record<string, string>) =>
        served.send(signingName, "/", { method: "POST", body: new URLSearchParams(fields) });

    it("says whose account it is", async () => {
        const { $metadata, ...identity } = await served.sts.send(new GetCallerIdentityCommand({}));
        assert.equal(identity.Account, "123456789012");
        assert.equal(identity.Arn, "arn:aws:iam::123456789012:user/sandbox");
        assert.equal($metadata.httpStatusCode, 200);
    });

    it("makes calls with the credentials of an assumed role in the role's account", async () => {
        const { sts, iot, url } = served;
        const { Credentials } = await sts.send(
            new AssumeRoleCommand({ RoleArn: "arn:aws:iam::210987654321:role/dns", RoleSessionName: "test" }),
        );
        assert.ok(Credentials?.Expiration instanceof Date);
        const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials;
        const credentials = {
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            sessionToken: SessionToken,
        };
        const inRole = new STSClient({ region, endpoint: url, credentials });
        assert.equal((await inRole.send(new GetCallerIdentityCommand({}))).Account, "210987654321");
        const iotInRole = new IoTClient({ region, endpoint: url, credentials });
        const command = new DescribeEndpointCommand({ endpointType: "iot:Data-ATS" });
        const [own, others] = [await iot.send(command), await iotInRole.send(command)];
        assert.notEqual(own.endpointAddress, others.endpointAddress);
        inRole.destroy();
        iotInRole.destroy();
    });

    it("takes lists and maps by their numbered names, and gives them as XML", async () => {
        const created = await form("sns", {
            Action: "CreateTopic",
            Version: "2010-03-31",
            Name: "alerts",
            "Attributes.entry.1.key": "DisplayName",
            "Attributes.entry.1.value": "Alerts & more",
            "Tags.member.2.Key": "stage",
            "Tags.member.2.Value": "test",
            "Tags.member.1.Key": "team",
            "Tags.member.1.Value": "fleet",
        });
        const text = await created.text();
        const [, arn = ""] = /<TopicArn>(.*)<\/TopicArn>/.exec(text) ?? [];
        assert.match(text, /<CreateTopicResponse xmlns="http:\/\/sns\.amazonaws\.com\/doc\/2010-03-31\/">/);
        const tags = await form("sns", { Action: "ListTagsForResource", ResourceArn: arn });
        assert.match(
            await tags.text(),
            /<Tags><member><Key>team<\/Key><Value>fleet<\/Value><\/member><member><Key>stage<\/Key>/,
        );
        const attributes = await form("sns", { Action: "GetTopicAttributes", TopicArn: arn });
        assert.match(
            await attributes.text(),
            /<entry><key>DisplayName<\/key><value>Alerts &amp; more<\/value><\/entry>/,
        );
    });

    it("refuses with AWS's code where that is not the exception's name", async () => {
        const refused = await form("iam", { Action: "GetRole", Version: "2010-05-08", RoleName: "absent" });
        assert.equal(refused.status, 404);
        const text = await refused.text();
        assert.match(text, /<ErrorResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/">/);
        assert.match(text, /<Error><Type>Sender<\/Type><Code>NoSuchEntity<\/Code><Message>The role with name absent/);
    });

    it("refuses a form without an action, and one whose names contradict each other", async () => {
        const nameless = await form("sts", { Version: "2011-06-15" });
        assert.equal(nameless.status, 400);
        assert.match(await nameless.text(), /<Code>MissingAction<\/Code>/);
        const contradictory = await form("sns", { Action: "CreateTopic", Tags: "a", "Tags.member.1.Key": "b" });
        assert.equal(contradictory.status, 400);
        assert.match(await contradictory.text(), /<Code>MalformedInput<\/Code>/);
    });

    it("reads whatever the SDK's own serializer writes", async () => {
        const service = serviceOfSignature("sns");
        const tags = fc.array(fc.record({ Key: fc.string(), Value: fc.string() }, { noNullPrototype: true }), {
            maxLength: 12,
        });
        const attributes = fc.dictionary(fc.string(), fc.string(), { maxKeys: 5, noNullPrototype: true });
        const property = fc.asyncProperty(
            fc.string({ minLength: 1 }),
            tags,
            attributes,
            async (Name, Tags, Attributes) => {
                const input = { Name, Tags, Attributes };
                const serializer = new QueryShapeSerializer({
                    httpBindings: false,
                    timestampFormat: { useTrait: true, default: 5 },
                    serializeEmptyLists: true,
                });
                serializer.write(NormalizedSchema.of(service.schemas.of("CreateTopicInput")), input);
                const body = Buffer.from(`Action=CreateTopic&Version=2010-03-31${String(serializer.flush())}`);
                const request = { method: "POST", path: "/", query: new URLSearchParams(), headers: {}, body };
                const { parameters } = await query.ask(service, request);
                // The serializer writes nothing for a map without entries.
                const written = Object.keys(Attributes).length === 0 ? { Name, Tags } : input;
                assert.deepEqual(parameters, written);
            },
        );
        await fc.assert(property);
    });
});
