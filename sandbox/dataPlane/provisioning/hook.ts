import { FunctionError, type Functions } from "../lambda/functions";
import { ProvisioningFailure } from "./failure";
import type { Parameters } from "./template";

/** What a pre-provisioning hook is told. @see https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html */
export interface HookEvent {
    readonly claimCertificateId?: string;
    readonly certificateId: string;
    readonly certificatePem: string;
    readonly templateArn: string;
    readonly clientId?: string;
    readonly parameters: Parameters;
}

/**
 * Has a template's hook decide on a device.
 *
 * @returns the parameters that it sets
 * @throws ProvisioningFailure where it does not allow the device, or gives no answer
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html
 */
export async function askHook(
    functions: Functions,
    functionArn: string | undefined,
    templateArn: string,
    event: HookEvent,
): Promise<Parameters> {
    if (functionArn === undefined) {
        return {};
    }
    const answer = (await invoke(functions, functionArn, templateArn, event)) as {
        allowProvisioning?: unknown;
        parameterOverrides?: Parameters;
    } | null;
    if (answer?.allowProvisioning !== true) {
        throw new ProvisioningFailure(403, "AccessDenied", "Registration request rejected by pre-provisioning hook.");
    }
    return answer.parameterOverrides ?? {};
}

async function invoke(
    functions: Functions,
    functionArn: string,
    sourceArn: string,
    event: HookEvent,
): Promise<unknown> {
    try {
        return await functions.invoke(functionArn, event, { sourceArn });
    } catch (error) {
        throw error instanceof FunctionError
            ? new ProvisioningFailure(500, "InternalError", `The pre-provisioning hook failed: ${error.message}`)
            : error;
    }
}
