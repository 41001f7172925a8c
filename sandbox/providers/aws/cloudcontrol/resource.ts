import { isDeepStrictEqual } from "node:util";
import { json, text } from "../../framework/properties";
import type { Aws } from "../client";
import { defineResource } from "../resource";
import { arnFault } from "../validation";

/** Minutes that AWS may take for a request. */
const requestMinutes = 120;

const missingResource = ["ResourceNotFoundException"];

/** Any resource that CloudFormation knows, by the properties of its schema. */
export const cloudControlResource = defineResource({
    title: "Cloud Control API Resource",
    notImportable: true,
    properties: {
        desiredState: json({ required: true }),
        roleArn: text({ refuse: arnFault }),
        schema: text({ computed: true, secret: true }),
        typeName: text({ required: true, replaces: true }),
        typeVersionId: text(),
        properties: text({ readOnly: true }),
    },
    async create(aws, { desiredState, roleArn, typeName, typeVersionId }) {
        const { ProgressEvent } = await aws.call("cloudcontrol", "CreateResource", {
            TypeName: typeName,
            DesiredState: desiredState,
            RoleArn: roleArn,
            TypeVersionId: typeVersionId,
        });
        const finished = await waitForRequest(aws, ProgressEvent);
        return { id: finished.Identifier ?? "" };
    },
    async read(aws, Identifier, state) {
        const request = { TypeName: state.typeName, Identifier };
        const found = await aws.find("cloudcontrol", "GetResource", request, missingResource);
        return found && { properties: found.ResourceDescription.Properties, schema: state.schema ?? "" };
    },
    async update(aws, Identifier, { inputs, state, changed }) {
        if (!changed("desiredState")) {
            return;
        }
        const PatchDocument = JSON.stringify(patch(state.desiredState ?? "{}", inputs.desiredState));
        const request = { TypeName: inputs.typeName, Identifier, PatchDocument, RoleArn: inputs.roleArn };
        const { ProgressEvent } = await aws.call("cloudcontrol", "UpdateResource", request);
        await waitForRequest(aws, ProgressEvent);
    },
    async delete(aws, Identifier, { typeName, roleArn }) {
        const request = { TypeName: typeName, Identifier, RoleArn: roleArn };
        const answer = await aws.find("cloudcontrol", "DeleteResource", request, missingResource);
        if (answer !== undefined) {
            await waitForRequest(aws, answer.ProgressEvent);
        }
    },
});

interface ProgressEvent {
    readonly RequestToken?: string;
    readonly Identifier?: string;
    readonly OperationStatus?: string;
    readonly ErrorCode?: string;
    readonly StatusMessage?: string;
}

async function waitForRequest(aws: Aws, started: ProgressEvent): Promise<ProgressEvent> {
    const { RequestToken } = started;
    return aws.wait(requestMinutes, async () => {
        const { ProgressEvent } = await aws.call("cloudcontrol", "GetResourceRequestStatus", { RequestToken });
        const { OperationStatus, ErrorCode, StatusMessage }: ProgressEvent = ProgressEvent;
        if (OperationStatus === "SUCCESS") {
            return { done: ProgressEvent };
        }
        if (OperationStatus === "FAILED" || OperationStatus === "CANCEL_COMPLETE") {
            throw new Error(`request ${OperationStatus}, ${ErrorCode}: ${StatusMessage}`);
        }
        return { pending: `timeout while waiting for state to become 'SUCCESS' (last state: '${OperationStatus}')` };
    });
}

/** The JSON patch from one state to another, property by property. @see https://www.rfc-editor.org/rfc/rfc6902 */
function patch(before: string, after: string) {
    const [old, wanted] = [before, after].map((document) => JSON.parse(document) as Record<string, unknown>);
    const path = (name: string) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const changes = Object.entries(wanted ?? {}).flatMap(([name, value]) =>
        isDeepStrictEqual(old?.[name], value)
            ? []
            : [{ op: name in (old ?? {}) ? "replace" : "add", path: path(name), value }],
    );
    const gone = Object.keys(old ?? {}).filter((name) => !(name in (wanted ?? {})));
    return [...changes, ...gone.map((name) => ({ op: "remove", path: path(name) }))];
}
