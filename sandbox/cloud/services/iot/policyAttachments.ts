import { Relation } from "./registry";

/** Which policies are attached to which targets: from a policy's name to a target's ARN. */
export const policyAttachments = new Relation("policyAttachment");
