import { during } from "../../framework/failures";
import { block, flag, set, text } from "../../framework/properties";
import { defineResource } from "../resource";
import { tagList } from "../tagging";
import { arnFault } from "../validation";
import { missingResource } from "./missing";

/** `status` counts for updates alone: AWS makes every domain configuration enabled. */
export const domainConfiguration = defineResource({
    title: "IoT Domain Configuration",
    tagging: { tagger: "iot", property: "arn" },
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 255 } }),
        domainName: text({ replaces: true, computed: true }),
        serverCertificateArns: set(text({ refuse: arnFault }), { replaces: true }),
        validationCertificateArn: text({ replaces: true, refuse: arnFault }),
        serviceType: text({ replaces: true, default: "DATA", oneOf: ["DATA", "CREDENTIAL_PROVIDER", "JOBS"] }),
        applicationProtocol: text({ computed: true, oneOf: ["SECURE_MQTT", "MQTT_WSS", "HTTPS", "DEFAULT"] }),
        authenticationType: text({
            computed: true,
            oneOf: ["CUSTOM_AUTH_X509", "CUSTOM_AUTH", "AWS_X509", "AWS_SIGV4", "DEFAULT"],
        }),
        authorizerConfig: block({ allowAuthorizerOverride: flag(), defaultAuthorizerName: text() }),
        status: text({ default: "ENABLED", oneOf: ["ENABLED", "DISABLED"] }),
        tlsConfig: block({ securityPolicy: text({ computed: true }) }, { computed: true }),
        arn: text({ readOnly: true }),
        domainType: text({ readOnly: true }),
    },
    async create(aws, inputs) {
        const { domainConfigurationName } = await aws.call("iot", "CreateDomainConfiguration", {
            domainConfigurationName: inputs.name,
            domainName: inputs.domainName,
            serverCertificateArns: inputs.serverCertificateArns,
            validationCertificateArn: inputs.validationCertificateArn,
            serviceType: inputs.serviceType,
            applicationProtocol: inputs.applicationProtocol,
            authenticationType: inputs.authenticationType,
            authorizerConfig: inputs.authorizerConfig,
            tlsConfig: inputs.tlsConfig,
            tags: tagList(inputs.tagsAll),
        });
        return { id: domainConfigurationName };
    },
    async read(aws, domainConfigurationName) {
        const found = await aws.find(
            "iot",
            "DescribeDomainConfiguration",
            { domainConfigurationName },
            missingResource,
        );
        if (found === undefined) {
            return undefined;
        }
        const certificates: Array<{ serverCertificateArn: string }> = found.serverCertificates ?? [];
        // AWS never says which validation certificate there is, so it stays as the state has it.
        return {
            name: found.domainConfigurationName,
            domainName: found.domainName,
            serverCertificateArns: certificates.map(({ serverCertificateArn }) => serverCertificateArn),
            serviceType: found.serviceType,
            applicationProtocol: found.applicationProtocol,
            authenticationType: found.authenticationType,
            authorizerConfig: found.authorizerConfig,
            status: found.domainConfigurationStatus,
            tlsConfig: found.tlsConfig,
            arn: found.domainConfigurationArn,
            domainType: found.domainType,
        };
    },
    async update(aws, domainConfigurationName, { inputs, changed }) {
        const authorizer = changed("authorizerConfig");
        await aws.call("iot", "UpdateDomainConfiguration", {
            domainConfigurationName,
            applicationProtocol: changed("applicationProtocol") ? inputs.applicationProtocol : undefined,
            authenticationType: changed("authenticationType") ? inputs.authenticationType : undefined,
            authorizerConfig: authorizer ? inputs.authorizerConfig : undefined,
            removeAuthorizerConfig: authorizer && inputs.authorizerConfig === undefined ? true : undefined,
            domainConfigurationStatus: changed("status") ? inputs.status : undefined,
            tlsConfig: changed("tlsConfig") ? inputs.tlsConfig : undefined,
        });
    },
    async delete(aws, domainConfigurationName, state) {
        if (state.status === "ENABLED") {
            const request = { domainConfigurationName, domainConfigurationStatus: "DISABLED" };
            await during(
                `disabling IoT Domain Configuration (${domainConfigurationName})`,
                aws.find("iot", "UpdateDomainConfiguration", request, missingResource),
            );
        }
        await aws.find("iot", "DeleteDomainConfiguration", { domainConfigurationName }, missingResource);
    },
});
