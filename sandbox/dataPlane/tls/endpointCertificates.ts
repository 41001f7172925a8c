import { X509Certificate } from "node:crypto";
import { dnsSuffixOf } from "../../../rules/regions";
import { orderCertificate } from "../../cloud/authority/orders";
import type { OperationContext } from "../../cloud/context";
import { defineTable } from "../../cloud/tables";
import type { PrivateMaterial } from "./servedEndpoint";

interface StoredEndpointCertificate {
    readonly certificate: string;
    readonly chain: string;
    /** PEM, encrypted. */
    readonly sealedKey: string;
}

/** Certificates of AWS's own endpoints, one a region. */
const endpointCertificates = defineTable<StoredEndpointCertificate>("iot", "endpointCertificate", false);

const day = 24 * 60 * 60 * 1000;

/** How long before its end a certificate is replaced. */
const renewal = 30 * day;

/** The certificate of a region's own endpoints, which AWS renews by itself: made when it is first needed. */
export function endpointCertificate(context: OperationContext): PrivateMaterial {
    const table = context.table(endpointCertificates);
    const stored = table.get("data");
    if (stored !== undefined && lastsOn(stored.certificate, context.now + renewal)) {
        const { certificate, chain, sealedKey } = stored;
        return { certificate, chain, privateKey: context.vault.open(sealedKey).toString() };
    }
    const name = `*.iot.${context.region}.${dnsSuffixOf(context.region)}` as const;
    const { certificate, chain, privateKey } = orderCertificate(context, { names: [name], days: 365 });
    table.put("data", { certificate, chain, sealedKey: context.vault.seal(privateKey) });
    return { certificate, chain, privateKey };
}

function lastsOn(pem: string, at: number): boolean {
    return new Date(new X509Certificate(pem).validTo).getTime() > at;
}
