import * as acm from "@pulumi/aws/acm";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import {
    judgeMaterial,
    readMaterial,
    stackMaterial,
    type CertificateTexts,
    type ImportedCertificateSettings,
    type Material,
} from "../../config";
import { formatFinding } from "../../rules/finding";
import { privateKeyInput, privateKeyVersion } from "./privateKeys";
import { importGuard } from "./rotationGuard";
import type { CertificateRequest } from "./request";

/**
 * Imports a certificate that somebody brings along.
 *
 * A new certificate under the same configuration is imported under the same ARN, so the domain configuration stays as it is;
 * where the domain allows its replacement, under an ARN of its own.
 */
export function importedCertificate(request: CertificateRequest<ImportedCertificateSettings>): acm.Certificate {
    const texts = checked(request);
    // Certificates are public: as secrets, nobody could see in a preview that one is about to change.
    const certificateBody = pulumi.unsecret(texts.apply(({ certificate }) => certificate));
    const certificateChain = pulumi.unsecret(texts.apply(({ chain }) => chain));
    return new acm.Certificate(
        request.name,
        {
            region: request.region,
            certificateBody,
            // Absent where there is none, which the provider's types do not know of an output.
            certificateChain: certificateChain as pulumi.Output<string>,
            privateKeyWo: privateKeyInput(texts.apply(({ privateKey }) => privateKey)),
            privateKeyWoVersion: certificateBody.apply(privateKeyVersion),
            tags: request.tags,
        },
        {
            ...request.options,
            hooks: importGuard(`${request.name}-guard`, request.path),
            // A certificate of another identity is served under an ARN of its own only.
            replaceOnChanges: request.domain.allowReplacement === true ? ["certificateBody"] : [],
        },
    );
}

function checked(request: CertificateRequest<ImportedCertificateSettings>): pulumi.Output<CertificateTexts> {
    const { settings, region, path, domain } = request;
    const text = (material: Material | undefined) =>
        material === undefined ? undefined : textOf(material, region, path);
    return pulumi
        .all([text(settings.certificate), text(settings.chain), text(settings.privateKey)])
        .apply(([certificate = "", chain, privateKey]) => {
            const given = { certificate, chain, privateKey };
            const { findings, plainTexts } = judgeMaterial(path, domain, settings, given, new Date());
            if (findings.length > 0) {
                throw new pulumi.RunError(
                    [
                        `The certificate of ${domain.domainName} in ${region} has faults:`,
                        ...findings.map((each) => `  - ${formatFinding(each)}`),
                    ].join("\n"),
                );
            }
            return plainTexts();
        });
}

function textOf(material: Material, region: string, path: string): pulumi.Input<string> {
    const read = readMaterial(material, stackMaterial());
    if ("later" in read) {
        const { secretId, region: elsewhere } = read.later;
        return secretsmanager.getSecretVersionOutput({ secretId, region: elsewhere ?? region }).secretString;
    }
    if ("fault" in read) {
        const { got, expected, remedy } = read.fault;
        throw new pulumi.RunError(`${path}: expected ${expected}, got ${got}; ${remedy}`);
    }
    return read.text;
}
