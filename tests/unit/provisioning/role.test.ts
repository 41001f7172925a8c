import assert from "node:assert/strict";
import {
    managedProvisioningPolicyArn,
    permissionsLengthFindings,
    provisioningPermissions,
    provisioningTrustPolicy,
    type ProvisionedResources,
} from "../../../rules/provisioning/role";
import { asList } from "../../../rules/provisioning/policyDocument";
import { lambdaTrustPolicy, logPermissions } from "../../../rules/provisioning/lambdaRole";
import { iotRegions } from "../../../rules/regions";

const account = "123456789012";
const scope = { account, regions: ["us-east-1", "eu-west-1"] };
const resources: ProvisionedResources = {
    thingNameBeginnings: ["sensor-"],
    thingTypeNames: ["sensor"],
    thingGroupNames: ["sensors"],
    policyNames: ["dev-device"],
};

const statementsWith = (action: string, given = resources) =>
    provisioningPermissions(scope, given).Statement.filter(({ Action }) => asList(Action).includes(action));
const resourcesOf = (action: string, given = resources) =>
    statementsWith(action, given).flatMap(({ Resource }) => asList(Resource));

describe("rules/provisioning/role", () => {
    it("is trusted by AWS IoT Core for this account and its regions alone", () => {
        assert.deepEqual(provisioningTrustPolicy(scope).Statement, [
            {
                Effect: "Allow",
                Principal: { Service: "iot.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": account },
                    ArnLike: {
                        "aws:SourceArn": [`arn:aws:iot:us-east-1:${account}:*`, `arn:aws:iot:eu-west-1:${account}:*`],
                    },
                },
            },
        ]);
    });

    const limited: ReadonlyArray<readonly [string, readonly string[]]> = [
        ["iot:CreateThing", ["thing/sensor-*", "thinggroup/sensors"]],
        ["iot:AddThingToThingGroup", ["thing/sensor-*", "thinggroup/sensors"]],
        ["iot:DescribeThingType", ["thingtype/sensor"]],
        ["iot:AttachPolicy", ["cert/*"]],
        ["iot:UpdateCertificate", ["cert/*"]],
        ["iot:GetPolicy", ["policy/dev-device"]],
    ];
    for (const [action, names] of limited) {
        it(`limits ${action} to ${names.join(" and ")} of its regions`, () => {
            assert.deepEqual(
                resourcesOf(action),
                scope.regions.flatMap((region) => names.map((name) => `arn:aws:iot:${region}:${account}:${name}`)),
            );
        });
    }

    it("allows without a resource only what IAM cannot limit", () => {
        const open = provisioningPermissions(scope, resources).Statement.filter(({ Resource }) => Resource === "*");
        assert.deepEqual(
            open.flatMap(({ Action }) => asList(Action)),
            ["iot:ListAttachedPolicies", "iot:ListPolicyPrincipals", "iot:ListPrincipalPolicies", "iot:RegisterThing"],
        );
    });

    for (const action of [
        "iot:CreatePolicy",
        "iot:CreateCertificateFromCsr",
        "iot:RegisterCertificate",
        "iot:DetachPolicy",
        "iot:DetachThingPrincipal",
        "iot:AddThingToBillingGroup",
    ]) {
        it(`does not allow ${action}, which AWS's own policy allows`, () => {
            assert.deepEqual(statementsWith(action), []);
        });
    }

    it("allows nothing about groups and types where there are none", () => {
        const bare = { ...resources, thingTypeNames: [], thingGroupNames: [] };
        assert.deepEqual(statementsWith("iot:AddThingToThingGroup", bare), []);
        assert.deepEqual(statementsWith("iot:DescribeThingType", bare), []);
    });

    it("names a beginning once where another covers it", () => {
        const names = (thingNameBeginnings: string[]) => [
            ...new Set(
                resourcesOf("iot:CreateThing", { ...resources, thingNameBeginnings, thingGroupNames: [] }).map((arn) =>
                    arn.split(":").at(-1),
                ),
            ),
        ];
        assert.deepEqual(names(["sensor-", "sensor-a-", "sensor-"]), ["thing/sensor-*"]);
        assert.deepEqual(names(["sensor-", ""]), ["thing/*"]);
        assert.deepEqual(names(["sensor-", "camera-"]), ["thing/sensor-*", "thing/camera-*"]);
    });

    it("keeps to the partition of its regions", () => {
        const china = provisioningPermissions({ account, regions: ["cn-north-1"] }, resources);
        assert.ok(JSON.stringify(china).includes(`arn:aws-cn:iot:cn-north-1:${account}:cert/*`));
        assert.ok(!JSON.stringify(china).includes("arn:aws:"));
        assert.equal(
            managedProvisioningPolicyArn("aws-us-gov"),
            "arn:aws-us-gov:iam::aws:policy/service-role/AWSIoTThingsRegistration",
        );
    });

    it("fits a role for every region of AWS, and says so where it does not", () => {
        const everywhere = iotRegions.filter((region) => !/^(cn|us-gov)-/.test(region));
        assert.deepEqual(permissionsLengthFindings({ account, regions: everywhere }, resources, "p"), []);
        const thingGroupNames = [..."abcdefghij"].map((letter) => letter.repeat(128));
        assert.equal(
            permissionsLengthFindings({ account, regions: everywhere }, { ...resources, thingGroupNames }, "p").length,
            1,
        );
    });
});

describe("rules/provisioning/lambdaRole", () => {
    it("lets a function write its own log alone", () => {
        const group = `arn:aws-cn:logs:cn-north-1:${account}:log-group:/aws/lambda/dev-authorizer`;
        assert.deepEqual(
            logPermissions({ region: "cn-north-1", account }, "dev-authorizer").Statement.map(
                ({ Resource }) => Resource,
            ),
            [group, `${group}:*`],
        );
        assert.deepEqual(lambdaTrustPolicy.Statement[0]?.Principal, { Service: "lambda.amazonaws.com" });
    });
});
