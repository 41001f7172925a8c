import { TagSet } from "../../tags";

/** Tags of certificates, by ARN. */
export const tagSet = new TagSet("acm", { tooMany: "TooManyTagsException", invalid: "InvalidTagException" });
