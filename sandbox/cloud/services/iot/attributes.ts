import type { AttributePayload } from "../../models/iot";

type Attributes = Readonly<Record<string, string>>;

/**
 * Attributes after a change: replaced, or merged where it says so; an empty value takes an attribute away.
 *
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_AttributePayload.html
 */
export function mergeAttributes(existing: Attributes, payload: AttributePayload | undefined): Attributes {
    if (payload === undefined) {
        return existing;
    }
    const all = { ...(payload.merge === true ? existing : {}), ...payload.attributes };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
