import { flag, text } from "../../framework/properties";
import { defineResource } from "../resource";

const missingPolicy = ["ResourceNotFoundException"];

interface Statement {
    readonly Sid: string;
    readonly Action: string;
    readonly Principal: string | { readonly Service?: string; readonly AWS?: string };
    readonly Condition?: {
        readonly ArnLike?: { readonly "AWS:SourceArn"?: string };
        readonly StringEquals?: Readonly<Record<string, string>>;
    };
}

/** One statement of a function's resource policy. */
export const permission = defineResource({
    title: "Lambda Permission",
    appearsWithin: 2,
    properties: {
        action: text({ required: true, replaces: true }),
        function: text({ required: true, replaces: true }),
        principal: text({ required: true, replaces: true }),
        eventSourceToken: text({ replaces: true }),
        functionUrlAuthType: text({ replaces: true, oneOf: ["AWS_IAM", "NONE"] }),
        invokedViaFunctionUrl: flag({ replaces: true }),
        principalOrgId: text({ replaces: true }),
        qualifier: text({ replaces: true }),
        sourceAccount: text({ replaces: true }),
        sourceArn: text({ replaces: true }),
        statementId: text({ replaces: true, automaticName: { maximumLength: 100 } }),
        statementIdPrefix: text({ replaces: true, computed: true }),
    },
    relations: { conflicts: { statementId: ["statementIdPrefix"] } },
    async create(aws, inputs) {
        await aws.call("lambda", "AddPermission", {
            FunctionName: inputs.function,
            StatementId: inputs.statementId,
            Action: inputs.action,
            Principal: inputs.principal,
            EventSourceToken: inputs.eventSourceToken,
            FunctionUrlAuthType: inputs.functionUrlAuthType,
            InvokedViaFunctionUrl: inputs.invokedViaFunctionUrl,
            PrincipalOrgID: inputs.principalOrgId,
            Qualifier: inputs.qualifier,
            SourceAccount: inputs.sourceAccount,
            SourceArn: inputs.sourceArn,
        });
        return { id: inputs.statementId };
    },
    async read(aws, id, state) {
        const place = state.function === undefined ? parseImportId(id) : { ...state, statementId: id };
        const request = { FunctionName: place.function, Qualifier: state.qualifier };
        const found = await aws.find("lambda", "GetPolicy", request, missingPolicy);
        const { Statement: statements = [] } = JSON.parse(found?.Policy ?? "{}") as { Statement?: Statement[] };
        const statement = statements.find(({ Sid }) => Sid === place.statementId);
        if (statement === undefined) {
            return undefined;
        }
        const { Principal: principal, Condition: { ArnLike, StringEquals } = {} } = statement;
        return {
            function: place.function,
            statementId: statement.Sid,
            statementIdPrefix: "",
            action: statement.Action,
            principal: typeof principal === "string" ? principal : (principal.Service ?? principal.AWS),
            sourceArn: ArnLike?.["AWS:SourceArn"],
            sourceAccount: StringEquals?.["AWS:SourceAccount"],
            principalOrgId: StringEquals?.["aws:PrincipalOrgID"],
            eventSourceToken: StringEquals?.["lambda:EventSourceToken"],
            functionUrlAuthType: StringEquals?.["lambda:FunctionUrlAuthType"],
        };
    },
    async delete(aws, StatementId, state) {
        const request = { FunctionName: state.function, StatementId, Qualifier: state.qualifier };
        await aws.find("lambda", "RemovePermission", request, missingPolicy);
    },
});

function parseImportId(id: string): { function: string; statementId: string } {
    const [name = "", statementId = ""] = id.split("/");
    if (name === "" || statementId === "") {
        throw new Error(`unexpected format of ID (${id}), expected FUNCTION_NAME/STATEMENT_ID`);
    }
    return { function: name, statementId };
}
