import type { ServiceDefinition } from "../../service";
import { changeOperations } from "./changes";
import { healthCheckOperations } from "./healthChecks";
import { hostedZoneOperations } from "./hostedZones";
import { recordSetOperations } from "./recordSets";
import { tagOperations } from "./tags";

/** Amazon Route 53: hosted zones, their records, and health checks. */
export const route53: ServiceDefinition = {
    operations: {
        ...changeOperations,
        ...healthCheckOperations,
        ...hostedZoneOperations,
        ...recordSetOperations,
        ...tagOperations,
    },
    validationException: "InvalidInput",
};
