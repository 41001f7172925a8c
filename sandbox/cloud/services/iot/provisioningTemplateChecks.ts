import { parseArn } from "../../../../rules/arns";
import { Refusal } from "../../errors";
import type { ProvisioningHook } from "../../models/iot";

/** The only version of a hook's payload. @see https://docs.aws.amazon.com/iot/latest/apireference/API_ProvisioningHook.html */
export const payloadVersion = "2020-04-01";

/** Kinds of resources that a template can make. @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html */
const templateResources = ["AWS::IoT::Thing", "AWS::IoT::Certificate", "AWS::IoT::Policy"];

function refuse(message: string): never {
    throw new Refusal("InvalidRequestException", message);
}

/** @throws Refusal InvalidRequestException for what is no template. @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html */
export function refuseBody(body: string): void {
    let template: unknown;
    try {
        template = JSON.parse(body);
    } catch {
        refuse("The template body is not valid JSON.");
    }
    const { Resources } = (template ?? {}) as { Resources?: Record<string, { Type?: unknown } | null> };
    if (typeof Resources !== "object" || Resources === null || Object.keys(Resources).length === 0) {
        refuse("The template body has no Resources.");
    }
    const strange = Object.entries(Resources).find(
        ([, resource]) => !templateResources.includes(String(resource?.Type)),
    );
    if (strange !== undefined) {
        refuse(`The template's resource ${strange[0]} has none of the types ${templateResources.join(", ")}.`);
    }
}

/** @throws Refusal InvalidRequestException for a hook that the template cannot have. @see https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html */
export function refuseHook(type: "FLEET_PROVISIONING" | "JITP", hook: ProvisioningHook | undefined): void {
    if (hook === undefined) {
        return;
    }
    // https://docs.aws.amazon.com/iot/latest/apireference/API_CreateProvisioningTemplate.html
    if (type === "JITP") {
        refuse("A pre-provisioning hook cannot be given for a template of the type JITP.");
    }
    if (hook.payloadVersion !== undefined && hook.payloadVersion !== payloadVersion) {
        refuse(`The payload version must be ${payloadVersion}.`);
    }
    if (parseArn(hook.targetArn)?.service !== "lambda") {
        refuse("The hook's targetArn must name a Lambda function.");
    }
}
