import { randomUUID, type X509Certificate } from "node:crypto";
import { certificateIdParameter } from "../../../rules/provisioning/parameters";
import { parseCertificate } from "../../../rules/certificates/parsedCertificate";
import type { Cloud } from "../../cloud";
import type { OperationContext } from "../../cloud/context";
import {
    authorities,
    certificates,
    readCertificate,
    refuseUnsupported,
    type StoredAuthority,
} from "../../cloud/services/iot/certificateTable";
import { defaultBody, provisioningTemplates } from "../../cloud/services/iot/provisioningTemplates";
import { subjectParts } from "../authentication/subject";
import { ProvisioningFailure } from "./failure";
import { register } from "./registration";
import type { Parameters } from "./template";

/** Parts of a subject that a template can use. @see https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html */
const subjectParameters: Readonly<Record<string, string>> = {
    Country: "AWS::IoT::Certificate::Country",
    Organization: "AWS::IoT::Certificate::Organization",
    OrganizationalUnit: "AWS::IoT::Certificate::OrganizationalUnit",
    DistinguishedNameQualifier: "AWS::IoT::Certificate::DistinguishedNameQualifier",
    State: "AWS::IoT::Certificate::StateName",
    CommonName: "AWS::IoT::Certificate::CommonName",
    SerialNumber: "AWS::IoT::Certificate::SerialNumber",
};

/**
 * Registers a device's certificate on its first connection, where its CA is registered for that, and provisions the device
 * by the CA's template.
 *
 * AWS drops this first connection: the device gets in with its next one.
 *
 * @returns what became of it, for people; `undefined` where no CA of the region has signed the certificate
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/jit-provisioning.html
 */
export async function provisionJustInTime(
    cloud: Cloud,
    region: string,
    leaf: X509Certificate,
    certificateId: string,
): Promise<string | undefined> {
    const templateBody = await cloud.observe({ region }, (context) => registerPending(context, leaf, certificateId));
    if (templateBody === undefined) {
        return undefined;
    }
    if (templateBody === "none") {
        return `the certificate ${certificateId} has been registered; it waits to be activated`;
    }
    try {
        const parameters = { ...parametersOf(leaf), [certificateIdParameter]: certificateId };
        await cloud.observe({ region }, (context) => register(context, templateBody, parameters, certificateId));
        return `the certificate ${certificateId} has been provisioned just in time; the device gets in the next time`;
    } catch (error) {
        if (error instanceof ProvisioningFailure) {
            return `the certificate ${certificateId} could not be provisioned just in time: ${error.message}`;
        }
        throw error;
    }
}

/** @returns the CA's template, "none" for a CA without one, `undefined` where nothing is registered by itself */
function registerPending(context: OperationContext, leaf: X509Certificate, id: string): string | undefined {
    const issuer = authorities
        .list(context)
        .filter(({ status, autoRegistrationStatus }) => status === "ACTIVE" && autoRegistrationStatus === "ENABLE")
        .find(({ pem }) => leaf.verify(readCertificate(pem).x509.publicKey));
    if (issuer === undefined) {
        return undefined;
    }
    refuseUnsupported(parseCertificate(leaf.raw));
    certificates.add(context, id, {
        id,
        arn: context.arn("iot", `cert/${id}`),
        pem: leaf.toString(),
        generationId: randomUUID(),
        status: "PENDING_ACTIVATION",
        mode: issuer.mode,
        caCertificateId: issuer.id,
        createdAt: context.now,
        modifiedAt: context.now,
    });
    return templateOf(context, issuer) ?? "none";
}

function templateOf(context: OperationContext, { registrationConfig }: StoredAuthority): string | undefined {
    const { templateBody, templateName } = registrationConfig ?? {};
    const template = templateName === undefined ? undefined : provisioningTemplates.get(context, templateName);
    return templateBody ?? (template?.enabled === true ? defaultBody(template) : undefined);
}

function parametersOf(leaf: X509Certificate): Parameters {
    const named = Object.entries(subjectParts(leaf.subject)).map(([part, value]) => [subjectParameters[part], value]);
    return Object.fromEntries(named.filter(([name]) => name !== undefined)) as Parameters;
}
