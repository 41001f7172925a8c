import type { ServiceDefinition } from "../../service";
import { changeOperations } from "./changes";
import { cidrCollectionOperations } from "./cidrCollections";
import { healthCheckOperations } from "./healthChecks";
import { hostedZoneOperations } from "./hostedZones";
import { recordSetOperations } from "./recordSets";
import { tagOperations } from "./tags";

/** Amazon Route 53: hosted zones, their records, health checks and CIDR collections. */
export const route53: ServiceDefinition = {
    operations: {
        ...changeOperations,
        ...cidrCollectionOperations,
        ...healthCheckOperations,
        ...hostedZoneOperations,
        ...recordSetOperations,
        ...tagOperations,
    },
    validationException: "InvalidInput",
};
