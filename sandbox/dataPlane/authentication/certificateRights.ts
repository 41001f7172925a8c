import { X509Certificate } from "node:crypto";
import { readPolicyDocument, type PolicyDocument } from "../../../rules/provisioning/policyDocument";
import type { OperationContext } from "../../cloud/context";
import { certificates, type StoredDeviceCertificate } from "../../cloud/services/iot/certificateTable";
import { defaultDocument, policies } from "../../cloud/services/iot/policies";
import { policyAttachments } from "../../cloud/services/iot/policyAttachments";
import { groupMembers, thingGroups } from "../../cloud/services/iot/thingGroups";
import { thingPrincipals, things, type StoredThing } from "../../cloud/services/iot/thingTable";
import type { ConnectionFacts, Principal, Rights } from "./principal";
import { subjectParts } from "./subject";

/** A device that has proven a registered certificate. */
export class CertificatePrincipal implements Principal {
    readonly name: string;

    constructor(readonly certificateId: string) {
        this.name = `the certificate ${certificateId.slice(0, 12)}...`;
    }

    rights(context: OperationContext, facts: ConnectionFacts): Rights | undefined {
        const certificate = certificates.get(context, this.certificateId);
        if (certificate?.status !== "ACTIVE" || hasExpired(certificate.pem, context.now)) {
            return undefined;
        }
        const thing = thingOf(context, certificate, facts.clientId);
        return {
            documents: documentsOf(context, certificate.arn, thing),
            variables: { ...certificateVariables(certificate), ...thingVariables(thing) },
        };
    }
}

/** Whether a certificate is valid at no time from now on. */
export function hasExpired(pem: string, now: number): boolean {
    return new Date(new X509Certificate(pem).validTo).getTime() < now;
}

/**
 * The thing that a device is: the one that its client ID names, if its certificate is attached to that.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-policy-variables.html
 */
function thingOf(
    context: OperationContext,
    { arn }: StoredDeviceCertificate,
    clientId: string | undefined,
): StoredThing | undefined {
    const isAttached = clientId !== undefined && thingPrincipals.from(context, clientId).includes(arn);
    return isAttached ? things.get(context, clientId) : undefined;
}

/** The policies of a certificate, and of the groups that its thing is in. @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-groups.html */
function documentsOf(
    context: OperationContext,
    certificateArn: string,
    thing: StoredThing | undefined,
): PolicyDocument[] {
    const groups = thing === undefined ? [] : groupsOf(context, groupMembers.to(context, thing.name));
    const targets = [certificateArn, ...groups];
    const names = new Set(targets.flatMap((target) => policyAttachments.to(context, target)));
    return [...names].flatMap((name) => {
        const policy = policies.get(context, name);
        return policy === undefined ? [] : (readPolicyDocument(defaultDocument(policy), name).document ?? []);
    });
}

/** ARNs of groups and all groups above them. */
function groupsOf(context: OperationContext, names: readonly string[]): string[] {
    return names.flatMap((name) => {
        const group = thingGroups.get(context, name);
        return group === undefined
            ? []
            : [group.arn, ...groupsOf(context, group.parent === undefined ? [] : [group.parent])];
    });
}

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html */
function certificateVariables({ id, pem }: StoredDeviceCertificate): Record<string, string | undefined> {
    const { subject, issuer } = new X509Certificate(pem);
    const named = (part: string, text: string) =>
        Object.entries(subjectParts(text)).map(([name, value]) => [`iot:Certificate.${part}.${name}`, value] as const);
    return {
        "iot:CertificateId": id,
        ...Object.fromEntries([...named("Subject", subject), ...named("Issuer", issuer)]),
    };
}

function thingVariables(thing: StoredThing | undefined): Record<string, string | undefined> {
    if (thing === undefined) {
        return { "iot:Connection.Thing.IsAttached": "false" };
    }
    const attributes = Object.entries(thing.attributes);
    return {
        "iot:Connection.Thing.IsAttached": "true",
        "iot:Connection.Thing.ThingName": thing.name,
        "iot:Connection.Thing.ThingTypeName": thing.type,
        ...Object.fromEntries(attributes.map(([name, value]) => [`iot:Connection.Thing.Attributes[${name}]`, value])),
    };
}
