import { createPrivateKey } from "node:crypto";
import type { OperationContext } from "../../context";
import { domainConfigurations } from "./domainConfigurationTable";
import { followCertificate } from "./serverCertificates";

/** What a TLS server of a domain needs: PEM. The key is secret. */
export interface ServedCertificate {
    readonly certificate: string;
    readonly chain: string;
    readonly privateKey: string;
    readonly securityPolicy: string;
}

/** What is shown to a client that asks for a domain name now; `undefined` where no enabled domain configuration has it. */
export function findServedCertificate(context: OperationContext, domainName: string): ServedCertificate | undefined {
    const table = context.table(domainConfigurations);
    const configuration = table.list().find((other) => other.domainName === domainName && other.status === "ENABLED");
    if (configuration === undefined) {
        return undefined;
    }
    const { taken } = followCertificate(context, configuration);
    table.put(configuration.name, { ...configuration, taken });
    const served = taken.filter(({ servedFrom }) => servedFrom <= context.now).at(-1);
    if (served === undefined) {
        return undefined;
    }
    const key = createPrivateKey({ key: context.vault.open(served.sealedKey), format: "der", type: "pkcs8" });
    return {
        certificate: served.certificate,
        chain: served.chain,
        privateKey: key.export({ format: "pem", type: "pkcs8" }).toString(),
        securityPolicy: configuration.securityPolicy,
    };
}
