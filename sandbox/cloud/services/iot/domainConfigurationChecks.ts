import { parseArn } from "../../../../rules/arns";
import { canonicalName, covers } from "../../../../rules/domainNames";
import { customDomainServiceType } from "../../../../rules/domainConfigurations";
import { formatFinding } from "../../../../rules/finding";
import { securityPolicyFindings } from "../../../../rules/securityPolicies";
import type { OperationContext } from "../../context";
import { Refusal } from "../../errors";
import type { CreateDomainConfigurationRequest, UpdateDomainConfigurationRequest } from "../../models/iot";
import { lookUpCertificate } from "../acm/lifecycle";
import { authorizers } from "./authorizerTable";
import { domainConfigurations } from "./domainConfigurationTable";

/** What creation and update both take. */
type Settings = Pick<
    CreateDomainConfigurationRequest & UpdateDomainConfigurationRequest,
    "authorizerConfig" | "tlsConfig" | "serverCertificateConfig" | "clientCertificateConfig"
>;

type SettingsCheck = (settings: Settings, context: OperationContext) => string | undefined;

/** Whether an ARN names something of that service in the caller's account and region. */
function isLocal(arn: string, service: string, context: OperationContext): boolean {
    const parts = parseArn(arn);
    return parts?.service === service && parts.region === context.region && parts.account === context.account;
}

/** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html */
const settingsChecks: readonly SettingsCheck[] = [
    ({ tlsConfig }, { region }) => {
        const policy = tlsConfig?.securityPolicy;
        const [finding] =
            policy === undefined ? [] : securityPolicyFindings(policy, region, "tlsConfig.securityPolicy");
        return finding && `Invalid security policy. ${formatFinding(finding)}`;
    },
    ({ authorizerConfig: { defaultAuthorizerName, allowAuthorizerOverride } = {} }) =>
        defaultAuthorizerName !== undefined && allowAuthorizerOverride === undefined
            ? "allowAuthorizerOverride must be given with defaultAuthorizerName"
            : undefined,
    ({ authorizerConfig: { defaultAuthorizerName } = {} }, context) =>
        defaultAuthorizerName !== undefined && authorizers.get(context, defaultAuthorizerName) === undefined
            ? `Authorizer ${defaultAuthorizerName} does not exist`
            : undefined,
    // https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-cert-config.html
    ({ serverCertificateConfig: { enableOCSPCheck } = {} }, { partition }) =>
        enableOCSPCheck === true && partition === "aws-us-gov"
            ? "OCSP stapling is not available in AWS GovCloud (US)"
            : undefined,
    ({ serverCertificateConfig: { ocspLambdaArn } = {} }, context) =>
        ocspLambdaArn !== undefined && !isLocal(ocspLambdaArn, "lambda", context)
            ? "ocspLambdaArn must name a function of the same account and region"
            : undefined,
    ({ serverCertificateConfig: { ocspAuthorizedResponderArn: arn } = {} }, context) =>
        arn !== undefined && (!isLocal(arn, "acm", context) || lookUpCertificate(context, arn) === undefined)
            ? "ocspAuthorizedResponderArn must name an ACM certificate of the same account and region"
            : undefined,
    ({ clientCertificateConfig: { clientCertificateCallbackArn } = {} }, context) =>
        clientCertificateCallbackArn !== undefined && !isLocal(clientCertificateCallbackArn, "lambda", context)
            ? "clientCertificateCallbackArn must name a function of the same account and region"
            : undefined,
];

/** @throws Refusal InvalidRequestException for settings that AWS IoT Core does not take */
export function refuseSettings(settings: Settings, context: OperationContext): void {
    const fault = settingsChecks.map((check) => check(settings, context)).find((found) => found !== undefined);
    if (fault !== undefined) {
        throw new Refusal("InvalidRequestException", fault);
    }
}

type CustomDomainCheck = (input: CreateDomainConfigurationRequest, domainName: string) => string | undefined;

/** @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html */
const customDomainChecks: readonly CustomDomainCheck[] = [
    (_, domainName) => {
        const name = canonicalName(domainName);
        return name === undefined || name.startsWith("*.") || !name.includes(".")
            ? "Must provide a valid domain name to configure."
            : undefined;
    },
    ({ serverCertificateArns = [] }) =>
        serverCertificateArns.length === 0
            ? "Cannot provide a custom domain name for an AWS Managed Domain"
            : undefined,
    ({ serviceType }) =>
        serviceType !== undefined && serviceType !== customDomainServiceType
            ? `The service type ${serviceType} is not supported for customer-managed domains`
            : undefined,
];

/** @throws Refusal InvalidRequestException for a domain of one's own that cannot be one */
export function refuseCustomDomain(input: CreateDomainConfigurationRequest, domainName: string): void {
    const fault = customDomainChecks.map((check) => check(input, domainName)).find((found) => found !== undefined);
    if (fault !== undefined) {
        throw new Refusal("InvalidRequestException", fault);
    }
}

/**
 * A name belongs to one domain configuration of a region, over all accounts; and where another account has proven a
 * wildcard, to nobody else below it.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
export function isTaken(context: OperationContext, domainName: string): boolean {
    return context.accounts().some((account) => {
        const owner = context.within({ account });
        return owner
            .table(domainConfigurations)
            .list()
            .some((other) => other.domainName === domainName || (account !== context.account && blocks(owner, other)));
    });

    function blocks(owner: OperationContext, other: { readonly serverCertificateArns: readonly string[] }): boolean {
        return other.serverCertificateArns.some((arn) =>
            lookUpCertificate(owner, arn)?.names.some((name) => name.startsWith("*.") && covers(name, domainName)),
        );
    }
}
