import { block, flag, text } from "../framework/properties";
import type { ProviderDefinition } from "../framework/resources";
import { certRequest } from "./certRequest";
import { getPublicKey } from "./getPublicKey";
import { locallySignedCert } from "./locallySignedCert";
import { privateKey } from "./privateKey";
import type { Tls } from "./resource";
import { selfSignedCert } from "./selfSignedCert";
import { openSession } from "./session";

/** The version of Pulumi's provider for TLS that this one behaves like. */
const version = "5.6.1";

export const tls: ProviderDefinition<Tls> = {
    name: "tls",
    version,
    configuration: {
        proxy: block({ fromEnv: flag(), password: text({ secret: true }), url: text(), username: text() }),
    },
    resources: {
        "tls:index/certRequest:CertRequest": certRequest,
        "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
        "tls:index/privateKey:PrivateKey": privateKey,
        "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
    },
    functions: { "tls:index/getPublicKey:getPublicKey": getPublicKey },
    configure: openSession,
};
