import { paginate } from "../../pagination";

/** Things that one answer lists where nothing else is said. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const defaultMaxItems = 100;

/** One page of a list, and the members by which IAM says whether there are more. */
export function page<Item>(
    items: readonly Item[],
    { Marker, MaxItems = defaultMaxItems }: { Marker?: string; MaxItems?: number },
): { shown: Item[]; more: { IsTruncated: boolean; Marker: string | undefined } } {
    const { shown, token } = paginate(items, MaxItems, Marker);
    return { shown, more: { IsTruncated: token !== undefined, Marker: token } };
}
