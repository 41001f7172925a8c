import { randomUUID } from "node:crypto";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { ImportCertificateRequest, OperationTypes } from "../../models/acm";
import { certificates, type CertificateMaterial, type StoredCertificate } from "./certificateTable";
import { readImport, reimportFaults, type ReadImport } from "./importChecks";
import { findCertificate } from "./lifecycle";
import { parseMaterial } from "./material";
import { tagSet } from "./tagSet";

function refuse(message: string): never {
    throw new Refusal("ValidationException", message);
}

function materialOf(
    { leaf, key }: ReadImport,
    { CertificateChain }: ImportCertificateRequest,
    context: OperationContext,
): CertificateMaterial {
    return {
        certificate: leaf.pem,
        chain: CertificateChain === undefined ? "" : Buffer.from(CertificateChain).toString("utf8"),
        sealedKey: context.vault.seal(key.export({ format: "der", type: "pkcs8" })),
        since: context.now,
    };
}

/** What a certificate says of itself; the rest of its entry is ACM's. */
function contentOf({ leaf }: ReadImport): Pick<StoredCertificate, "domainName" | "names" | "keyAlgorithm"> {
    const { commonName, dnsNames } = leaf.names;
    const names = [...new Set(dnsNames.length > 0 ? dnsNames : [commonName ?? ""])];
    return {
        domainName: commonName ?? names[0] ?? "",
        names,
        keyAlgorithm: leaf.keyAlgorithm as StoredCertificate["keyAlgorithm"],
    };
}

/** The certificate under an ARN that is to be replaced. @throws Refusal where ACM issued it, or the new one cannot follow it */
function findPredecessor(context: OperationContext, arn: string, { leaf }: ReadImport): StoredCertificate {
    const previous = findCertificate(context, arn);
    if (previous.type !== "IMPORTED" || previous.material === undefined) {
        refuse(`The certificate ${arn} was not imported, so it cannot be imported anew`);
    }
    const faults = reimportFaults(parseMaterial(previous.material), leaf);
    return faults.length === 0 ? previous : refuse(faults.join("; "));
}

/** Imports of certificates that others have issued. */
export const importOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html */
    ImportCertificate: (input, context) => {
        const read = readImport(input, new Date(context.now));
        if ("faults" in read) {
            refuse(read.faults.join("; "));
        }
        const imported = {
            ...contentOf(read),
            status: "ISSUED" as const,
            importedAt: context.now,
            material: materialOf(read, input, context),
        };
        const table = context.table(certificates);
        if (input.CertificateArn !== undefined) {
            if (input.Tags !== undefined) {
                refuse("Tagging is not permitted on re-import.");
            }
            const previous = findPredecessor(context, input.CertificateArn, read);
            table.put(previous.arn, { ...previous, ...imported });
            return { CertificateArn: previous.arn };
        }
        const arn = context.arn("acm", `certificate/${randomUUID()}`);
        table.put(arn, { arn, type: "IMPORTED", createdAt: context.now, ...imported });
        tagSet.add(context, arn, input.Tags);
        return { CertificateArn: arn };
    },
};
