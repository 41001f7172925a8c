import { TagSet } from "../../tags";

/** Tags by `hostedzone/ID` and `healthcheck/ID`. */
export const tagSet = new TagSet("route53", { tooMany: "InvalidInput", invalid: "InvalidInput" });
