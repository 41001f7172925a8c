/** IAM gives documents percent-encoded. */
export function decodeDocument(document: string | undefined): string | undefined {
    return document?.startsWith("%") === true ? decodeURIComponent(document) : document;
}

/** How IAM says that there is none. */
export const missingEntity = ["NoSuchEntity", "NoSuchEntityException"];
