import { text } from "../../framework/properties";
import { defineFunction } from "../resource";
import { arnFault } from "../validation";

/** What CloudFormation's schema says of a resource, as AWS has it now. */
export const getResource = defineFunction({
    properties: {
        identifier: text({ required: true }),
        typeName: text({ required: true }),
        roleArn: text({ refuse: arnFault }),
        typeVersionId: text(),
    },
    async call(aws, { identifier, typeName, roleArn, typeVersionId }) {
        const { ResourceDescription } = await aws.call("cloudcontrol", "GetResource", {
            TypeName: typeName,
            Identifier: identifier,
            RoleArn: roleArn,
            TypeVersionId: typeVersionId,
        });
        const { Identifier, Properties } = ResourceDescription;
        return { id: Identifier, identifier, typeName, properties: Properties };
    },
});
