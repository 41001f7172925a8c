import { TagSet } from "../../tags";

/** Tags of roles and managed policies, by ARN. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export const tagSet = new TagSet("iam", { tooMany: "LimitExceededException", invalid: "InvalidInputException" });
