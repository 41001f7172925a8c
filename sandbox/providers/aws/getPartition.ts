import { dnsSuffixOf, partitionOf } from "../../../rules/regions";
import { text } from "../framework/properties";
import { defineFunction } from "./resource";

export const getPartition = defineFunction({
    scope: "global",
    properties: { id: text() },
    async call(aws) {
        const partition = partitionOf(aws.region);
        const dnsSuffix = dnsSuffixOf(aws.region);
        const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
        return { id: partition, partition, dnsSuffix, reverseDnsPrefix };
    },
});
