import type { AuthorizerDescription } from "../../models/iot";
import { defineTable } from "../../tables";

/** Times are kept in milliseconds since the epoch. */
export type StoredAuthorizer = Omit<AuthorizerDescription, "creationDate" | "lastModifiedDate"> & {
    readonly createdAt: number;
    readonly modifiedAt: number;
};

/** Custom authorizers by their names. */
export const authorizers = defineTable<StoredAuthorizer>("iot", "authorizer");
