import type { ServiceDefinition } from "../../service";
import { publishingOperations } from "./publishing";
import { subscriptionOperations } from "./subscriptions";
import { tagOperations } from "./tags";
import { topicOperations } from "./topics";

/** Amazon Simple Notification Service: topics and their subscriptions. */
export const sns: ServiceDefinition = {
    operations: { ...publishingOperations, ...subscriptionOperations, ...tagOperations, ...topicOperations },
    validationException: "ValidationError",
};
