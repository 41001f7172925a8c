/**
 * One page of a list, and the token of the next.
 *
 * The token says where the next page begins; AWS's tokens are opaque, so nothing may be read from it.
 */
export function paginate<Item>(
    items: readonly Item[],
    size: number,
    token?: string,
): { readonly shown: Item[]; readonly token: string | undefined } {
    const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
    const end = start + size;
    return {
        shown: items.slice(start, end),
        token: end < items.length ? Buffer.from(String(end)).toString("base64url") : undefined,
    };
}
