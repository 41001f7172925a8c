import type { ServiceDefinition } from "../../service";
import { alarmOperations } from "./alarms";
import { tagOperations } from "./tags";

/** Amazon CloudWatch: alarms on metrics. */
export const cloudwatch: ServiceDefinition = {
    operations: { ...alarmOperations, ...tagOperations },
    validationException: "ValidationError",
};
