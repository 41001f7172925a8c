import { dataEndpointType } from "../../../rules/dataEndpoints";
import type { ApplicationProtocol, AuthenticationType } from "../../../rules/authentication";
import { awsDefaultSecurityPolicy } from "../../../rules/securityPolicies";
import type { OperationContext } from "../../cloud/context";
import {
    domainConfigurations,
    type StoredDomainConfiguration,
} from "../../cloud/services/iot/domainConfigurationTable";
import { endpointAddress } from "../../cloud/services/iot/endpoints";
import { findServedCertificate } from "../../cloud/services/iot/servedCertificates";
import { followCertificate } from "../../cloud/services/iot/serverCertificates";
import { ocspStaple } from "./ocspStaple";
import { endpointCertificate } from "./endpointCertificates";

/** What a TLS server shows and proves: PEM. The key is secret. */
export interface PrivateMaterial {
    readonly certificate: string;
    readonly chain: string;
    readonly privateKey: string;
}

/** What a client meets that asks a region's endpoint for a name. */
export interface ServedEndpoint extends PrivateMaterial {
    readonly securityPolicy: string;
    readonly authenticationType: AuthenticationType;
    readonly applicationProtocol: ApplicationProtocol;
    readonly authorizerConfig?: StoredDomainConfiguration["authorizerConfig"];
    /** DER; absent where nothing is stapled. */
    readonly ocspResponse?: Buffer;
    /** False where the client has named a host that is not the account's: AWS shows its certificate, and lets nobody in. */
    readonly isKnown: boolean;
    /** What `iot:DomainName` stands for in policies. */
    readonly domainName: string;
}

/** What a region's endpoint serves under a name, or to a client that names none, at this moment. */
export function findServedEndpoint(context: OperationContext, serverName: string | undefined): ServedEndpoint {
    const configuration =
        serverName === undefined
            ? undefined
            : context
                  .table(domainConfigurations)
                  .list()
                  .find(({ domainName, status }) => domainName === serverName && status === "ENABLED");
    const host = endpointAddress(context, dataEndpointType) ?? "";
    if (serverName === undefined || configuration === undefined) {
        return { ...defaults, ...endpointCertificate(context), isKnown: isOwn(serverName, host), domainName: host };
    }
    const { authenticationType, applicationProtocol, authorizerConfig } = configuration;
    // A domain that AWS manages has a name below the endpoints' own, and their certificate.
    const served = findServedCertificate(context, serverName) ?? {
        ...endpointCertificate(context),
        securityPolicy: configuration.securityPolicy,
    };
    return {
        ...served,
        authenticationType: authenticationType ?? "DEFAULT",
        applicationProtocol: applicationProtocol ?? "DEFAULT",
        authorizerConfig,
        ocspResponse: staples(context, configuration) ? ocspStaple(context, served) : undefined,
        isKnown: true,
        domainName: serverName,
    };
}

const defaults = {
    securityPolicy: awsDefaultSecurityPolicy,
    authenticationType: "DEFAULT",
    applicationProtocol: "DEFAULT",
} as const;

/** AWS asks for a name and does not need one. @see https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html */
function isOwn(serverName: string | undefined, host: string): boolean {
    return serverName === undefined || serverName === host;
}

/** AWS staples where it is told to, and has nothing to say of a certificate that it has found to be INVALID. */
function staples(context: OperationContext, configuration: StoredDomainConfiguration): boolean {
    return (
        configuration.serverCertificateConfig?.enableOCSPCheck === true &&
        followCertificate(context, configuration).summary.serverCertificateStatus === "VALID"
    );
}
