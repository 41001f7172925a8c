import { text } from "../../framework/properties";
import { defineFunction } from "../resource";

export const getEndpoint = defineFunction({
    properties: {
        endpointType: text({ oneOf: ["iot:CredentialProvider", "iot:Data", "iot:Data-ATS", "iot:Jobs"] }),
    },
    async call(aws, { endpointType }) {
        const { endpointAddress } = await aws.call("iot", "DescribeEndpoint", { endpointType });
        return { id: endpointAddress, endpointAddress, ...(endpointType === undefined ? {} : { endpointType }) };
    },
});
