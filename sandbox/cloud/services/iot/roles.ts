import { parseArn } from "../../../../rules/arns";
import { Refusal } from "../../errors";

/** @throws Refusal InvalidRequestException for anything but a role's ARN */
export function refuseRole(arn: string): void {
    const role = parseArn(arn);
    if (role?.service !== "iam" || !role.resource.startsWith("role/")) {
        throw new Refusal("InvalidRequestException", `${arn} is not the ARN of a role.`);
    }
}
