import { claimPolicy } from "../../../rules/provisioning/claimPolicy";
import { templateBody } from "../../../rules/provisioning/template";
import { issueCertificate } from "../../../sandbox/cloud/authority/certificates";
import { region, type Situation } from "./situation";

const role = "arn:aws:iam::123456789012:role/provisioning";
const templateName = "fleet";
const functionArn = `arn:aws:lambda:${region}:123456789012:function:hook`;

/** Permits to devices whatever the tests have them do. */
const devicePolicy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iot:*", Resource: "*" }],
};

/** Gives a situation provisioning by claim, as a stack with a generated claim has it. */
export async function withClaim(situation: Situation, policy: object = devicePolicy): Promise<{ claimId: string }> {
    const { world } = situation;
    const location = { partition: "aws", region, account: "123456789012" } as const;
    const use = { templateName, operations: ["CreateKeysAndCertificate"] } as const;
    const claim = await world.device("claim", claimPolicy(location, use));
    await world.call("iot:CreatePolicy", { policyName: "of-devices", policyDocument: JSON.stringify(policy) });
    const settings = {
        parameters: { SerialNumber: {} },
        thingName: "{SerialNumber}",
        thingGroupNames: [],
        attributes: {},
        overrideSetting: "FAIL",
    } as const;
    const { templateArn } = await world.call("iot:CreateProvisioningTemplate", {
        templateName,
        templateBody: JSON.stringify(templateBody("FLEET_PROVISIONING", settings, "of-devices")),
        provisioningRoleArn: role,
        enabled: true,
    });
    situation.provisioning = {
        version: "1.2.0",
        claimBundles: {
            "2026": {
                endpoints: [situation.output.domainName],
                templateName,
                certificatePem: claim.cert,
                privateKeyPem: claim.key,
                rootCertificates: [],
                parameters: { SerialNumber: {} },
            },
        },
        regions: { [region]: { claim: { templateArn, certificateIds: { "2026": claim.certificateId } } } },
    };
    return { claimId: claim.certificateId };
}

/** Gives a situation provisioning by a claim whose policy lacks the right to an action. */
export async function withClaimPolicyWithout(situation: Situation, action: string): Promise<void> {
    situation.waitLess({ answer: 3_000 });
    await withClaim(situation);
    const { world } = situation;
    const { policyDocument } = await world.call("iot:GetPolicy", { policyName: "policy-of-claim" });
    const document = JSON.parse(policyDocument) as { Statement: { Action: string | string[] }[] };
    const actionsOf = ({ Action }: { Action: string | string[] }) => [Action].flat().filter((name) => name !== action);
    const Statement = document.Statement.map((statement) => ({ ...statement, Action: actionsOf(statement) }));
    await world.call("iot:CreatePolicyVersion", {
        policyName: "policy-of-claim",
        policyDocument: JSON.stringify({
            ...document,
            Statement: Statement.filter(({ Action }) => Action.length > 0),
        }),
        setAsDefault: true,
    });
}

/** Has a function decide on each device, and says so in the outputs. */
export async function withHook(situation: Situation, code: string): Promise<void> {
    const { world } = situation;
    await world.function("hook", code);
    await world.call("iot:UpdateProvisioningTemplate", {
        templateName,
        preProvisioningHook: { targetArn: functionArn },
    });
    await world.call("lambda:AddPermission", {
        FunctionName: "hook",
        StatementId: "iot",
        Action: "lambda:InvokeFunction",
        Principal: "iot.amazonaws.com",
        SourceArn: `arn:aws:iot:${region}:123456789012:provisioningtemplate/${templateName}`,
    });
    situation.provisioning!.regions[region]!.claim!.preProvisioningHookArn = functionArn;
}

/** Gives a situation a CA whose devices are registered when they first connect. */
export async function withAuthority(situation: Situation): Promise<{ authorityId: string }> {
    const { world } = situation;
    const validity = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 86_400_000) };
    const authority = await issueCertificate(
        { subject: "CN=Maker", isAuthority: true, pathLength: 0, ...validity },
        "EC_prime256v1",
    );
    await world.call("iot:CreatePolicy", {
        policyName: "of-devices",
        policyDocument: JSON.stringify(devicePolicy),
    });
    const settings = {
        parameters: {},
        thingName: "{AWS::IoT::Certificate::CommonName}",
        thingGroupNames: [],
        attributes: {},
        overrideSetting: "FAIL",
    } as const;
    const { certificateArn, certificateId } = await world.call("iot:RegisterCACertificate", {
        caCertificate: authority.certificate,
        certificateMode: "SNI_ONLY",
        setAsActive: true,
        allowAutoRegistration: true,
        registrationConfig: {
            templateBody: JSON.stringify(templateBody("JITP", settings, "of-devices")),
            roleArn: role,
        },
    });
    const key = Buffer.from(authority.privateKey).toString("base64");
    situation.authority = {
        title: "the registered CA",
        certificate: authority.certificate,
        privateKey: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    };
    situation.provisioning = {
        version: "1.2.0",
        claimBundles: {},
        regions: {
            [region]: {
                justInTime: {
                    certificateAuthorityArns: { maker: certificateArn },
                    certificateAuthorities: {
                        maker: {
                            arn: certificateArn,
                            certificateFingerprint: "",
                            certificateMode: "SNI_ONLY",
                            allowAutoRegistration: true,
                        },
                    },
                },
            },
        },
    };
    return { authorityId: certificateId };
}
