import {
    AnalyzeRequest,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** A resource as the engine describes it to a policy pack. */
export interface JudgedResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Inputs where it is judged by itself, outputs where the stack is judged. */
    readonly properties: Readonly<Record<string, unknown>>;
    /** Pulumi's `protect` option. @default false */
    readonly protect?: boolean;
    readonly provider?: Pick<JudgedResource, "urn" | "type" | "name" | "properties">;
    /** URNs of the resources that a property's value comes from. @default none */
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** The engine's question about one resource. */
export function analyzeRequest(resource: JudgedResource): AnalyzeRequest {
    return described(new AnalyzeRequest(), resource);
}

/** The engine's question about all resources of a stack. */
export function analyzeStackRequest(resources: readonly JudgedResource[]): AnalyzeStackRequest {
    return new AnalyzeStackRequest().setResourcesList(
        resources.map((resource) => {
            const message = described(new AnalyzerResource(), resource);
            for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
                const dependencies = new AnalyzerPropertyDependencies().setUrnsList([...urns]);
                message.getPropertydependenciesMap().set(property, dependencies);
            }
            return message;
        }),
    );
}

function described<M extends AnalyzeRequest | AnalyzerResource>(message: M, resource: JudgedResource): M {
    const { type, name, urn, properties, protect = false, provider } = resource;
    message
        .setType(type)
        .setName(name)
        .setUrn(urn)
        .setProperties(struct(properties))
        .setOptions(new AnalyzerResourceOptions().setProtect(protect));
    if (provider !== undefined) {
        message.setProvider(
            new AnalyzerProviderResource()
                .setType(provider.type)
                .setName(provider.name)
                .setUrn(provider.urn)
                .setProperties(struct(provider.properties)),
        );
    }
    return message;
}

function struct(properties: Readonly<Record<string, unknown>>): Struct {
    return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
