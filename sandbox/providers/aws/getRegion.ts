import { dnsSuffixOf } from "../../../rules/regions";
import { text } from "../framework/properties";
import { defineFunction } from "./resource";

/** The region itself: `name` is the argument's older spelling. */
export const getRegion = defineFunction({
    properties: { id: text(), name: text(), endpoint: text() },
    async call(aws, { name, endpoint }) {
        const region = name ?? /^ec2\.([^.]+)\./.exec(endpoint ?? "")?.[1] ?? aws.region;
        return { id: region, name: region, description: region, endpoint: `ec2.${region}.${dnsSuffixOf(region)}` };
    },
});
