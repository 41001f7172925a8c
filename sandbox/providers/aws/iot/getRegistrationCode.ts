import { defineFunction } from "../resource";

export const getRegistrationCode = defineFunction({
    properties: {},
    async call(aws) {
        const { registrationCode } = await aws.call("iot", "GetRegistrationCode");
        return { id: registrationCode, registrationCode };
    },
});
