/** IAM does not distinguish names by case. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function nameKey(name: string): string {
    return name.toLowerCase();
}
