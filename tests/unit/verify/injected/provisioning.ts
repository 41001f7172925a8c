import { fromOutside, type InjectedFault } from "../injection";
import { withAuthority, withClaim, withClaimPolicyWithout, withHook } from "../provisioned";
import { policyWithout, region } from "../situation";

/** Faults of provisioning. */
export const provisioningFaults: readonly InjectedFault[] = [
    {
        title: "a claim certificate that is inactive",
        inject: async (situation) => {
            const { claimId: certificateId } = await withClaim(situation);
            await situation.world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["claim-certificate-inactive"],
        remedy: /--new-status ACTIVE/,
    },
    {
        title: "a claim certificate that is inactive, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            const { claimId: certificateId } = await withClaim(situation);
            await situation.world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["claim-connect-refused"],
        remedy: /activate the claim certificate/,
    },
    {
        title: "a provisioning template that is disabled",
        inject: async (situation) => {
            await withClaim(situation);
            await situation.world.call("iot:UpdateProvisioningTemplate", { templateName: "fleet", enabled: false });
        },
        rules: ["provisioning-template-disabled"],
        remedy: /--enabled/,
    },
    {
        title: "a provisioning template that is disabled, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            await withClaim(situation);
            await situation.world.call("iot:UpdateProvisioningTemplate", { templateName: "fleet", enabled: false });
        },
        rules: ["claim-register-refused"],
        remedy: /has to be enabled/,
    },
    {
        title: "a hook that denies",
        inject: async (situation) => {
            await withClaim(situation);
            await withHook(situation, "exports.handler = async () => ({ allowProvisioning: false });");
        },
        rules: ["claim-hook-denied"],
        remedy: /--parameter/,
    },
    {
        title: "a hook that fails",
        inject: async (situation) => {
            await withClaim(situation);
            await withHook(situation, "exports.handler = async () => { throw new Error('broken'); };");
        },
        rules: ["claim-hook-failed"],
        remedy: /function's log/,
    },
    {
        title: "a devices' policy too narrow for the device that was provisioned",
        inject: (situation) => withClaim(situation, policyWithout()),
        rules: ["provisioned-device-refused"],
        remedy: /devices' policy/,
    },
    {
        title: "a devices' CA that is inactive",
        inject: async (situation) => {
            situation.waitLess({ answer: 3_000 });
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", { certificateId, newStatus: "INACTIVE" });
        },
        rules: ["ca-certificate-inactive"],
        remedy: /update-ca-certificate --new-status ACTIVE/,
    },
    {
        title: "automatic registration that is off",
        inject: async (situation) => {
            situation.waitLess({ answer: 3_000 });
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", {
                certificateId,
                newAutoRegistrationStatus: "DISABLE",
            });
        },
        rules: ["auto-registration-disabled"],
        remedy: /--new-auto-registration-status ENABLE/,
    },
    {
        title: "automatic registration that is off, seen from outside alone",
        inject: async (situation) => {
            fromOutside(situation);
            situation.waitLess({ answer: 3_000 });
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", {
                certificateId,
                newAutoRegistrationStatus: "DISABLE",
            });
        },
        rules: ["just-in-time-refused"],
        remedy: /registers by itself/,
    },
    {
        title: "a claim certificate that somebody deleted",
        inject: async (situation) => {
            const { claimId: certificateId } = await withClaim(situation);
            const { world } = situation;
            const target = `arn:aws:iot:${region}:123456789012:cert/${certificateId}`;
            await world.call("iot:DetachPolicy", { policyName: "policy-of-claim", target });
            await world.call("iot:DetachThingPrincipal", { thingName: "claim", principal: target });
            await world.call("iot:UpdateCertificate", { certificateId, newStatus: "INACTIVE" });
            await world.call("iot:DeleteCertificate", { certificateId });
        },
        rules: ["claim-certificate-missing"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a claim certificate that is active though it was taken out of use",
        inject: async (situation) => {
            await withClaim(situation);
            situation.provisioning = { ...situation.provisioning!, claimBundles: {} };
        },
        rules: ["claim-certificate-active"],
        remedy: /pulumi up --refresh/,
    },
    {
        title: "a claim's policy too narrow to ask for a certificate",
        inject: (situation) => withClaimPolicyWithout(situation, "iot:Publish"),
        rules: ["claim-certificate-refused"],
        remedy: /iot:Publish/,
    },
    {
        title: "a claim's policy too narrow to hear the answer",
        inject: (situation) => withClaimPolicyWithout(situation, "iot:Receive"),
        rules: ["claim-silent"],
        remedy: /iot:Receive/,
    },
    {
        title: "a provisioning template that somebody deleted",
        inject: async (situation) => {
            await withClaim(situation);
            await situation.world.call("iot:DeleteProvisioningTemplate", { templateName: "fleet" });
        },
        rules: ["provisioning-template-missing"],
        remedy: /pulumi refresh/,
    },
    {
        title: "a devices' CA that somebody deleted",
        inject: async (situation) => {
            situation.waitLess({ answer: 3_000 });
            const { authorityId: certificateId } = await withAuthority(situation);
            await situation.world.call("iot:UpdateCACertificate", { certificateId, newStatus: "INACTIVE" });
            await situation.world.call("iot:DeleteCACertificate", { certificateId });
        },
        rules: ["ca-certificate-missing"],
        remedy: /pulumi refresh/,
    },
];
