/** A policy document as IAM answers it: percent-encoded. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function encodeDocument(document: string): string {
    return encodeURIComponent(document).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}
