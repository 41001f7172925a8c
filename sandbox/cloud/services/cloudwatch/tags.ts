import { parseArn } from "../../../../rules/arns";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import type { OperationTypes } from "../../models/cloudwatch";
import { TagSet } from "../../tags";
import { alarms } from "./alarmTable";

/** Tags by the alarm's ARN. */
export const alarmTags = new TagSet("cloudwatch", {
    tooMany: "InvalidParameterValueException",
    invalid: "InvalidParameterValueException",
});

/** The same tags while an alarm is made: PutMetricAlarm answers with another exception. */
export const newAlarmTags = new TagSet("cloudwatch", { tooMany: "ValidationError", invalid: "ValidationError" });

/** @throws Refusal ResourceNotFoundException where there is no such alarm */
function findTagged(context: OperationContext, resourceArn: string): string {
    const arn = parseArn(resourceArn);
    if (arn?.service !== "cloudwatch") {
        throw new Refusal("InvalidParameterValueException", `${resourceArn} is not the ARN of a CloudWatch resource`);
    }
    const name = arn.resource.replace(/^alarm:/, "");
    if (context.table(alarms).get(name)?.arn !== resourceArn) {
        throw new Refusal("ResourceNotFoundException", `${resourceArn} does not exist`);
    }
    return resourceArn;
}

/** Tags of alarms. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html */
    ListTagsForResource: ({ ResourceARN }, context) => ({
        Tags: alarmTags.list(context, findTagged(context, ResourceARN)),
    }),

    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html */
    TagResource: ({ ResourceARN, Tags }, context) => {
        alarmTags.add(context, findTagged(context, ResourceARN), Tags);
        return {};
    },

    /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_UntagResource.html */
    UntagResource: ({ ResourceARN, TagKeys }, context) => {
        alarmTags.remove(context, findTagged(context, ResourceARN), TagKeys);
        return {};
    },
};
