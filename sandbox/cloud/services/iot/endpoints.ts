import { dnsSuffixOf } from "../../../../rules/regions";
import type { OperationContext, OperationsOf } from "../../context";
import { Refusal } from "../../errors";
import { derivedLabel } from "../../identifiers";
import type { OperationTypes } from "../../models/iot";

/** What follows an endpoint's own label, by its type. @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeEndpoint.html */
const endpointForms: Readonly<Record<string, { readonly prefix: string; readonly suffix: string }>> = {
    "iot:Data": { prefix: "a", suffix: ".iot" },
    "iot:Data-ATS": { prefix: "a", suffix: "-ats.iot" },
    "iot:CredentialProvider": { prefix: "c", suffix: ".credentials.iot" },
    "iot:Jobs": { prefix: "j", suffix: ".jobs.iot" },
};

const labelLength = 14;

/** An endpoint's host name, which is the same for ever for an account, region and type; `undefined` for other types. */
export function endpointAddress(context: OperationContext, endpointType: string): string | undefined {
    const form = Object.hasOwn(endpointForms, endpointType) ? endpointForms[endpointType] : undefined;
    if (form === undefined) {
        return undefined;
    }
    const own = derivedLabel(labelLength - 1, `endpoint ${form.prefix} ${context.account} ${context.region}`);
    return `${form.prefix}${own}${form.suffix}.${context.region}.${dnsSuffixOf(context.region)}`;
}

/** The account's own endpoints. */
export const endpointOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeEndpoint.html */
    DescribeEndpoint: ({ endpointType = "iot:Data" }, context) => {
        const address = endpointAddress(context, endpointType);
        if (address === undefined) {
            throw new Refusal("InvalidRequestException", `Endpoint type ${endpointType} is not valid`);
        }
        return { endpointAddress: address };
    },
};
