/**
 * The policy that SNS gives a new topic: it lets the topic's owner alone do everything.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function defaultTopicPolicy(arn: string, account: string): object {
    const actions =
        "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe ListSubscriptionsByTopic Publish";
    return {
        Version: "2008-10-17",
        Id: "__default_policy_ID",
        Statement: [
            {
                Sid: "__default_statement_ID",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: actions.split(" ").map((action) => `SNS:${action}`),
                Resource: arn,
                Condition: { StringEquals: { "AWS:SourceOwner": account } },
            },
        ],
    };
}
