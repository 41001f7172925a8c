import type { OperationContext } from "../../context";
import type { OperationTypes } from "../../models/iot";
import { Service } from "../../service";
import { iot } from "../iot";
import type { ResourceType } from "./resourceTypes";

const service = new Service("iot", iot);

/** Calls an operation of the service itself, with all its checks. */
function call<Name extends keyof OperationTypes & string>(
    name: Name,
    input: Record<string, unknown>,
    context: OperationContext,
): OperationTypes[Name]["output"] {
    return service.run(name, service.accept(name, input), context) as OperationTypes[Name]["output"];
}

type Rename = (name: string) => string;
const toField: Rename = (name) => (name[0] ?? "").toLowerCase() + name.slice(1);
const toProperty: Rename = (name) => (name[0] ?? "").toUpperCase() + name.slice(1);

/** CloudFormation spells the API's fields with a capital letter; tags are spelt so in both. */
function renamed(value: unknown, rename: Rename): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => renamed(item, rename));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
        entries.map(([name, item]) => [rename(name), rename(name) === rename("Tags") ? item : renamed(item, rename)]),
    );
}

function without(properties: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

const fieldsOf = (properties: Record<string, unknown>) => renamed(properties, toField) as Record<string, unknown>;

/** A name where none is given. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-domainconfiguration.html */
function generatedName(context: OperationContext): string {
    return `DomainConfiguration-${context.now.toString(36)}`;
}

function setStatus(
    domainConfigurationName: string,
    domainConfigurationStatus: unknown,
    context: OperationContext,
): void {
    call("UpdateDomainConfiguration", { domainConfigurationName, domainConfigurationStatus }, context);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-domainconfiguration.html */
export const domainConfiguration: ResourceType = {
    createOnly: [
        "DomainConfigurationName",
        "DomainName",
        "ServerCertificateArns",
        "ServiceType",
        "ValidationCertificateArn",
    ],
    readOnly: ["Arn", "DomainType", "ServerCertificates"],

    create({ DomainConfigurationStatus, ...desired }, context) {
        const name = (desired.DomainConfigurationName as string | undefined) ?? generatedName(context);
        call("CreateDomainConfiguration", { ...fieldsOf(desired), domainConfigurationName: name }, context);
        if (DomainConfigurationStatus !== undefined) {
            setStatus(name, DomainConfigurationStatus, context);
        }
        return name;
    },

    read(domainConfigurationName, context) {
        const described = call("DescribeDomainConfiguration", { domainConfigurationName }, context);
        const Arn = described.domainConfigurationArn;
        const { tags = [] } = call("ListTagsForResource", { resourceArn: Arn }, context);
        const properties = renamed(described, toProperty) as Record<string, unknown>;
        return { Arn, ...without(properties, ["DomainConfigurationArn", "LastStatusChangeDate"]), Tags: tags };
    },

    update(domainConfigurationName, current, desired, context) {
        const changeable = without(desired, [...this.createOnly, ...this.readOnly, "Tags"]);
        const removeAuthorizerConfig = current.AuthorizerConfig !== undefined && desired.AuthorizerConfig === undefined;
        const fields = fieldsOf(changeable);
        call("UpdateDomainConfiguration", { domainConfigurationName, removeAuthorizerConfig, ...fields }, context);
        changeTags(current, desired, context);
    },

    delete(domainConfigurationName, context) {
        setStatus(domainConfigurationName, "DISABLED", context);
        call("DeleteDomainConfiguration", { domainConfigurationName }, context);
    },

    list: (context) =>
        (call("ListDomainConfigurations", { pageSize: 250 }, context).domainConfigurations ?? []).map(
            ({ domainConfigurationName = "" }) => domainConfigurationName,
        ),
};

interface Tagged {
    readonly Arn?: unknown;
    readonly Tags?: ReadonlyArray<{ readonly Key: string }>;
}

function changeTags(current: Tagged, { Tags: wanted = [] }: Tagged, context: OperationContext): void {
    const resourceArn = current.Arn;
    const keys = wanted.map(({ Key }) => Key);
    const gone = (current.Tags ?? []).map(({ Key }) => Key).filter((key) => !keys.includes(key));
    if (gone.length > 0) {
        call("UntagResource", { resourceArn, tagKeys: gone }, context);
    }
    if (wanted.length > 0) {
        call("TagResource", { resourceArn, tags: wanted }, context);
    }
}
