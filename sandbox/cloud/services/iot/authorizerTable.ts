import type { CreateAuthorizerRequest } from "../../models/iot";
import { Registry, type Dated } from "./registry";

/** A custom authorizer as it is kept. */
export interface StoredAuthorizer extends Omit<CreateAuthorizerRequest, "tags">, Dated {
    readonly authorizerArn: string;
}

/** Custom authorizers by their names. */
export const authorizers = new Registry<StoredAuthorizer>("authorizer", "Authorizer");
