import { dnsSuffixOf } from "../../../../rules/regions";
import { awsDefaultSecurityPolicy, findSecurityPolicy, isOfferedIn } from "../../../../rules/securityPolicies";
import { securityPolicyNames } from "../../../../rules/securityPolicies";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { randomLabel } from "../../identifiers";
import type { OperationTypes } from "../../models/iot";
import { paginate } from "../../pagination";
import { isTaken, refuseCustomDomain, refuseSettings } from "./domainConfigurationChecks";
import { domainConfigurations, type StoredDomainConfiguration } from "./domainConfigurationTable";
import { followCertificate, refuseStapling, takeCertificate } from "./serverCertificates";
import { tagSet } from "./tags";

/** How long an AWS-managed domain must be disabled before it can be deleted. @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteDomainConfiguration.html */
const managedDomainRetention = 7 * 24 * 60 * 60 * 1000;

/** The domain configuration of that name. @throws Refusal ResourceNotFoundException */
function findDomainConfiguration(context: OperationContext, name: string): StoredDomainConfiguration {
    const configuration = context.table(domainConfigurations).get(name);
    if (configuration === undefined) {
        throw new Refusal("ResourceNotFoundException", `Domain configuration ${name} not found.`);
    }
    return configuration;
}

/** What AWS gives where no policy is named; GovCloud lacks the usual one. @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-endpoints-tls-config.html */
function defaultSecurityPolicy(region: string): string {
    const usual = findSecurityPolicy(awsDefaultSecurityPolicy);
    const offered = usual !== undefined && isOfferedIn(usual, region);
    return offered ? awsDefaultSecurityPolicy : (securityPolicyNames(region)[0] ?? awsDefaultSecurityPolicy);
}

/** Domain configurations. */
export const domainConfigurationOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_CreateDomainConfiguration.html */
    CreateDomainConfiguration: (input, context) => {
        const { domainConfigurationName: name, domainName, serverCertificateArns = [] } = input;
        const table = context.table(domainConfigurations);
        if (table.get(name) !== undefined) {
            throw new Refusal("ResourceAlreadyExistsException", `Domain configuration ${name} already exists.`);
        }
        refuseSettings(input, context);
        if (domainName === undefined && serverCertificateArns.length > 0) {
            throw new Refusal("InvalidRequestException", "Must provide a valid domain name to configure.");
        }
        const [certificateArn] = serverCertificateArns;
        if (domainName !== undefined) {
            refuseCustomDomain(input, domainName);
            if (isTaken(context, domainName)) {
                throw new Refusal("ResourceAlreadyExistsException", `Domain name ${domainName} is already configured.`);
            }
        }
        const taken =
            domainName === undefined || certificateArn === undefined
                ? []
                : [takeCertificate(context, domainName, certificateArn, input.validationCertificateArn)];
        refuseStapling(taken, input.serverCertificateConfig);
        const managedName = `d${randomLabel(19)}.iot.${context.region}.${dnsSuffixOf(context.region)}`;
        const configuration: StoredDomainConfiguration = {
            name,
            arn: context.arn("iot", `domainconfiguration/${name}/${randomLabel(5)}`),
            domainName: domainName ?? managedName,
            serverCertificateArns,
            validationCertificateArn: input.validationCertificateArn,
            status: "ENABLED",
            serviceType: input.serviceType ?? "DATA",
            domainType: domainName === undefined ? "AWS_MANAGED" : "CUSTOMER_MANAGED",
            securityPolicy: input.tlsConfig?.securityPolicy ?? defaultSecurityPolicy(context.region),
            authorizerConfig: input.authorizerConfig,
            serverCertificateConfig: input.serverCertificateConfig,
            clientCertificateConfig: input.clientCertificateConfig,
            authenticationType: input.authenticationType ?? "DEFAULT",
            applicationProtocol: input.applicationProtocol ?? "DEFAULT",
            lastStatusChangeAt: context.now,
            taken,
        };
        table.put(name, configuration);
        tagSet.add(context, configuration.arn, input.tags);
        return { domainConfigurationName: name, domainConfigurationArn: configuration.arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeDomainConfiguration.html */
    DescribeDomainConfiguration: ({ domainConfigurationName }, context) => {
        const configuration = findDomainConfiguration(context, domainConfigurationName);
        const { taken, summary } = followCertificate(context, configuration);
        context.table(domainConfigurations).put(configuration.name, { ...configuration, taken });
        return {
            domainConfigurationName: configuration.name,
            domainConfigurationArn: configuration.arn,
            domainName: configuration.domainName,
            serverCertificates: summary.serverCertificateArn === undefined ? [] : [summary],
            authorizerConfig: configuration.authorizerConfig,
            domainConfigurationStatus: configuration.status,
            serviceType: configuration.serviceType,
            domainType: configuration.domainType,
            lastStatusChangeDate: new Date(configuration.lastStatusChangeAt),
            tlsConfig: { securityPolicy: configuration.securityPolicy },
            serverCertificateConfig: configuration.serverCertificateConfig,
            authenticationType: configuration.authenticationType,
            applicationProtocol: configuration.applicationProtocol,
            clientCertificateConfig: configuration.clientCertificateConfig,
        };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateDomainConfiguration.html */
    UpdateDomainConfiguration: (input, context) => {
        const configuration = findDomainConfiguration(context, input.domainConfigurationName);
        refuseSettings(input, context);
        refuseStapling(configuration.taken, input.serverCertificateConfig);
        if (input.removeAuthorizerConfig === true && input.authorizerConfig !== undefined) {
            throw new Refusal(
                "InvalidRequestException",
                "authorizerConfig cannot be given together with removeAuthorizerConfig",
            );
        }
        const status = input.domainConfigurationStatus ?? configuration.status;
        const updated: StoredDomainConfiguration = {
            ...configuration,
            status,
            lastStatusChangeAt: status === configuration.status ? configuration.lastStatusChangeAt : context.now,
            authorizerConfig:
                input.removeAuthorizerConfig === true
                    ? undefined
                    : (input.authorizerConfig ?? configuration.authorizerConfig),
            securityPolicy: input.tlsConfig?.securityPolicy ?? configuration.securityPolicy,
            serverCertificateConfig: input.serverCertificateConfig ?? configuration.serverCertificateConfig,
            clientCertificateConfig: input.clientCertificateConfig ?? configuration.clientCertificateConfig,
            authenticationType: input.authenticationType ?? configuration.authenticationType,
            applicationProtocol: input.applicationProtocol ?? configuration.applicationProtocol,
        };
        context.table(domainConfigurations).put(configuration.name, updated);
        return { domainConfigurationName: configuration.name, domainConfigurationArn: configuration.arn };
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DeleteDomainConfiguration.html */
    DeleteDomainConfiguration: ({ domainConfigurationName }, context) => {
        const configuration = findDomainConfiguration(context, domainConfigurationName);
        if (configuration.status !== "DISABLED") {
            throw new Refusal(
                "InvalidRequestException",
                `Domain configuration ${domainConfigurationName} must be disabled before it can be deleted.`,
            );
        }
        const disabledFor = context.now - configuration.lastStatusChangeAt;
        if (configuration.domainType === "AWS_MANAGED" && disabledFor < managedDomainRetention) {
            throw new Refusal(
                "InvalidRequestException",
                "An AWS-managed domain must be disabled for seven days before it can be deleted.",
            );
        }
        context.table(domainConfigurations).delete(configuration.name);
        tagSet.clear(context, configuration.arn);
        return {};
    },

    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_ListDomainConfigurations.html */
    ListDomainConfigurations: ({ marker, pageSize = 25, serviceType }, context) => {
        const all = context
            .table(domainConfigurations)
            .list()
            .filter((configuration) => serviceType === undefined || configuration.serviceType === serviceType);
        const { shown, token } = paginate(all, pageSize, marker);
        return {
            domainConfigurations: shown.map(({ name, arn, serviceType }) => ({
                domainConfigurationName: name,
                domainConfigurationArn: arn,
                serviceType,
            })),
            nextMarker: token,
        };
    },
};
