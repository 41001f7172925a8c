import type { HealthCheck } from "../../models/route53";
import { defineTable } from "../../tables";

/** Health checks by their identifiers. */
export const healthChecks = defineTable<HealthCheck>("route53", "healthCheck");
