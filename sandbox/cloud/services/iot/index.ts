import type { ServiceDefinition } from "../../service";
import { attachmentOperations } from "./attachments";
import { authorityOperations } from "./authorities";
import { authorizerOperations } from "./authorizers";
import { deviceCertificateOperations } from "./deviceCertificates";
import { domainConfigurationOperations } from "./domainConfigurations";
import { endpointOperations } from "./endpoints";
import { policyOperations } from "./policies";
import { provisioningTemplateOperations } from "./provisioningTemplates";
import { roleAliasOperations } from "./roleAliases";
import { tagOperations } from "./tags";
import { thingGroupOperations } from "./thingGroups";
import { thingOperations } from "./things";
import { thingTypeOperations } from "./thingTypes";

/** AWS IoT Core's control plane. */
export const iot: ServiceDefinition = {
    operations: {
        ...attachmentOperations,
        ...authorityOperations,
        ...authorizerOperations,
        ...deviceCertificateOperations,
        ...domainConfigurationOperations,
        ...endpointOperations,
        ...policyOperations,
        ...provisioningTemplateOperations,
        ...roleAliasOperations,
        ...tagOperations,
        ...thingGroupOperations,
        ...thingOperations,
        ...thingTypeOperations,
    },
    validationException: "InvalidRequestException",
};
