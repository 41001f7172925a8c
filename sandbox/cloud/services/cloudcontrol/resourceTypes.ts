import type { OperationContext } from "../../context";
import { domainConfiguration } from "./domainConfiguration";

/** A resource's properties, as its CloudFormation schema names them. */
export type Properties = Record<string, unknown>;

/** How a resource type of CloudFormation is handled: by the operations of its own service. */
export interface ResourceType {
    /** Makes a resource and returns its identifier. @throws Refusal what the service refuses */
    create(desired: Properties, context: OperationContext): string;
    /** @throws Refusal the service's exception where there is no such resource */
    read(identifier: string, context: OperationContext): Properties;
    update(identifier: string, current: Properties, desired: Properties, context: OperationContext): void;
    delete(identifier: string, context: OperationContext): void;
    /** The identifiers of all resources. */
    list(context: OperationContext): string[];
    /** Properties that cannot change. */
    readonly createOnly: readonly string[];
    /** Properties that only AWS sets. */
    readonly readOnly: readonly string[];
}

/** The types that the sandbox handles. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
    "AWS::IoT::DomainConfiguration": domainConfiguration,
};
