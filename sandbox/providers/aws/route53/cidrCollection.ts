import { randomUUID } from "node:crypto";
import { during } from "../../framework/failures";
import { integer, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";

/** Minutes that the provider goes on asking while somebody else changes collections. */
const creationMinutes = 2;

interface Summary {
    readonly Arn: string;
    readonly Id: string;
    readonly Name: string;
    readonly Version: number;
}

export const cidrCollection = defineResource({
    title: "Route53 CIDR Collection",
    scope: "global",
    properties: {
        name: text({ replaces: true, automaticName: { maximumLength: 64 }, refuse: collectionNameFault }),
        arn: text({ readOnly: true }),
        version: integer({ readOnly: true }),
    },
    async create(aws, { name }) {
        const parameters = { Name: name, CallerReference: `pulumi-${randomUUID()}` };
        const { Collection } = await during(
            `creating Route 53 CIDR Collection (${name})`,
            aws.persist(
                creationMinutes,
                ({ code }) => code === "ConcurrentModification",
                () => aws.call("route53", "CreateCidrCollection", parameters),
            ),
        );
        return { id: Collection.Id };
    },
    async read(aws, id) {
        const found = await findCidrCollection(aws, id);
        return found && { name: found.Name, arn: found.Arn, version: found.Version };
    },
    async delete(aws, Id) {
        await during(
            `deleting Route 53 CIDR Collection (${Id})`,
            aws.find("route53", "DeleteCidrCollection", { Id }, ["NoSuchCidrCollectionException"]),
        );
    },
});

function collectionNameFault(name: string): string | undefined {
    return /^[0-9A-Za-z_-]{1,64}$/.test(name)
        ? undefined
        : "can include up to 64 letters, digits, underscore (_) and the dash (-) character";
}

/** The collection of that identifier; AWS has no operation that answers for one alone. */
export async function findCidrCollection(aws: Aws, id: string): Promise<Summary | undefined> {
    let NextToken: string | undefined;
    do {
        const page = await aws.call("route53", "ListCidrCollections", { NextToken });
        const found = (page.CidrCollections as Summary[]).find(({ Id }) => Id === id);
        if (found !== undefined) {
            return found;
        }
        NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return undefined;
}
