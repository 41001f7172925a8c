import type { Cloud } from "../../cloud";
import type { Functions } from "../lambda/functions";
import type { SecureConnection } from "../secureConnection";
import { ClientCertificates, shownCertificate } from "./clientCertificates";
import { CustomAuthorizers, namesAuthorizer, type CustomCredentials } from "./customAuthorizers";
import type { Principal } from "./principal";
import { authenticateSignature, type SignatureScope } from "./signatureVersion4";

/** What a client presents beside its certificate. */
export interface Presented {
    readonly custom: CustomCredentials;
    readonly signature?: SignatureScope;
}

/** Decides who a client of one region is, by the ways that its connection's port and domain allow. */
export class Authenticator {
    private readonly certificates: ClientCertificates;
    private readonly authorizers: CustomAuthorizers;

    constructor(
        cloud: Cloud,
        private readonly region: string,
        functions: Functions,
    ) {
        this.certificates = new ClientCertificates(cloud, region);
        this.authorizers = new CustomAuthorizers(cloud, region, functions);
    }

    /** @returns why the client may not connect, where it is a text */
    async byCertificate({ socket }: SecureConnection): Promise<Principal | string> {
        const shown = shownCertificate(socket);
        return shown === undefined ? "the client shows no certificate" : this.certificates.authenticate(shown);
    }

    /** @returns why the client may not connect, where it is a text */
    async authenticate(connection: SecureConnection, { custom, signature }: Presented): Promise<Principal | string> {
        const { authentications } = connection.route;
        const certificate = authentications.includes("x509") ? await this.byCertificate(connection) : undefined;
        if (typeof certificate === "string") {
            return certificate;
        }
        if (authentications.includes("sigv4") && signature !== undefined && !namesAuthorizer(custom.fields)) {
            return authenticateSignature(signature, this.region);
        }
        if (authentications.includes("custom-authorizer")) {
            return this.authorizers.authenticate(connection.endpoint, custom, certificate?.certificateId);
        }
        return certificate ?? "the client presents no credentials that its domain takes";
    }
}
