import {
    DeleteCACertificateCommand,
    DescribeCACertificateCommand,
    DescribeCertificateCommand,
    ListAttachedPoliciesCommand,
    RegisterCACertificateCommand,
    UpdateCACertificateCommand,
    type IoTClient,
} from "@aws-sdk/client-iot";
import type { ProvisioningOutput } from "../../outputs/provisioningContract";
import { parseArn } from "../../rules/arns";
import { attachPolicy, makeCertificate, makeTemporary, testName, type Temporary } from "../temporary";
import type { DevicePair } from "./entrance";
import { generateKeys, privateKeyPem, signingAlgorithm, x509 } from "./keyPairs";
import { claimsIn, type Claim, type DeviceAuthority, type ProvisioningMaterial } from "./settings";

const lifetimeInMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Adds to what is at hand, for each claim and CA of a region whose private key nobody has, one that is like it.
 *
 * @throws what AWS answers; whatever had been made by then is removed
 */
export function makeStandIns(
    outputs: ProvisioningOutput,
    authority: DeviceAuthority | undefined,
    region: string,
    iot: IoTClient,
    now: Date,
): Promise<ProvisioningMaterial & Temporary> {
    const { claim, justInTime } = outputs.regions[region] ?? {};
    const [[name, deployed] = ["", undefined]] = Object.entries(justInTime?.certificateAuthorities ?? {});
    const authorityId = parseArn(deployed?.arn)?.resource.split("/")[1];
    return makeTemporary(async (undoing) => {
        const claims: Claim[] = [];
        for (const [name, bundle] of Object.entries(outputs.claimBundles)) {
            const certificateId = claim?.certificateIds[name];
            if (certificateId !== undefined && bundle.privateKeyPem === undefined) {
                const standIn = await standInForClaim(iot, certificateId);
                undoing(standIn.remove);
                const { certificate: certificatePem, privateKey } = standIn;
                claims.push({
                    title: `a stand-in for the claim ${name}`,
                    bundle: { ...bundle, certificatePem, privateKeyPem: privateKey },
                });
            }
        }
        if (authority !== undefined || authorityId === undefined) {
            return { claims: [...claimsIn(outputs), ...claims], authority };
        }
        const standIn = await standInForAuthority(iot, authorityId, now);
        undoing(standIn.remove);
        const title = `a stand-in for the CA ${name}`;
        return { claims: [...claimsIn(outputs), ...claims], authority: { title, ...standIn } };
    });
}

/**
 * Makes a claim certificate with the policies of one that is deployed, for whoever does not have that one's private key: a
 * device with it meets the same policies, template and hook.
 *
 * @throws what AWS answers; whatever had been made by then is removed
 */
function standInForClaim(iot: IoTClient, certificateId: string): Promise<DevicePair & Temporary> {
    return makeTemporary(async (undoing) => {
        const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
        const original = certificateDescription?.certificateArn;
        const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target: original }));
        const { arn, certificate, privateKey } = await makeCertificate(iot, undoing);
        for (const { policyName = "" } of policies) {
            await attachPolicy(iot, { policyName, target: arn }, undoing);
        }
        return { certificate, privateKey };
    });
}

/**
 * Registers a CA with the template and role of one that is deployed, for whoever does not have that one's private key.
 *
 * @param now When its certificate begins to be valid
 * @throws what AWS answers; whatever had been made by then is removed
 */
function standInForAuthority(iot: IoTClient, certificateId: string, now: Date): Promise<DevicePair & Temporary> {
    return makeTemporary(async (undoing) => {
        const { registrationConfig, certificateDescription } = await iot.send(
            new DescribeCACertificateCommand({ certificateId }),
        );
        const authority = await makeAuthority(now);
        const { certificateId: made } = await iot.send(
            new RegisterCACertificateCommand({
                caCertificate: authority.certificate,
                // The only mode that asks for no proof by the account's registration code.
                certificateMode: "SNI_ONLY",
                setAsActive: true,
                allowAutoRegistration: certificateDescription?.autoRegistrationStatus === "ENABLE",
                registrationConfig,
            }),
        );
        undoing(async () => {
            await iot.send(new UpdateCACertificateCommand({ certificateId: made, newStatus: "INACTIVE" }));
            await iot.send(new DeleteCACertificateCommand({ certificateId: made }));
        });
        return authority;
    });
}

async function makeAuthority(now: Date): Promise<DevicePair> {
    const { BasicConstraintsExtension, X509CertificateGenerator } = await x509();
    const keys = await generateKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
        name: `CN=${testName()}`,
        notBefore: new Date(now.getTime() - 60_000),
        notAfter: new Date(now.getTime() + lifetimeInMilliseconds),
        keys,
        signingAlgorithm,
        extensions: [new BasicConstraintsExtension(true, 0, true)],
    });
    return { certificate: certificate.toString("pem"), privateKey: await privateKeyPem(keys) };
}
