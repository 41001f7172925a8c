import type { ServiceDefinition } from "../../service";
import { domainConfigurationOperations } from "./domainConfigurations";
import { endpointOperations } from "./endpoints";
import { tagOperations } from "./tags";

/** AWS IoT Core's control plane. */
export const iot: ServiceDefinition = {
    operations: { ...domainConfigurationOperations, ...endpointOperations, ...tagOperations },
    validationException: "InvalidRequestException",
};
